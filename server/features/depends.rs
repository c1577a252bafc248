//! The roles of containers in a template, and the values on which they depend.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::pod::{ContainerRole, Manifest, Pattern, Pod, Role};
use crate::schema;
use crate::syntax::{self, Branch, Parse, TemplateText, Templated, Trust, Way};

/// The roles of containers, by the end of their names.
type Roles = HashMap<usize, (Role, Option<Pattern>)>;

/// A document in which values may omit parts, or none.
pub(super) struct Depends<'a> {
    pub(super) is_template: bool,
    template: Option<TemplateText<'a>>,
    /// The roles of containers with only the required parts printed, by the printed branch.
    least: RefCell<HashMap<Option<Branch>, Roles>>,
}

impl<'a> Depends<'a> {
    pub(super) fn of(parse: &'a Parse) -> Self {
        let is_template = parse.templated != Templated::No;
        let text = parse.tree.text();
        let template = is_template.then(|| TemplateText::read_part(text)).flatten();
        Self { is_template, template, least: RefCell::default() }
    }

    /// The end of a sentence about the role of a container: empty if the role does not depend on values.
    pub(super) fn remark(&self, pod: &Pod<'_>, found: &ContainerRole<'_>) -> String {
        const SOME: &str = " with some values";
        if !self.is_template {
            return String::new();
        }
        let (Some(template), Some(name)) = (&self.template, found.container.name_node()) else {
            return SOME.to_owned();
        };
        let at = name.span().end;
        let outer = template.conditions_around(pod.spec.span().start).len();
        let around = template.conditions_around(at);
        let mut least = self.least.borrow_mut();
        let least =
            least.entry(template.branch_at(at)).or_insert_with(|| least_around(template, at));
        let holds = least.get(&at) == Some(&(found.container.role, found.pattern));
        match around.get(outer..).unwrap_or_default() {
            [] if holds => String::new(),
            [only] if holds => {
                let text = only.trim_matches(['{', '}', '%', '#', '@', '-', ':', ' ']);
                format!(" {text}")
            }
            _ => SOME.to_owned(),
        }
    }
}

/// The roles of the containers with only the branches around `offset` printed.
fn least_around(template: &TemplateText<'_>, offset: usize) -> Roles {
    let choice = template.choice_around(offset);
    let way = Way {
        branch: &|block| choice.get(&block).copied(),
        is_full: &|_| true,
        is_opaque: true,
        is_list: &schema::is_list_field,
    };
    let Some(rendered) = template.render(&way) else { return Roles::new() };
    let parse = syntax::parse(&rendered.text);
    if parse.trust != Trust::Exact {
        return Roles::new();
    }
    let manifests = Manifest::all(&parse);
    let pods: Vec<_> = manifests.iter().flat_map(Pod::all).collect();
    let role = |found: &ContainerRole<'_>| {
        let source = rendered.source(found.container.name_node()?.span())?;
        Some((source.end, (found.container.role, found.pattern)))
    };
    pods.iter().flat_map(|pod| pod.container_roles()).filter_map(|found| role(&found)).collect()
}
