//! Where a cursor is in a text that is being written.
//!
//! The word at the cursor is replaced by one that stands nowhere else, and the tolerant parser
//! says where that landed. So a cursor has a place on any half-typed line, and what stands behind
//! it is known too.

use crate::syntax::lines::{is_blank, is_gap, line_start};
use crate::syntax::tree::{NodeId, Tree};
use crate::syntax::typed::{Line, Put, next_sign};
use crate::syntax::{Kind, Node, Style, tolerant};
use crate::text::{Edit, Span};

/// The word that stands for what the user is about to write.
pub(super) const PROBE: &str = "podls0probe0";

/// The place of a cursor.
#[derive(Debug)]
pub struct Cursor {
    tree: Tree,
    probe: NodeId,
    /// Whether the word is all of its key or value, and not a part of a longer text.
    pub alone: bool,
    /// What a completion replaces in the original text: the word at the cursor, with the blanks in
    /// front of it where these are too many.
    pub word: Span,
    /// What a completion writes in front of its text: blanks that are missing, and the dash of an item
    /// where nobody has typed it.
    pub lead: String,
    /// What of the word stands in front of the cursor.
    pub typed: String,
    /// The column of the first text on the line.
    pub line_indent: usize,
    /// Whether the word is the first text on its line, dashes apart.
    pub starts_line: bool,
    /// Whether a `:` stands behind the word already.
    pub has_colon: bool,
    /// Whether it is right behind the `:` of a key, where a value wants a blank first.
    pub glued: bool,
    /// Whether lines below belong to it as soon as it has a `:`, which nobody has typed yet.
    pub holds_lines: bool,
    /// Whether a comma that nobody has typed yet parts the word from the entry behind it.
    pub parted: bool,
    /// Whether the word goes to another column than the one in which it is typed.
    pub is_moved: bool,
    /// Whether nothing below can become a part of what is written here.
    pub is_open: bool,
}

impl Cursor {
    /// The place of `offset` in the document `text`. `None` in comments and inside of texts.
    pub fn at(text: &str, offset: usize) -> Option<Self> {
        let line = Line::at(text, offset)?;
        let colon = !line.word.is_empty() && line.has_block_below();
        Self::of(&line, &Put { colon, ..line.put() })
    }

    /// The place of the word of `line` when it is put into the text like this.
    pub(super) fn of(line: &Line<'_>, put: &Put) -> Option<Self> {
        let probed = put.within(line.text, PROBE)?;
        let mut tree = tolerant::read(&probed).0;
        let holds = |node: &Node<'_>| node.text().is_some_and(|text| text.contains(PROBE));
        // In brackets the next entry would belong to the word, as long as no comma stands between.
        let behind = line.text.get(put.span.end..)?;
        let is_quoted = |node: Node<'_>| {
            matches!(node.kind(), Kind::Scalar(Style::SingleQuoted | Style::DoubleQuoted))
        };
        let entry_behind = |node: Node<'_>| {
            let quoted = is_quoted(node);
            let closed = if quoted { behind.strip_prefix(['"', '\'']) } else { Some(behind) };
            // Else the word itself goes on, with a letter that few words have.
            let is_apart = put.span.is_empty()
                || closed.is_none_or(|it| {
                    is_gap(it.as_bytes(), 0) || it.starts_with(['"', '\'', '[', '{'])
                });
            let sign = closed.filter(|_| is_apart).and_then(next_sign);
            let follows = sign.is_some_and(|sign| !",]}:".contains(sign));
            let starts = node.text().is_some_and(|text| match quoted {
                true => text == PROBE,
                false => text.starts_with(PROBE),
            });
            node.in_flow() && starts && follows
        };
        let first = tree.nodes().find(holds);
        let parted = !line.has_colon && first.is_some_and(entry_behind);
        if parted {
            let word = format!("{PROBE}{}", closing_quote(behind, first.is_some_and(is_quoted)));
            tree = tolerant::read(&probed.replacen(&word, &format!("{word},"), 1)).0;
        }
        let found = tree.nodes().find(holds)?;
        let is_text = matches!(found.kind(), Kind::Scalar(Style::Literal | Style::Folded));
        // What stands behind the end of the content belongs to nothing.
        if is_text || found.ancestors().last() != tree.root() {
            return None;
        }
        let (probe, alone) = (found.id(), found.text() == Some(PROBE));
        let before = line.text.get(line.start..put.span.start)?;
        let starts = |byte: u8| is_blank(byte) || byte == b'-';
        Some(Self {
            tree,
            probe,
            alone,
            word: put.span,
            lead: put.lead.clone(),
            typed: line.text.get(line.word.start..line.offset.max(line.word.start))?.to_owned(),
            line_indent: before.bytes().take_while(|byte| is_blank(*byte)).count(),
            starts_line: before.bytes().all(starts),
            has_colon: line.has_colon,
            glued: line.is_behind_key(),
            holds_lines: put.colon,
            parted,
            is_moved: false,
            is_open: false,
        })
    }

    /// The word that stands for what is written, with the signs that part it from what is behind, as an
    /// edit of `text`.
    pub(super) fn probing(&self, text: &str) -> Edit {
        let rest = text.get(self.word.end..).unwrap_or_default();
        let quote = closing_quote(rest, self.parted && self.is_quoted());
        let comma = if self.parted { "," } else { "" };
        let colon = if self.holds_lines { ":" } else { "" };
        let span = Span::new(self.word.start, self.word.end + quote.len());
        Edit::replace(span, format!("{}{PROBE}{quote}{comma}{colon}", self.lead))
    }

    /// The node at the cursor, in a tree of its own: a key, or a value.
    pub fn node(&self) -> Node<'_> {
        self.tree.node(self.probe)
    }

    /// The tree with the word at the cursor replaced.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Whether the node at the cursor is in quotes.
    pub fn is_quoted(&self) -> bool {
        matches!(self.node().kind(), Kind::Scalar(Style::SingleQuoted | Style::DoubleQuoted))
    }

    /// Whether this is the word at the cursor.
    pub fn is_probe(&self, node: Node<'_>) -> bool {
        node.id() == self.probe
    }

    /// What stands in front of the word at the cursor.
    pub fn before(&self) -> &str {
        self.tree.text().get(..self.word.start).unwrap_or_default()
    }

    /// What stands behind the word at the cursor.
    pub fn after(&self) -> &str {
        let at = self.word.start + self.lead.len() + PROBE.len();
        self.tree.text().get(at..).unwrap_or_default()
    }

    /// Where a span of the tree beside the word is in the original text.
    pub fn original(&self, span: Span) -> Span {
        let signs = usize::from(self.holds_lines) + usize::from(self.parted);
        let added = self.lead.len() + PROBE.len() + signs;
        let moved = |at: usize| match at <= self.word.start {
            true => at,
            false => (at + (self.word.end - self.word.start)).saturating_sub(added),
        };
        Span::new(moved(span.start), moved(span.end))
    }

    /// The column in which the entries of a map stand that starts at the cursor.
    pub fn column(&self) -> usize {
        let text = self.tree.text();
        let at = self.node().span().start;
        at - line_start(text.as_bytes(), at)
    }
}

