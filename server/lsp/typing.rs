//! Findings that wait while the user types: an unfinished object always lacks something.
//!
//! Findings about what is missing around the edited place are held back until typing has rested, the file
//! is saved, or the cursor has left the object. Editors do not send the position of the cursor, but edits and
//! most requests have one.

use std::time::Duration;

use tokio::time::Instant;

use crate::text::{Span, Text};

/// The time after the last edit at which typing counts as finished.
pub(super) const REST: Duration = Duration::from_secs(1);

/// How many bytes of blanks and comments around an edit are read.
const FAR: usize = 4 << 10;

/// The findings of a document that wait.
#[derive(Default)]
pub(super) struct Typing {
    /// When typing will have rested. `None` if it has.
    rests_at: Option<Instant>,
    /// The objects of the findings that are held back, in the last published text.
    held: Vec<Span>,
}

impl Typing {
    /// Notes an edit. Findings that were held back are out of date.
    pub(super) fn goes_on(&mut self, rests_at: Instant) {
        *self = Self { rests_at: Some(rests_at), held: Vec::new() };
    }

    /// Whether the user is typing at `now`.
    pub(super) fn is_under_way(&self, now: Instant) -> bool {
        self.rests_at.is_some_and(|rests_at| now < rests_at)
    }

    /// Notes the objects of findings that were held back. They are due at once if typing ended during the analysis.
    pub(super) fn hold(&mut self, held: Vec<Span>) {
        if !held.is_empty() {
            self.rests_at.get_or_insert_with(Instant::now);
        }
        self.held = held;
    }

    /// When the findings that are held back are due.
    pub(super) fn due_at(&self) -> Option<Instant> {
        self.rests_at.filter(|_| !self.held.is_empty())
    }

    /// Ends typing. Returns whether findings were held back.
    pub(super) fn end(&mut self) -> bool {
        self.rests_at = None;
        !std::mem::take(&mut self.held).is_empty()
    }

    /// Whether a finding is held back for an object that a cursor at `offset` is not in.
    pub(super) fn is_left(&self, text: &Text, offset: usize) -> bool {
        !self.held.is_empty() && {
            let place = EditedPlace::of(text, Span::at(offset));
            !self.held.iter().all(|span| place.is_in(*span))
        }
    }
}

/// The range that an object must span if the user is writing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EditedPlace {
    from: usize,
    to: usize,
}

impl EditedPlace {
    /// The place of `edited`. Blanks and comments around it may belong to any object beside them: at the start
    /// of a line the indentation is not typed yet.
    pub(super) fn of(text: &Text, edited: Span) -> Self {
        let behind = text.floor(edited.start + FAR);
        let before = text.floor(edited.end.saturating_sub(FAR));
        let from = edited.start + blanks(&text.slice(Span::new(edited.start, behind)));
        let to = before + content(&text.slice(Span::new(before, edited.end)));
        Self { from, to }
    }

    /// Whether it is in the object that spans `object`.
    pub(super) fn is_in(self, object: Span) -> bool {
        object.start <= self.from && self.to <= object.end
    }
}

/// The number of bytes before the first content of `text` that is not a comment.
fn blanks(text: &str) -> usize {
    let mut passed = 0;
    for line in text.split_inclusive('\n') {
        // The dash of an item precedes its content.
        let content = line.trim_start_matches([' ', '\t', '-']);
        let content = if line.trim_start().starts_with("- ") { content } else { line.trim_start() };
        if !content.is_empty() && !content.starts_with('#') {
            return passed + line.len() - content.len();
        }
        passed += line.len();
    }
    passed
}

/// The number of bytes up to the end of the last content of `text`.
fn content(text: &str) -> usize {
    let mut left = text.len();
    for line in text.split_inclusive('\n').rev() {
        left -= line.len();
        let comment = line.find(" #").unwrap_or(line.len());
        let content = line.get(..comment).unwrap_or_default().trim_end();
        if !content.is_empty() && !content.trim_start().starts_with('#') {
            return left + content.len();
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::EditedPlace;
    use crate::text::{Span, Text};

    /// The range that an object must span if `|` is in it.
    fn reach(text: &str) -> (usize, usize) {
        let at = text.find('|').unwrap();
        let place = EditedPlace::of(&Text::new(&text.replace('|', "")), Span::at(at));
        (place.from, place.to)
    }

    #[test]
    fn blanks_and_comments_around_the_cursor_belong_to_both_sides() {
        assert_eq!(reach("ab|cd"), (2, 2));
        assert_eq!(reach("ab|"), (2, 2));
        assert_eq!(reach("ab\n  |"), (5, 2));
        assert_eq!(reach("ab\n  |\n\n  cd"), (9, 2));
        assert_eq!(reach("ab # c|\n  # d\ne"), (13, 2));
        assert_eq!(reach("ab\n# c\n  # d|\n"), (13, 2));
        assert_eq!(reach("- |"), (2, 1));
        assert_eq!(reach("a:\n| - b"), (6, 2));
        assert_eq!(reach("|--b"), (0, 0));
        assert_eq!(reach("|"), (0, 0));
    }

    #[test]
    fn characters_stay_whole_at_the_end_of_what_is_looked_at() {
        let text = Text::new(&"\u{a0}\u{2003}".repeat(3_000));
        let place = EditedPlace::of(&text, Span::at(7_500));
        assert!(place.from > 11_000 && place.to < 4_000, "{place:?}");
    }
}
