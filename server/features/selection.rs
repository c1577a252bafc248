//! The steps by which a selection grows: the word, its entry, the item, the list, and so on up to the document.

use crate::syntax::{Node, Parse};
use crate::text::Span;

/// The spans around `offset`, each within the next one.
pub fn selections(parse: &Parse, offset: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut add = |span: Span| {
        let inside = spans.last().is_none_or(|last| span != *last && span.contains(*last));
        if inside && span.start <= offset && offset <= span.end {
            spans.push(span);
        }
    };
    let trimmed = |span: Span| {
        let text = parse.tree.slice(span).trim_end();
        Span::new(span.start, span.start + text.len())
    };
    let innermost = parse.tree.root().map(|root| root.at(offset));
    for node in innermost.into_iter().flat_map(Node::ancestors) {
        add(trimmed(node.content_span()));
        add(trimmed(node.span()));
        let value = if node.is_key() { node.next_sibling() } else { Some(node) };
        if let Some((key, value)) = value.and_then(|value| Some((value.key()?, value))) {
            add(trimmed(Span::new(key.span().start, value.span().end.max(key.span().end))));
        }
    }
    add(Span::new(0, parse.tree.text().len()));
    spans
}

#[cfg(test)]
mod tests {
    use super::selections;
    use crate::syntax::parse;
    use crate::testing::selection;

    #[test]
    fn a_selection_grows_step_by_step() {
        let (text, at) = selection("a:\n- b: c\n  d: \"$0x\"\n- e\nf: 1\n");
        let parse = parse(&text);
        let spans = selections(&parse, at.start);
        let texts: Vec<_> = spans.iter().map(|span| parse.tree.slice(*span)).collect();
        let expected = [
            "\"x\"",
            "d: \"x\"",
            "b: c\n  d: \"x\"",
            "- b: c\n  d: \"x\"\n- e",
            "a:\n- b: c\n  d: \"x\"\n- e",
            "a:\n- b: c\n  d: \"x\"\n- e\nf: 1",
            "a:\n- b: c\n  d: \"x\"\n- e\nf: 1\n",
        ];
        assert_eq!(texts, expected);
        assert_eq!(selections(&crate::syntax::parse(""), 0).len(), 1);
    }
}
