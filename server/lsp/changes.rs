//! The changes between two states of a text as a single edit.
//!
//! An edit costs parsing what it touches, so fifty cursors should not cost fifty of them. An editor
//! that sends the whole text each time gets the edit it has not found itself.

use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use crate::lsp::capabilities::Editor;
use crate::lsp::convert::position;
use crate::text::{Edit, Span, Text};

/// How many bytes at the start and at the end of a text no change has touched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Untouched {
    before: usize,
    after: usize,
}

impl Untouched {
    /// Nothing has changed.
    pub(super) const ALL: Self = Self { before: usize::MAX, after: usize::MAX };

    /// The text after `changes`, each of which counts from the text that the one before left.
    pub(super) fn carry_out(
        &mut self,
        text: &Text,
        changes: &[TextDocumentContentChangeEvent],
        editor: &Editor,
    ) -> Text {
        // Nothing before the whole text matters.
        let whole = changes.iter().rposition(|change| change.range.is_none());
        let mut new = text.clone();
        for change in changes.iter().skip(whole.unwrap_or_default()) {
            let Some(range) = change.range else {
                (self.before, self.after) = (0, 0);
                new = Text::new(&change.text);
                continue;
            };
            let span = position::span(&new, range, editor);
            self.before = self.before.min(span.start);
            self.after = self.after.min(new.len() - span.end);
            new = new.edited(&Edit::replace(span, change.text.as_str()));
        }
        new
    }

    /// What of a text of `len` bytes was touched.
    pub(super) fn touched(self, len: usize) -> Span {
        let start = self.before.min(len);
        Span::new(start, len.saturating_sub(self.after).max(start))
    }

    /// The edit that leads from `old` to `new`, of which this is untouched. `None` when they are equal.
    pub(super) fn edit(self, old: &Text, new: &Text) -> Option<Edit> {
        let span = self.touched(old.len());
        let end = new.len() - (old.len() - span.end);
        let insert = new.slice(Span::new(span.start, end)).into_owned();
        smallest(old, Edit { span, insert })
    }
}

/// `edit` without what is the same at its start and its end.
fn smallest(text: &Text, edit: Edit) -> Option<Edit> {
    let old = text.slice(edit.span);
    let new = edit.insert.as_str();
    let same = |(a, b): &(u8, u8)| a == b;
    let mut start = old.bytes().zip(new.bytes()).take_while(same).count();
    while !old.is_char_boundary(start) {
        start -= 1;
    }
    let (old, new) = (old.get(start..)?, new.get(start..)?);
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count();
    while !old.is_char_boundary(old.len() - end) {
        end -= 1;
    }
    let span = Span::new(edit.span.start + start, edit.span.end - end);
    let insert = new.get(..new.len() - end)?.to_owned();
    (!span.is_empty() || !insert.is_empty()).then_some(Edit { span, insert })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::lsp_types::{Position, Range};

    use super::*;

    fn change(range: Option<[u32; 4]>, text: &str) -> TextDocumentContentChangeEvent {
        let range = range.map(|[line, character, end_line, end_character]| {
            Range::new(Position::new(line, character), Position::new(end_line, end_character))
        });
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn edit(text: &str, changes: &[TextDocumentContentChangeEvent]) -> Option<Edit> {
        let (old, mut untouched) = (Text::new(text), Untouched::ALL);
        let new = untouched.carry_out(&old, changes, &Editor::default());
        untouched.edit(&old, &new)
    }

    #[test]
    fn changes_become_one_small_edit() {
        let typed = change(Some([1, 1, 1, 1]), "x");
        assert_eq!(edit("a\nb\nc", &[typed]), Some(Edit::insert(3, "x")));
        let cursors = [change(Some([0, 0, 0, 1]), "x"), change(Some([2, 0, 2, 1]), "z")];
        assert_eq!(edit("a\nb\nc", &cursors), Some(Edit::replace(Span::new(0, 5), "x\nb\nz")));
        assert_eq!(edit("aéb", &[change(None, "aèb")]), Some(Edit::replace(Span::new(1, 3), "è")));
        assert_eq!(edit("aaa", &[change(None, "aa")]), Some(Edit::remove(Span::new(2, 3))));
        assert_eq!(edit("a", &[change(None, "a")]), None);
        assert_eq!(edit("a", &[]), None);
        let backwards = change(Some([0, 2, 0, 1]), "");
        assert_eq!(edit("abc", &[backwards]), Some(Edit::remove(Span::new(1, 2))));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_edit_leads_to_the_same_text(
            text in "[aé😀\r\n]{0,20}",
            changes in prop::collection::vec(
                (prop::option::of(prop::array::uniform4(0..6u32)), "[aé😀\r\n]{0,5}"), 0..5
            )
        ) {
            let changes: Vec<_> =
                changes.iter().map(|(range, text)| change(*range, text)).collect();
            let (editor, old) = (Editor::default(), Text::new(&text));
            let one_by_one = changes.iter().fold(old.clone(), |text, change| {
                let all = Span::new(0, text.len());
                let span = change.range.map_or(all, |it| position::span(&text, it, &editor));
                text.edited(&Edit::replace(span, change.text.as_str()))
            });
            let mut untouched = Untouched::ALL;
            let new = untouched.carry_out(&old, &changes, &editor);
            prop_assert_eq!(new.to_string(), one_by_one.to_string());
            let at_once = untouched.edit(&old, &new).map(|edit| old.edited(&edit));
            prop_assert_eq!(at_once.unwrap_or(old).to_string(), one_by_one.to_string());
        }
    }
}
