//! Whether an edit keeps what a text says.
//!
//! What an editor offers to write may add to a document, and must not take anything away: each value
//! that stood there stays, with its path. Only the part of a document around the edit is read again.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::syntax::cursor::{Cursor, PROBE};
use crate::syntax::lines::{is_blank, line_end, line_start};
use crate::syntax::tree::{Kind, Tree};
use crate::syntax::{Node, Trust, events, excerpt, parse, tolerant};
use crate::text::{Edit, Span, apply};

/// A document larger than this in bytes is never read as a whole for an edit.
const LARGEST: usize = 256 * 1024;

/// How a part of a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// As YAML.
    Strict,
    /// As YAML that only kubectl takes.
    Lenient,
    /// As YAML, which it is with the word at the cursor only.
    Mended,
    /// As lines, with so many places that are not YAML.
    Faulty(usize),
}

impl Reading {
    /// The tree of `text`, if nothing worse than this has to be done to get it.
    fn tree(self, text: &str) -> Option<Tree> {
        let strict = || Some(events::read(text)).filter(|(_, refusal)| refusal.is_none());
        match self {
            Self::Strict if text.contains("{{") => None,
            Self::Strict | Self::Mended => strict().map(|(tree, _)| tree),
            Self::Lenient => {
                Some(parse(text)).filter(|it| it.trust == Trust::Exact).map(|it| it.tree)
            }
            Self::Faulty(most) => {
                let (tree, faults) = tolerant::read(text);
                let tree = strict().map_or(tree, |(tree, _)| tree);
                (faults.len() <= most).then_some(tree)
            }
        }
    }
}

/// What a part of a text says without the word at the cursor.
#[derive(Debug)]
pub struct Kept<'a> {
    text: &'a str,
    /// What is read again with an edit.
    parts: Vec<Span>,
    reading: Reading,
    /// A key at the cursor takes the place of the word that stands for it.
    renames: bool,
    leaves: Vec<u64>,
}

impl<'a> Kept<'a> {
    /// What the part of `text` around the cursor says.
    pub fn around(text: &'a str, cursor: &Cursor) -> Self {
        let parts = || parts(text, cursor);
        let with = cursor.probing(text);
        if cursor.has_colon || cursor.holds_lines {
            return Self::of(text, parts(), &with, true);
        }
        let without = Self::of(text, parts(), &Edit::remove(cursor.word), false);
        if without.is_yaml() {
            return without;
        }
        let probed = Self::of(text, parts(), &with, false);
        if probed.is_yaml() {
            return probed;
        }
        Self::without_dash(text, cursor).filter(Self::is_yaml).unwrap_or(without)
    }

    /// What the text says without the line of the cursor, if nothing but a dash stands in front of the
    /// word: it may be the dash that breaks the text.
    fn without_dash(text: &'a str, cursor: &Cursor) -> Option<Self> {
        let start = line_start(text.as_bytes(), cursor.word.start);
        let head = text.get(start..cursor.word.start)?;
        let dash = head.contains('-') && head.bytes().all(|it| is_blank(it) || it == b'-');
        let line = Edit::remove(Span::new(start, line_end(text.as_bytes(), start)));
        (dash && !cursor.node().in_flow())
            .then(|| Self::lines(text, start, cursor.line_indent, &line))
    }

    /// Whether the text around the cursor is YAML.
    pub fn is_yaml(&self) -> bool {
        !matches!(self.reading, Reading::Faulty(_) | Reading::Mended)
    }

    /// What the lines around a line that starts at `start` say, with `without` carried out.
    pub(super) fn lines(text: &'a str, start: usize, column: usize, without: &Edit) -> Self {
        Self::of(text, excerpt::around(text, start, column), without, false)
    }

