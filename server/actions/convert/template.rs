//! Replaces a pod with its template, or the reverse.

use crate::actions::convert::lines::{Lines, of_entry, shifted};
use crate::syntax::lines::next_line;
use crate::syntax::write::{Layout, New};
use crate::syntax::{Entry, Node};
use crate::text::Span;

/// A kind that makes pods from a template.
pub(super) struct Shape {
    pub(super) kind: &'static str,
    pub(super) api_version: &'static str,
    /// The keys from the root to the template.
    pub(super) path: &'static [&'static str],
    /// Whether it finds its pods by their labels.
    pub(super) selects: bool,
    /// Whether its pods run to completion.
    pub(super) ends: bool,
}

pub(super) static SHAPES: [Shape; 3] = [
    Shape {
        kind: "Deployment",
        api_version: "apps/v1",
        path: &["spec", "template"],
        selects: true,
        ends: false,
    },
    Shape {
        kind: "Job",
        api_version: "batch/v1",
        path: &["spec", "template"],
        selects: false,
        ends: true,
    },
    Shape {
        kind: "CronJob",
        api_version: "batch/v1",
        path: &["spec", "jobTemplate", "spec", "template"],
        selects: false,
        ends: true,
    },
];

/// The lines below a key that hold its value, comments included; `None` unless it is a block map.
pub(super) fn body(entry: Entry<'_>) -> Option<Span> {
    let Lines { span, .. } = of_entry(entry.key)?;
    let bytes = entry.key.tree().text().as_bytes();
    let start = next_line(bytes, entry.key.span().end);
    let below = entry.value.is_map() && entry.value.kind().is_block();
    (below && entry.value.span().start >= start).then(|| Span::new(start, span.end))
}

/// Lines of block style, built from the outside inwards.
pub(super) struct Outline<'a> {
    layout: Layout<'a>,
    pub(super) text: String,
    pub(super) column: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn at(node: Node<'a>, column: usize) -> Self {
        Self { layout: Layout::of(node), text: String::new(), column }
    }

    /// A key whose value is on the lines below it, one level deeper.
    pub(super) fn open(&mut self, key: &str) {
        self.bare(key);
        self.column += self.layout.width;
    }

    pub(super) fn close(&mut self) {
        self.column = self.column.saturating_sub(self.layout.width);
    }

    /// A key whose value the caller adds.
    pub(super) fn bare(&mut self, key: &str) {
        let line = format!("{}{key}:{}", " ".repeat(self.column), self.layout.line_break);
        self.text.push_str(&line);
    }

    /// A key with a scalar.
    pub(super) fn pair(&mut self, key: &str, value: &str) {
        let pad = " ".repeat(self.column);
        let line = format!("{pad}{key}: {value}{}", self.layout.line_break);
        self.text.push_str(&line);
    }

    /// The entries of a map of scalars.
    pub(super) fn pairs(&mut self, entries: &[(String, String)]) {
        for (key, value) in entries {
            self.pair(key, value);
        }
    }

    /// Whole lines whose outermost column is `from`.
    pub(super) fn lines(&mut self, lines: &str, from: usize) -> Option<()> {
        let by = self.column as isize - from as isize;
        self.text.push_str(&shifted(lines, by)?);
        Some(())
    }
}

/// The pairs of a map of scalars as they are written; `None` when it is something else.
pub(super) fn written_pairs(map: Node<'_>) -> Option<Vec<(String, String)>> {
    let slice = |node: Node<'_>| node.tree().slice(node.content_span()).to_owned();
    let pair = |entry: Entry<'_>| {
        let one_line = !slice(entry.value).contains('\n');
        let scalar = entry.value.is_scalar() && !entry.value.is_null();
        (scalar && one_line).then(|| (slice(entry.key), slice(entry.value)))
    };
    map.is_map().then(|| map.entries().map(pair).collect())?
}

/// Pairs as content to write.
pub(super) fn map_of(pairs: &[(String, String)]) -> New {
    let bare = |key: &String| key.trim_matches(['"', '\'']).to_owned();
    let pairs = pairs.iter().map(|(key, value)| (bare(key), New::Scalar(value.clone())));
    New::Map(pairs.collect())
}
