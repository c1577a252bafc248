//! A map becomes a list of one item.

use crate::syntax::Node;
use crate::syntax::lines::{line_end, next_line, skip_blanks};
use crate::text::Edit;

/// The edits that make `map` the only item of a list: in a block a dash in front of it, and its other lines
/// further in.
pub fn as_item(map: Node<'_>) -> Vec<Edit> {
    let span = map.content_span();
    if map.kind().is_flow() {
        return vec![Edit::insert(span.start, "["), Edit::insert(span.end, "]")];
    }
    let bytes = map.tree().text().as_bytes();
    let mut edits = vec![Edit::insert(span.start, "- ")];
    let mut line = next_line(bytes, span.start);
    while line < span.end {
        if skip_blanks(bytes, line) < line_end(bytes, line) {
            edits.push(Edit::insert(line, "  "));
        }
        line = next_line(bytes, line);
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::as_item;
    use crate::syntax::parse;
    use crate::text::apply;

    #[test]
    fn all_of_its_lines_go_further_in() {
        for (text, expected) in [
            (
                "a:\n  b: 1\n\n  # c\n  d: |\n    e\nf: 1\n",
                "a:\n  - b: 1\n\n    # c\n    d: |\n      e\nf: 1\n",
            ),
            ("a: {b: 1}\n", "a: [{b: 1}]\n"),
        ] {
            let tree = parse(text).tree;
            let map = tree.root().and_then(|root| root.get("a")).unwrap();
            assert_eq!(apply(text, &as_item(map)), expected);
        }
    }
}
