//! Any text gives a tree, and the two parsers agree on what is YAML.

use podls::syntax::{self, Cursor, Kind, Node, Parse, Style, Tree, Trust};
use podls::text::Span;

use super::input::Input;
use super::{assert_inside, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = texts::text(text, &mut choices);
    let stream = syntax::Stream::new(&text, |part| (part.to_owned(), syntax::parse(part)));
    let parts: usize = stream.parts().iter().map(|part| part.len).sum();
    assert_eq!(parts, text.len(), "the parts tile the text: {text:?}");
    for (_, document) in stream.documents() {
        let (part, parse) = &**document;
        is_tree(part, parse);
        let (tolerant, faults) = syntax::parse_tolerant(part);
        nodes_are_inside(part, &tolerant);
        if parse.trust == Trust::Exact {
            assert!(parse.errors.is_empty(), "{part:?}");
            // A manifest is a map. What the tolerant parser takes for a fault is YAML that no manifest has, such as a key
            // of nothing. In brackets a line that ends without a comma is one that is being written to it,
            // and the rest of a word to the exact parser.
            let is_map = parse.tree.root().is_some_and(Node::is_map);
            if faults.is_empty() && is_map && !has_long_word(&parse.tree) {
                let (left, right) = (leaves(&parse.tree), leaves(&tolerant));
                assert_eq!(left, right, "exact and tolerant\n{part}\n{part:?}");
            }
        }
    }
    let at = choices.place(&text);
    if let Some(cursor) = Cursor::at(&text, at) {
        assert_inside(&text, cursor.word, "the word at the cursor");
    }
}

/// Whether a word in brackets goes over several lines.
fn has_long_word(tree: &Tree) -> bool {
    let mut words =
        tree.nodes().filter(|it| it.in_flow() && it.kind() == Kind::Scalar(Style::Plain));
    words.any(|word| tree.slice(word.span()).contains(['\n', '\r']))
}

fn is_tree(text: &str, parse: &Parse) {
    assert_eq!(parse.tree.text(), text);
    nodes_are_inside(text, &parse.tree);
    for error in &parse.errors {
        assert_inside(text, error.span, error.message);
    }
    if parse.trust != Trust::Exact {
        return;
    }
    for node in parse.tree.nodes() {
        let span = node.span();
        if let Some(parent) = node.parent() {
            assert!(parent.span().contains(span), "{node:?} in {parent:?} of {text:?}");
        }
        if let Some(next) = node.next_sibling() {
            assert!(span.end <= next.span().start, "{node:?} and {next:?} of {text:?}");
        }
    }
}

fn nodes_are_inside(text: &str, tree: &Tree) {
    for node in tree.nodes() {
        assert_inside(text, node.span(), "a node");
        assert_inside(text, node.content_span(), "the content of a node");
        assert_inside(text, node.head_span(), "the head of a node");
    }
    tree.comments().iter().for_each(|span| assert_inside(text, *span, "a comment"));
    tree.anchors().for_each(|(span, _)| assert_inside(text, span, "an anchor"));
}

/// Path, value and span of every scalar, alias and empty collection.
fn leaves(tree: &Tree) -> Vec<(String, String, Span)> {
    let leaf = |node: &Node<'_>| {
        !node.is_key()
            && (node.is_scalar() || node.kind() == Kind::Alias || node.children().next().is_none())
    };
    let of =
        |node: Node<'_>| (node.path(), node.text().unwrap_or_default().to_owned(), node.span());
    let mut leaves: Vec<_> = tree.nodes().filter(leaf).map(of).collect();
    leaves.sort();
    leaves
}
