//! Text: byte spans, edits, lines and positions. Knows nothing about YAML.
//!
//! Offsets, edits and positions belong here. Everything above uses it; it must not know YAML.

mod markdown;
mod rope;
mod position;
mod nearest;

pub use markdown::{cell, code, visible, word};
pub use nearest::{is_slip, nearest, nearest_ones};
pub use position::{Encoding, Position};
pub use rope::Text;

/// A half-open range of byte offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte or an edge.
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Moved to the right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// Replace the bytes of `span` by `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub insert: String,
}

impl Edit {
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(at), insert: text.into() }
    }

    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, insert: text.into() }
    }

    pub fn remove(span: Span) -> Self {
        Self { span, insert: String::new() }
    }
}

/// The start of the character of `text` that holds the byte at `offset`; the end behind it.
pub fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Applies edits, which must not overlap, to `text`. Inserts at one place keep their order.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.insert);
        at = edit.span.end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
