//! The findings in a template: those that no values can cure.
//!
//! It is printed with each branch of its blocks at least once, and what holds wherever its place is
//! printed is looked at twice more: with nothing printed that need not be, and with the first branches.

use std::collections::{HashMap, HashSet};

use crate::check::{Finding, Fix};
use crate::schema::is_list_field;
use crate::syntax::{self, Choice, Node, Parse, Rendered, TemplateText, Templated, Trust, Way};
use crate::text::Span;

/// How often a template is printed to see each branch.
const MOST_COVERING: usize = 3;
/// The limits for sets of branches around findings, for the bytes printed for them, and for findings.
const MOST_AROUND: usize = 16;
const MOST_TEXT: usize = 1 << 20;
const MOST_FINDINGS: usize = 200;

/// The opening marks of actions that a value of ours cannot be told from.
const OTHER_MARK: &str = "<%";

/// A text as it is printed, and what is wrong in it, with spans in the template.
struct Checked {
    rendered: Rendered,
    found: Vec<Finding>,
    known: HashSet<Key>,
}

/// What is wrong in one key or value, whatever stands beside it.
const ALONE: [&str; 6] =
    ["unknown-field", "enum-value", "wrong-type", "quantity-format", "number-range", "name-format"];

type Key = (&'static str, Span, String);

/// What is wrong in the template `text`, whatever its values are. `check` gives what is wrong in what is
/// printed. `None` where nothing is known about that.
pub(super) fn findings(text: &str, check: &dyn Fn(&Parse) -> Vec<Finding>) -> Option<Vec<Finding>> {
    let template = TemplateText::read_part(text).filter(|_| !text.contains(OTHER_MARK))?;
    let checked = |choice: &Choice, others: Option<usize>| {
        let branch = |block| choice.get(&block).copied().or(others);
        Checked::new(&template, &branch, check)
    };
    let mut choices = template.covering(MOST_COVERING).into_iter();
    let first = choices.next().and_then(|choice| checked(&choice, Some(0)));
    let is_there = |it: &Finding| first.as_ref().is_some_and(|first| first.rendered.holds(it.span));
    let mut covering = Vec::new();
    for choice in choices {
        // As little as can be beside the other branches; all of it if something seems wrong in them.
        let least = checked(&choice, None);
        if least.as_ref().is_none_or(|it| !it.found.iter().all(is_there)) {
            covering.extend(checked(&choice, Some(0)));
        }
        covering.extend(least);
    }
    let first_is_read = first.is_some();
    covering.extend(first);
    if covering.is_empty() {
        return None;
    }
    let mut found = everywhere(&covering);
    let mut around: HashMap<_, Option<Checked>> = HashMap::new();
    let most = (MOST_TEXT / text.len().max(1)).clamp(1, MOST_AROUND);
    let mut is_known = |finding: &Finding, others: Option<usize>| {
        let place = (template.branch_at(finding.span.start), others);
        if !around.contains_key(&place) {
            if around.len() == most {
                return false;
            }
            let choice = template.choice_around(finding.span.start);
            around.insert(place, checked(&choice, others));
        }
        let around = around.get(&place).and_then(Option::as_ref);
        around.is_some_and(|it| it.known.contains(&key(finding)))
    };
    let is_in_first = |finding: &Finding| {
        let around = template.branches_around(finding.span.start);
        first_is_read && around.iter().all(|branch| branch.index == 0)
    };
    found.retain(|finding| {
        // One value may decide about several blocks, so the first branches of the others are tried as well.
        !depends_on_versions(&template, finding.span)
            && is_known(finding, None)
            && (is_in_first(finding) || is_known(finding, Some(0)))
    });
    Some(found)
}

/// What is found in each text that holds its place.
fn everywhere(all: &[Checked]) -> Vec<Finding> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for finding in all.iter().flat_map(|it| &it.found) {
        let key = key(finding);
        let holds = |it: &Checked| it.known.contains(&key) || !it.rendered.holds(finding.span);
        if found.len() < MOST_FINDINGS && all.iter().all(holds) && seen.insert(key) {
            found.push(finding.clone());
        }
    }
    found
}

