//! Where a cursor is in a text that is being written.
//!
//! The word at the cursor is replaced by one that stands nowhere else, and the tolerant parser
//! says where that landed. So a cursor has a place on any half-typed line, and what stands behind
//! it is known too.

use crate::syntax::lines::{is_blank, line_end, line_start};
use crate::syntax::tree::{NodeId, Tree};
use crate::syntax::{Kind, Node, Style, tolerant};
use crate::text::Span;

/// The word that stands for what the user is about to write.
const PROBE: &str = "podls0probe0";

/// The place of a cursor.
#[derive(Debug)]
pub struct Cursor {
    tree: Tree,
    probe: NodeId,
    /// Whether the word is all of its key or value, and not a part of a longer text.
    pub alone: bool,
    /// The word at the cursor in the original text, which a completion replaces.
    pub word: Span,
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
}

impl Cursor {
    /// The place of `offset` in the document `text`. `None` in comments and inside of texts.
    pub fn at(text: &str, offset: usize) -> Option<Self> {
        let offset = floor(text, offset);
        let bytes = text.as_bytes();
        let (start, end) = (line_start(bytes, offset), line_end(bytes, offset));
        let head = text.get(start..offset)?;
        if in_comment(head) {
            return None;
        }
        let word = word(text, start, end, offset);
        let rest = text.get(word.end..end)?;
        let has_colon = rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':');
        // A lone word in front of other text would swallow it: `na|me: x` is a key, `a|  b` is not.
        let glued = word.is_empty() && ends_with_key(head);
        let blank = if glued { " " } else { "" };
        let holds_lines = !word.is_empty() && rest.trim().is_empty() && {
            let start_line = text.get(start..word.start)?;
            start_line.bytes().all(|byte| is_blank(byte) || byte == b'-')
                && has_lines_below(text.get(end..)?, word.start - start)
        };
        let colon = if holds_lines { ":" } else { "" };
        let (head, tail) = (text.get(..word.start)?, text.get(word.end..)?);
        let probed = format!("{head}{blank}{PROBE}{colon}{tail}");
        let (mut tree, _) = tolerant::read(&probed);
        let holds = |node: &Node<'_>| node.text().is_some_and(|text| text.contains(PROBE));
        let swallows = |node: Node<'_>| {
            let more = node.text().and_then(|text| text.strip_prefix(PROBE));
            node.in_flow() && more.is_some_and(|more| more.starts_with(' '))
        };
        // In brackets the next entry would belong to the word, as long as no comma stands between.
        let parted = !has_colon && tree.nodes().find(holds).is_some_and(swallows);
        if parted {
            tree = tolerant::read(&probed.replacen(PROBE, &format!("{PROBE},"), 1)).0;
        }
        let found = tree.nodes().find(holds)?;
        if matches!(found.kind(), Kind::Scalar(Style::Literal | Style::Folded)) {
            return None;
        }
        let (probe, alone) = (found.id(), found.text() == Some(PROBE));
        let before = text.get(start..word.start)?;
        Some(Self {
            tree,
            probe,
            alone,
            word,
            typed: text.get(word.start..offset)?.to_owned(),
            line_indent: before.bytes().take_while(|byte| is_blank(*byte)).count(),
            starts_line: before.bytes().all(|byte| is_blank(byte) || byte == b'-'),
            has_colon,
            glued,
            holds_lines,
            parted,
        })
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
        let at = self.word.start + usize::from(self.glued) + PROBE.len();
        self.tree.text().get(at..).unwrap_or_default()
    }

    /// The column in which the entries of a map stand that starts at the cursor.
    pub fn column(&self) -> usize {
        let text = self.tree.text();
        let at = self.node().span().start;
        at - line_start(text.as_bytes(), at)
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether the next line with text stands deeper than `column` and is an item or a key.
fn has_lines_below(rest: &str, column: usize) -> bool {
    let mut lines = rest.lines().skip(1).filter(|line| !line.trim().is_empty());
    let Some(next) = lines.next() else { return false };
    let text = next.trim_start_matches(' ');
    let key = text.split_once(':').is_some_and(|(key, value)| {
        let in_key = |char: char| char.is_alphanumeric() || "_./-".contains(char);
        key.chars().all(in_key) && (value.is_empty() || value.starts_with([' ', '\t']))
    });
    next.len() - text.len() > column && (text.starts_with("- ") || key)
}

/// Whether the start of a line ends with a key and its `:`.
fn ends_with_key(head: &str) -> bool {
    let key = head.trim_start_matches([' ', '-']).strip_suffix(':').unwrap_or_default();
    let in_key = |char: char| char.is_alphanumeric() || "_./-".contains(char);
    !key.is_empty() && key.chars().all(in_key)
}

/// Whether a comment starts in the text of a line before the cursor.
fn in_comment(head: &str) -> bool {
    let (mut quote, mut before) = (None, ' ');
    for char in head.chars() {
        match quote {
            Some(open) if char == open => quote = None,
            Some(_) => {}
            None if char == '#' && (before == ' ' || before == '\t') => return true,
            None if matches!(char, '"' | '\'') && !before.is_alphanumeric() => quote = Some(char),
            None => {}
        }
        before = char;
    }
    false
}

/// The word around `offset`, within its line.
fn word(text: &str, start: usize, end: usize, offset: usize) -> Span {
    let in_word = |char: char| char.is_alphanumeric() || "_./$@".contains(char);
    let dashed = |char: char| in_word(char) || char == '-';
    let head = text.get(start..offset).unwrap_or_default();
    let tail = text.get(offset..end).unwrap_or_default();
    let mut first = head
        .rfind(|char| !dashed(char))
        .map_or(start, |at| start + at + head[at..].chars().next().map_or(1, char::len_utf8));
    // Dashes in front belong to the list, unless letters stand between.
    while text.get(first..offset).is_some_and(|it| it.starts_with('-')) {
        first += 1;
    }
    let len = tail.find(|char| !dashed(char)).unwrap_or(tail.len());
    Span::new(first, offset + len)
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
