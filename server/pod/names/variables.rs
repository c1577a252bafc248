//! `$(NAME)` in the command, the arguments and the variables of a container.

use std::collections::HashSet;

use crate::pod::Object;
use crate::syntax::Node;
use crate::text::Span;

/// Calls `each` for every `$(NAME)` that Kubernetes replaces by a variable which stands in this
/// container. Others may come from `envFrom`, or are for a shell.
pub(super) fn visit(container: &Object<'_>, mut each: impl FnMut(Span, &str)) {
    let words = ["command", "args"].into_iter().filter_map(|list| container.field(list));
    let words = words.flat_map(Node::items);
    let of = |list, field| {
        let items = container.items_of(list);
        items.filter_map(Node::resolved).filter_map(move |item| item.field(field))
    };
    let known: HashSet<&str> = of("env", "name").filter_map(Node::as_str).collect();
    let texts = words.chain(of("env", "value")).chain(of("volumeMounts", "subPathExpr"));
    for node in texts.filter_map(Node::resolved).filter(|it| it.is_scalar()) {
        let span = node.content_span();
        let found = references(node.tree().slice(span)).into_iter();
        for (at, name) in found.filter(|(_, name)| known.contains(name)) {
            let start = span.start + at;
            each(Span::new(start, start + name.len()), name);
        }
    }
}

/// Where the names of the variables stand that are replaced in `text`: `$$(A)` is `$(A)` itself.
pub(crate) fn references(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(dollar) = text.get(at..).and_then(|rest| rest.find('$')).map(|it| at + it) {
        let rest = text.get(dollar + 1..).unwrap_or_default();
        at = dollar + 1 + rest.chars().next().map_or(0, char::len_utf8);
        let Some(name) = rest.strip_prefix('(') else { continue };
        let Some(end) = name.find(')') else { break };
        if let Some(name) = name.get(..end).filter(|it| !it.is_empty()) {
            found.push((dollar + 2, name));
        }
        at = dollar + 2 + end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn dollars_can_be_escaped() {
        for (text, found) in [
            ("$(A)-$(B_1)", vec![(2, "A"), (7, "B_1")]),
            ("$$(A) $$$(B)", vec![(10, "B")]),
            ("$(A", vec![]),
            ("$A $ $() é$(C)", vec![(13, "C")]),
            ("$é$(A)", vec![(5, "A")]),
        ] {
            assert_eq!(references(text), found, "{text}");
        }
    }
}
