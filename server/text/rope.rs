//! The text of an open document: a rope, so that a keystroke costs the same in any file.

use std::borrow::Cow;

use ropey::Rope;

use crate::text::{Edit, Span};

/// A text that is cheap to clone and to edit. All offsets are bytes; those behind the end are
/// taken as the end.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub(super) rope: Rope,
}

impl Text {
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text in `span`, copied only when it lies in more than one piece of the rope.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let end = span.end.min(self.len());
        match self.rope.get_byte_slice(span.start.min(end)..end) {
            Some(slice) => slice.into(),
            None => Cow::Borrowed(""),
        }
    }

    /// The start of the character at `offset`.
    pub fn floor(&self, offset: usize) -> usize {
        self.rope.char_to_byte(self.char_at(offset))
    }

    /// The same text with `edit` carried out.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> Self {
        let mut rope = self.rope.clone();
        let start = self.char_at(edit.span.start);
        let end = self.char_at(edit.span.end).max(start);
        rope.remove(start..end);
        rope.insert(start, &edit.insert);
        Self { rope }
    }

    fn char_at(&self, offset: usize) -> usize {
        self.rope.byte_to_char(offset.min(self.len()))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}
