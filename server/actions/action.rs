//! What an action is, and what it reads.

use std::cell::OnceCell;

use crate::actions::assist::Assist;
use crate::actions::patterns::{Service, Templates, app_of};
use crate::pod::{Container, ContainerRole, Pod, Role};
use crate::schema::{PodSecurity, Version};
use crate::syntax::lines::{line_end, line_start};
use crate::syntax::{Kind, Node, Parse};
use crate::text::{Edit, Span};

/// A code action.
pub struct Action {
    /// The file name in kebab-case.
    pub id: &'static str,
    /// The offers at this place; empty if the action does not apply.
    pub run: fn(&ActionCx<'_>) -> Vec<Assist>,
    /// The codes of the findings that its first offer may cure.
    pub cures: &'static [&'static str],
}

/// The input of an action.
pub struct ActionCx<'a> {
    pub pod: &'a Pod<'a>,
    pub selection: Span,
    pub version: Version,
    /// The Pod Security level of the namespace.
    pub pod_security: PodSecurity,
    /// The containers that can be added.
    pub templates: &'a Templates,
    /// The Services that are known.
    pub services: &'a [Service],
    /// The documents of the file, and where each starts; `start` is that of the pod's own.
    pub documents: &'a [(usize, &'a Parse)],
    pub start: usize,
    /// What each container is for, computed when it is first needed.
    pub(super) roles: OnceCell<Vec<ContainerRole<'a>>>,
}

/// The input of actions apart from the document.
#[derive(Clone, Copy, Debug)]
pub struct WorkspaceContext<'a> {
    pub templates: &'a Templates,
    pub services: &'a [Service],
    /// Whether the editor can show a list of templates to choose from.
    pub opens_lists: bool,
}

impl Default for WorkspaceContext<'_> {
    fn default() -> Self {
        Self { templates: Templates::built_in(), services: &[], opens_lists: false }
    }
}

impl<'a> ActionCx<'a> {
    /// The container that the selection means: it is on its first line, or at its name or image. Not
    /// where aliases are, since what moves may have to stay behind its anchor.
    pub(crate) fn picked(&self) -> Option<Container<'a>> {
        let at = |container: &&Container<'a>| {
            let node = container.node;
            let bytes = node.tree().text().as_bytes();
            let start = line_start(bytes, node.span().start);
            let end = line_end(bytes, node.span().start).min(node.span().end);
            let entries = ["name", "image"].into_iter().filter_map(|key| node.entry(key));
            let mut spans = entries.map(|it| Span::new(it.key.span().start, it.value.span().end));
            Span::new(start, end).touches(self.selection)
                || spans.any(|span| span.touches(self.selection))
        };
        let lasting = |it: &&Container<'a>| it.role != Role::Ephemeral;
        let mut found = self.pod.containers.iter().filter(lasting).filter(at);
        let found = found.next_back().copied()?;
        let list = found.node.parent().filter(|it| it.is_seq())?;
        let own = self.pod.spec.get(found.role.list()) == Some(list);
        let aliased = list.tree().nodes().any(|it| it.kind() == Kind::Alias);
        (own && !aliased).then_some(found)
    }

    /// The app container that the selection means, if it is at a place where containers can be
    /// added: in a container, or at the keys `spec`, `containers` and `initContainers`.
    pub(crate) fn app(&self) -> Option<Container<'a>> {
        let inside = |node: Node<'a>| self.is_in(node);
        let lists = ["containers", "initContainers"];
        let mut keys = lists.iter().filter_map(|list| self.pod.spec.entry(list)).map(|it| it.key);
        let here = self.pod.spec.key().is_some_and(inside)
            || keys.any(inside)
            || self.pod.containers.iter().any(|it| inside(it.node));
        if !here {
            return None;
        }
        app_of(self.pod, inside)
    }

    /// What each container of the pod is for.
    pub(crate) fn roles(&self) -> &[ContainerRole<'a>] {
        self.roles.get_or_init(|| self.pod.container_roles())
    }

    /// An offer that rewrites existing text; the edits count from the start of the document.
    pub(crate) fn rewrite(&self, id: &'static str, title: String, edits: Vec<Edit>) -> Assist {
        let shifted = |edit: Edit| Edit { span: edit.span.shifted(self.start), ..edit };
        Assist::rewrite(id, title, edits.into_iter().map(shifted).collect())
    }

    /// Whether the selection is in `node`. Many editors put the cursor at the start of a line, in
    /// front of the dash of a container.
    pub(super) fn is_in(&self, node: Node<'_>) -> bool {
        let span = node.span();
        let start = line_start(node.tree().text().as_bytes(), span.start);
        Span::new(start, span.end).touches(self.selection)
    }
}