/// The quote with which `rest` starts, if it counts.
fn closing_quote(rest: &str, counts: bool) -> &str {
    let len = usize::from(counts && rest.starts_with(['"', '\'']));
    rest.get(..len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    /// Path and role of the cursor `|` in `fixture`.
    fn place(fixture: &str) -> String {
        let offset = fixture.find('|').unwrap();
        let text = fixture.replacen('|', "", 1);
        let Some(cursor) = Cursor::at(&text, offset) else { return "nowhere".to_owned() };
        let node = cursor.node();
        let path = node.path().replace(super::PROBE, "*");
        format!("{} {path} `{}`", if node.is_key() { "key" } else { "value" }, cursor.typed)
    }

    #[test]
    fn a_cursor_has_a_place_on_any_line() {
        for (fixture, expected) in [
            ("a:\n  b: 1\n  |\n  c: 2\n", "key a.* ``"),
            ("a:\n  b: 1\n  im|\n", "key a.* `im`"),
            ("a:\n  b: no|ne\n", "value a.b `no`"),
            ("a:\n  b: |\nc: 1\n", "value a.b ``"),
            ("a:\n- |\n", "value a[0] ``"),
            ("a:\n- |\n  image: x\n", "key a[0].* ``"),
            ("a:\n- name: x\n  |", "key a[0].* ``"),
            ("a:\n- name: x\n- |", "value a[1] ``"),
            ("a:\n  |\n", "value a ``"),
            ("a: {b: 1, |}\n", "key a.* ``"),
            ("a: {b: |}\n", "value a.b ``"),
            ("a: {b: 1, | c: 2}\n", "key a.* ``"),
            ("a: {b: 1,\n  x|\n  c: 2}\n", "key a.* `x`"),
            ("a: [x, |", "value a[1] ``"),
            ("a: \"x|\"\n", "value a `x`"),
            ("na|me: x\n", "key * `na`"),
            ("|", "value  ``"),
            ("a:\n  b:|\n", "value a.b ``"),
            ("a: x:|\n", "value a ``"),
            ("a:\n  b|\n    - c: 1\n", "key a.* `b`"),
            ("a:\n- b|\n    c: 1\n", "key a[0].* `b`"),
            ("a:\n  b|\n    c d\n", "value a `b`"),
            ("a: 1 # |\n", "nowhere"),
            ("a: >\n  text |\n", "nowhere"),
            ("a:\n  b:\n    c: 1\n  |\nd: 1\n", "key a.* ``"),
        ] {
            assert_eq!(place(fixture), expected, "{fixture}");
        }
    }
}