    fn of(text: &'a str, parts: Option<Vec<Span>>, edit: &Edit, renames: bool) -> Self {
        let whole = vec![Span::new(0, text.len())];
        let reading = Reading::Strict;
        let mut kept = Self { text, parts: Vec::new(), reading, renames, leaves: Vec::new() };
        for part in parts.into_iter().chain([whole]) {
            if !kept.parts.is_empty() && text.len() > LARGEST {
                break;
            }
            kept.parts = part;
            for reading in [Reading::Strict, Reading::Lenient] {
                kept.reading = reading;
                if kept.learn(edit) {
                    return kept;
                }
            }
        }
        let before = kept.edited(std::slice::from_ref(edit)).unwrap_or_default();
        kept.reading = Reading::Faulty(tolerant::read(&before).1.len());
        kept.learn(edit);
        if Reading::Mended.tree(&kept.edited(&[]).unwrap_or_default()).is_some() {
            kept.reading = Reading::Mended;
        }
        kept
    }

    /// Takes what the parts say with `edit`; whether they can be read.
    fn learn(&mut self, edit: &Edit) -> bool {
        let before = self.edited(std::slice::from_ref(edit)).unwrap_or_default();
        let Some(tree) = self.reading.tree(&before) else { return false };
        let hole = self.within(edit.span).unwrap_or_default().start;
        self.leaves = leaves(&tree, hole, self.renames);
        true
    }

    /// Where `span` is in what is read of the text; `None` outside of it.
    fn within(&self, span: Span) -> Option<Span> {
        let mut before = 0;
        for part in &self.parts {
            if part.contains(span) {
                let at = before + span.start - part.start;
                return Some(Span::new(at, at + span.end - span.start));
            }
            before += part.end - part.start;
        }
        None
    }

    /// What is read with `edits`; `None` when one of them lies outside.
    fn edited(&self, edits: &[Edit]) -> Option<String> {
        let inner = |edit: &Edit| Some(Edit::replace(self.within(edit.span)?, &*edit.insert));
        let inner: Vec<Edit> = edits.iter().map(inner).collect::<Option<_>>()?;
        let parts = self.parts.iter().map(|part| self.text.get(part.start..part.end));
        Some(apply(&parts.collect::<Option<String>>()?, &inner))
    }

    /// Whether the text stays YAML with `edits`, of which the first one is that at the cursor, and
    /// everything else in it keeps its path and its value.
    pub fn keeps(&self, edits: &[Edit]) -> bool {
        let (Some(after), Some(first)) = (self.edited(edits), edits.first()) else { return false };
        let Some(place) = self.within(first.span) else { return false };
        let text = first.insert.trim_start_matches([' ', '-']);
        let before = edits.iter().skip(1).filter(|it| it.span.end <= first.span.start);
        let shift: usize = before.map(|it| it.insert.len()).sum();
        let lead = first.insert.len() - text.len();
        let hole = place.start + shift + lead;
        let tree = self.reading.tree(&after);
        tree.is_some_and(|tree| contains(&leaves(&tree, hole, self.renames), &self.leaves))
    }
}

/// What has to be read of a text to see what is written at the cursor: the brackets around, or some
/// lines around. `None` where that is all of it.
fn parts(text: &str, cursor: &Cursor) -> Option<Vec<Span>> {
    let node = cursor.node();
    if !node.in_flow() {
        let start = line_start(text.as_bytes(), cursor.word.start);
        return excerpt::around(text, start, cursor.line_indent);
    }
    let brackets = node.ancestors().skip(1).find(|it| it.kind().is_flow())?;
    let span = cursor.original(brackets.content_span());
    Span::new(0, text.len()).contains(span).then(|| between(text, cursor, brackets, span))
}

/// The text of `brackets` at `span`, without what stands in the brackets of its other values: there the
/// edit ends nothing and starts nothing.
fn between(text: &str, cursor: &Cursor, brackets: Node<'_>, span: Span) -> Vec<Span> {
    let (mut parts, mut at) = (Vec::new(), span.start);
    for value in brackets.children().filter(|it| it.kind().is_flow()) {
        let value = cursor.original(value.content_span());
        let inner = Span::new(value.start + 1, value.end.saturating_sub(1));
        let whole = text.get(value.start..value.end).unwrap_or_default();
        let is_closed = whole.starts_with(['{', '[']) && whole.ends_with(['}', ']']);
        if is_closed && at <= inner.start && inner.start < inner.end && inner.end <= span.end {
            parts.push(Span::new(at, inner.start));
            at = inner.end;
        }
    }
    parts.push(Span::new(at, span.end));
    parts
}