fn key(finding: &Finding) -> Key {
    (finding.code, finding.span, finding.message.clone())
}

/// Whether the template asks for a version around `span`, or has something else there for other cases.
fn depends_on_versions(template: &TemplateText<'_>, span: Span) -> bool {
    let asks = |it: &str| ["apabilit", "semver", "ersion"].iter().any(|word| it.contains(word));
    template.conditions_around(span.start).into_iter().any(asks)
}

impl Checked {
    /// `None` where that is no YAML.
    fn new(
        template: &TemplateText<'_>,
        branch: &dyn Fn(usize) -> Option<usize>,
        check: &dyn Fn(&Parse) -> Vec<Finding>,
    ) -> Option<Self> {
        let way = Way { branch, is_full: &|_| true, is_opaque: true, is_list: &is_list_field };
        let mut rendered = template.render(&way)?;
        let mut parse = syntax::parse(&rendered.text);
        // Only the places are used from here on, and several printings are kept.
        rendered.text = String::new();
        if parse.trust != Trust::Exact {
            return None;
        }
        // What is not there may come with the values.
        parse.templated = Templated::Values;
        let found = check(&parse);
        let open = if found.is_empty() { Open::default() } else { Open::of(&parse) };
        let is_literal = |it: &Finding| {
            let depends = match it.code {
                "unknown-field" => false,
                code if ALONE.contains(&code) => open.filled.contains(&it.span.start),
                _ => open.filled.contains(&it.span.start) || open.beside.contains(&it.span.start),
            };
            !depends && !it.message.contains(OTHER_MARK)
        };
        let found = found.into_iter().filter(is_literal);
        let found: Vec<_> = found.filter_map(|it| in_template(it, &rendered)).collect();
        let known = found.iter().map(key).collect();
        Some(Self { rendered, found, known })
    }
}

/// Where what stands there depends on values, by the offsets at which keys and values start.
#[derive(Default)]
struct Open {
    /// Keys whose values come from the template's values, at least in part.
    filled: HashSet<usize>,
    /// Keys and values of maps to which more keys may come.
    beside: HashSet<usize>,
}

impl Open {
    fn of(parse: &Parse) -> Self {
        let mut all = Self::default();
        for node in parse.tree.nodes() {
            let is_open = node.entries().any(|entry| is_value(entry.key));
            if is_open {
                all.beside.extend(node.children().map(|it| it.content_span().start));
            }
            let key =
                node.key().filter(|_| is_open || is_value(node) || node.items().any(is_value));
            all.filled.extend(key.map(|key| key.content_span().start));
        }
        all
    }
}

/// Whether it stands for one of the template's values.
fn is_value(node: Node<'_>) -> bool {
    node.text().is_some_and(|text| text.contains(OTHER_MARK))
}

/// The finding where it stands in the template; `None` if it does not stand there as it is printed.
fn in_template(mut finding: Finding, rendered: &Rendered) -> Option<Finding> {
    let printed = finding.span;
    finding.span = rendered.source(printed)?;
    let place = |span: &mut Span| {
        rendered.source(*span).is_some_and(|source| {
            *span = source;
            true
        })
    };
    finding.missing_in = finding.missing_in.and_then(|span| rendered.source(span));
    finding.related.retain_mut(|it| !it.message.contains(OTHER_MARK) && place(&mut it.span));
    // Its node is in the tree of the printed text.
    finding.echo = None;
    // Around the finding itself, lines may be others than those that are printed here.
    let is_inside = |fix: &Fix| {
        fix.edits.iter().all(|edit| {
            printed.contains(edit.span)
                && !edit.insert.is_empty()
                && !edit.insert.contains('\n')
                && !edit.insert.contains(OTHER_MARK)
        })
    };
    finding
        .fixes
        .retain_mut(|fix| is_inside(fix) && fix.edits.iter_mut().all(|edit| place(&mut edit.span)));
    Some(finding)
}
