//! Folds: documents, blocks, runs of comments.

use crate::syntax::lines::{is_line_start, line_end, line_start, skip_blanks};
use crate::syntax::{Kind, Node, Parse, Style};
use crate::text::Span;

/// A part of the file that can be folded away; it starts on the line of `span.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    pub span: Span,
    pub kind: FoldKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    Document,
    Block,
    Comment,
}

/// The folds of a document. Spans end on the last line that is hidden.
pub fn folds(parse: &Parse) -> Vec<Fold> {
    let bytes = parse.tree.text().as_bytes();
    let mut folds: Vec<Fold> = Vec::new();
    // The current line: most nodes start on the line of the previous one.
    let mut line = Span::default();
    for span in parse.tree.nodes().filter(is_long).filter_map(block) {
        if !line.touches(Span::at(span.start)) {
            line = Span::new(line_start(bytes, span.start), line_end(bytes, span.start));
        }
        if span.end <= line.end {
            continue;
        }
        // `- name: x` is an item and its first key; one fold a line is enough.
        let same = |it: &Fold| line.touches(Span::at(it.span.start));
        match folds.iter_mut().rev().take(4).find(|it| same(it)) {
            Some(there) => there.span.end = there.span.end.max(span.end),
            None => folds.push(Fold { span, kind: FoldKind::Block }),
        }
    }
    folds.extend(comments(parse));
    folds
}

/// Whether a node may have lines of its own: collections and block scalars.
fn is_long(node: &Node<'_>) -> bool {
    let block_scalar = matches!(node.kind(), Kind::Scalar(Style::Literal | Style::Folded));
    !node.is_scalar() || block_scalar
}

/// From its key, or from behind its dash, to its end.
fn block(node: Node<'_>) -> Option<Span> {
    node.parent()?;
    let start = node.key().map_or(node.span().start, |key| key.span().start);
    let body = node.tree().text().get(start..start.max(node.span().end))?.trim_end();
    Some(Span::new(start, start + body.len()))
}

/// Two or more comments on lines of their own, one below the other.
fn comments(parse: &Parse) -> Vec<Fold> {
    let bytes = parse.tree.text().as_bytes();
    let own_line = |span: &&Span| {
        let start = line_start(bytes, span.start);
        skip_blanks(bytes, start) == span.start && is_line_start(bytes, start)
    };
    let mut runs: Vec<Span> = Vec::new();
    for comment in parse.tree.comments().iter().filter(own_line) {
        let start = line_start(bytes, comment.start);
        match runs.last_mut() {
            Some(run) if crate::syntax::lines::next_line(bytes, run.end) == start => {
                run.end = line_end(bytes, comment.start);
            }
            _ => runs.push(*comment),
        }
    }
    let many = |run: &Span| parse.tree.slice(*run).contains(['\n', '\r']);
    runs.into_iter().filter(many).map(|span| Fold { span, kind: FoldKind::Comment }).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::folds;
    use crate::syntax::parse;

    #[test]
    fn blocks_and_comments() {
        let text = "# one\n# two\na:\n  b: |\n    x\n    y\n  c:\n  - d: 1\n    e: 2\n  - f\n# end\nz: 1\n";
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let found = folds(&parse(text)).into_iter();
        let found = found
            .map(|it| format!("{}-{} {:?}\n", line(it.span.start), line(it.span.end), it.kind));
        expect![[r#"
            3-10 Block
            4-6 Block
            7-10 Block
            8-9 Block
            1-2 Comment
        "#]]
        .assert_eq(&found.collect::<String>());
    }
}