/// Whether `all` holds `some` in the same order.
fn contains(all: &[u64], some: &[u64]) -> bool {
    let mut all = all.iter();
    some.iter().all(|leaf| all.any(|it| it == leaf))
}

/// The values of a document with their paths, without the places of items in their lists. With
/// `renamed` the key at `hole` counts as the word that stands for it.
fn leaves(tree: &Tree, hole: usize, renamed: bool) -> Vec<u64> {
    let at_hole = |node: Node<'_>| node.span().start <= hole && hole <= node.span().end;
    let (mut found, mut open) = (Vec::new(), Vec::new());
    open.extend(tree.root().map(|root| (root, 0)));
    while let Some((node, path)) = open.pop() {
        let from = open.len();
        match node.kind() {
            Kind::Map { .. } => open.extend(node.entries().map(|entry| {
                let key = entry.key.text().unwrap_or_else(|| tree.slice(entry.key.span()));
                let key = if renamed && at_hole(entry.key) { PROBE } else { key };
                (entry.value, digest(path, 'k', key))
            })),
            Kind::Seq { .. } => open.extend(node.items().map(|item| (item, digest(path, '-', "")))),
            Kind::Alias => found.push(digest(path, '*', tree.slice(node.content_span()))),
            Kind::Scalar(_) => {
                let text = node.text().unwrap_or_default();
                let counts = !text.is_empty() && !node.is_null() && !text.contains(PROBE);
                found.extend(counts.then(|| digest(path, 'v', text)));
            }
        }
        // What is on top of the stack is looked at first.
        open[from..].reverse();
        if open.len() == from && node.kind().is_flow() && !at_hole(node) {
            found.push(digest(path, 'e', ""));
        }
    }
    found
}

fn digest(path: u64, sign: char, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, sign, text).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::syntax::Cursor;
    use crate::testing::selection;
    use crate::text::Edit;

    /// Whether `insert` at the cursor keeps the rest.
    fn keeps(fixture: &str, insert: &str) -> bool {
        let (text, at) = selection(fixture);
        let cursor = Cursor::at(&text, at.start).unwrap();
        Kept::around(&text, &cursor).keeps(&[Edit::replace(cursor.word, insert)])
    }

    #[test]
    fn what_is_added_takes_nothing_away() {
        for (fixture, insert, expected) in [
            ("a:\n  b: 1\n  $0\n  c: 2\n", "d: 1", true),
            ("a:\n  b: 1\n  $0\n  c: 2\n", "d:\n    e: 1", true),
            ("a:\n  b:\n  $0\n    c: 2\n", "d:", false),
            ("a:\n  $0\n  - b\n", "d: ", false),
            ("a:\n  $0\n  - b\n", "- d", true),
            ("a:\n$0\n  b: 1\n", "c: ", false),
            ("a: b\n  $0\n", "c", false),
            ("a: {b: 1, $0 c: 2}\n", "d: ,", true),
            ("a: {b: 1, $0 c: 2}\n", "d: ", false),
            ("a: {b: {}, $0}\n", "d: ", true),
            ("a: [x, {$0}]\n", "d: 1", true),
            ("a: [x, {$0}]\n", "d: 1}", false),
            // Elsewhere the text may be broken.
            ("a:\n  b: 1\n  $0\nx: [\n", "d: 1", true),
            ("a:\n  b: 1\n  $0\n  c: [1\n", "d: 1", true),
            ("a:\n  $0\n  - c: [1\n", "d: ", false),
            // A key that has its value gets another name.
            ("a:\n  b$0: 1\n  c: 2\n", "bb", true),
            ("a:\n  b$0:\n    x: 1\n  c: 2\n", "bb", true),
            ("a:\n  b$0:\n    x: 1\n  c: 2\n", "bb: 1 #", false),
        ] {
            assert_eq!(keeps(fixture, insert), expected, "{fixture} {insert}");
        }
    }
}
