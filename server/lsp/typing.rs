//! What waits while somebody types: an object that is being written lacks something all the time.
//!
//! Findings about what is missing around the edited place are held back until typing has rested, the file
//! is saved, or the cursor has left the object. Editors do not tell where the cursor is, but edits and most
//! requests have a place.

use std::time::Duration;

use tokio::time::Instant;

use crate::text::{Span, Text};

/// So long after the last edit nobody types any more.
pub(super) const REST: Duration = Duration::from_secs(1);

/// How far blanks and comments around a place are looked at.
const FAR: usize = 4 << 10;

/// What waits in one document.
#[derive(Default)]
pub(super) struct Typing {
    /// When typing will have rested. `None` if it has.
    rests_at: Option<Instant>,
    /// Where that belongs which the findings held back are about, in the text that was published last.
    held: Vec<Span>,
}

impl Typing {
    /// An edit was made; what was held back is out of date.
    pub(super) fn goes_on(&mut self, rests_at: Instant) {
        *self = Self { rests_at: Some(rests_at), held: Vec::new() };
    }

    /// Whether somebody types at `now`.
    pub(super) fn is_under_way(&self, now: Instant) -> bool {
        self.rests_at.is_some_and(|rests_at| now < rests_at)
    }

    /// Notes what was held back. It is due at once if typing has ended while it was looked for.
    pub(super) fn hold(&mut self, held: Vec<Span>) {
        if !held.is_empty() {
            self.rests_at.get_or_insert_with(Instant::now);
        }
        self.held = held;
    }

    /// When what is held back is due.
    pub(super) fn due_at(&self) -> Option<Instant> {
        self.rests_at.filter(|_| !self.held.is_empty())
    }

    /// Nobody types any more; whether something was held back.
    pub(super) fn end(&mut self) -> bool {
        self.rests_at = None;
        !std::mem::take(&mut self.held).is_empty()
    }

    /// Whether something is held back around a place that a cursor at `offset` is not in.
    pub(super) fn is_left(&self, text: &Text, offset: usize) -> bool {
        !self.held.is_empty() && {
            let place = EditedPlace::of(text, Span::at(offset));
            !self.held.iter().all(|span| place.is_in(*span))
        }
    }
}

/// What an object has to reach from and to if something in it is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EditedPlace {
    from: usize,
    to: usize,
}

impl EditedPlace {
    /// Of `edited`. The blanks and comments around it may belong to any object that they touch: who starts
    /// a line has not typed its indentation yet.
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

/// How many bytes stand in front of the first content of `text`, which has no other than comments there.
fn blanks(text: &str) -> usize {
    let mut passed = 0;
    for line in text.split_inclusive('\n') {
        // The dash of an item stands in front of what it holds.
        let content = line.trim_start_matches([' ', '\t', '-']);
        let content = if line.trim_start().starts_with("- ") { content } else { line.trim_start() };
        if !content.is_empty() && !content.starts_with('#') {
            return passed + line.len() - content.len();
        }
        passed += line.len();
    }
    passed
}

/// How many bytes stand up to the end of the last content of `text`.
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

    /// The text from where to where an object has to reach if `|` is in it.
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
