//! The open documents. Everything a notification changes is changed here, under one lock, before
//! its handler waits for anything. Nothing is parsed or read under it.

use std::collections::HashMap;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tokio::time::Instant;
use tower_lsp::lsp_types::{Position, TextDocumentContentChangeEvent, Url};

use crate::lsp::capabilities::Editor;
use crate::lsp::convert::position;
use crate::lsp::pace::{Kind, Pace};
use crate::lsp::reading::Reading;
use crate::lsp::revision::Revision;
use crate::lsp::snapshot::Pinned;
use crate::lsp::typing::Typing;
use crate::lsp::uris;
use crate::text::{Span, Text};

#[derive(Default)]
pub(super) struct State {
    pub(super) editor: Arc<Editor>,
    /// What the user set in the editor.
    pub(super) settings: Value,
    /// The folders that the user works in.
    pub(super) roots: Vec<PathBuf>,
    open: HashMap<Url, Open>,
    /// The documents whose diagnostics are to be sent, in the order in which they changed.
    due: Vec<Url>,
    revision: u64,
}

struct Open {
    now: Arc<Revision>,
    pace: Arc<Pace>,
    /// It waits in `due`.
    is_due: bool,
    /// It is being analysed on another thread.
    busy: bool,
    /// The findings that wait while the user types.
    typing: Typing,
}

/// A document whose diagnostics are to be sent.
pub(super) struct Due {
    pub(super) pinned: Pinned,
    pub(super) takes_long: bool,
    /// Whether the user is typing in it.
    pub(super) is_typed: bool,
}

impl State {
    /// Gives what stood there before.
    pub(super) fn open(&mut self, uri: Url, version: i32, text: Text) -> Option<Arc<Revision>> {
        let reading = Arc::new(Reading::new(uri.clone(), self.settings.clone()));
        let now = Arc::new(Revision::new(self.next_revision(), version, text, reading));
        let (pace, typing) = Default::default();
        let open = Open { now, pace, is_due: false, busy: false, typing };
        self.due.retain(|due| *due != uri);
        let before = self.open.insert(uri.clone(), open);
        self.make_due(&uri);
        before.map(|open| open.now)
    }

    /// Takes over the changes of one notification, each of which counts from the text that the one
    /// before left. If no other follows, typing has rested at `rests_at`. Gives what stood there before.
    pub(super) fn change(
        &mut self,
        uri: &Url,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        rests_at: Instant,
    ) -> Option<Arc<Revision>> {
        let number = self.next_revision();
        let uri = self.known(uri)?;
        let open = self.open.get_mut(&uri)?;
        let new = open.now.changed(number, version, changes, &self.editor);
        let before = mem::replace(&mut open.now, Arc::new(new));
        open.typing.goes_on(rests_at);
        self.make_due(&uri);
        Some(before)
    }

    /// Forgets the document; gives how the editor called it when it opened it, and what it was.
    pub(super) fn close(&mut self, uri: &Url) -> Option<(Url, Arc<Revision>)> {
        let uri = self.known(uri)?;
        self.due.retain(|due| *due != uri);
        self.open.remove(&uri).map(|open| (uri, open.now))
    }

    /// How the editor called the document when it opened it. It may spell it in another way now.
    fn known(&self, uri: &Url) -> Option<Url> {
        if self.open.contains_key(uri) {
            return Some(uri.clone());
        }
        let normal = uris::normal(uri)?;
        let mut same = self.open.keys().filter(|it| uris::normal(it).as_ref() == Some(&normal));
        same.next().filter(|_| same.next().is_none()).cloned()
    }

    pub(super) fn has_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The open documents with their settings.
    pub(super) fn settings_in_use(&self) -> Vec<(Url, Arc<Reading>)> {
        let each = self.open.iter();
        each.map(|(uri, open)| (uri.clone(), Arc::clone(&open.now.settings))).collect()
    }

    /// Gives the document other settings.
    pub(super) fn set_settings(&mut self, uri: &Url, reading: Reading) {
        let number = self.next_revision();
        if let Some(open) = self.open.get_mut(uri) {
            open.now = Arc::new(open.now.with_settings(number, Arc::new(reading)));
            self.make_due(uri);
        }
    }

    /// The document as it is now.
    pub(super) fn pin(&self, uri: &Url) -> Option<Pinned> {
        let uri = self.known(uri)?;
        let open = self.open.get(&uri)?;
        let (now, pace) = (Arc::clone(&open.now), Arc::clone(&open.pace));
        Some(Pinned { uri, now, pace, editor: Arc::clone(&self.editor) })
    }

    /// The open documents but the one at `uri`.
    pub(super) fn others(&self, uri: &Url) -> Vec<Pinned> {
        let own = self.known(uri);
        let others = self.open.keys().filter(|it| own.as_ref() != Some(*it));
        others.filter_map(|it| self.pin(it)).collect()
    }

    /// The documents to send diagnostics of. One for which that takes long counts as busy from now on, and
    /// one that is still busy waits.
    pub(super) fn take_due(&mut self, now: Instant) -> Vec<Due> {
        let mut taken = Vec::new();
        for uri in mem::take(&mut self.due) {
            let (Some(pinned), Some(open)) = (self.pin(&uri), self.open.get_mut(&uri)) else {
                continue;
            };
            if open.busy {
                self.due.push(uri);
                continue;
            }
            open.is_due = false;
            open.busy = !pinned.is_quick(Kind::Diagnostics);
            let is_typed = open.typing.is_under_way(now);
            taken.push(Due { pinned, takes_long: open.busy, is_typed });
        }
        taken
    }

    /// The analysis of `pinned` is over, and the findings about these places are held back; whether its
    /// document is still the same.
    pub(super) fn finish(&mut self, pinned: &Pinned, held: Vec<Span>) -> bool {
        let Some(open) = self.open.get_mut(&pinned.uri) else { return false };
        // It may have been closed and opened again meanwhile.
        if Arc::ptr_eq(&open.pace, &pinned.pace) {
            open.busy = false;
        }
        let is_same = open.now.number == pinned.now.number;
        if is_same {
            open.typing.hold(held);
        }
        is_same
    }

    /// When the first of the findings that are held back are due.
    pub(super) fn rests_at(&self) -> Option<Instant> {
        self.open.values().filter_map(|open| open.typing.due_at()).min()
    }

    /// Makes the documents due in which typing has rested at `now`.
    pub(super) fn end_rests(&mut self, now: Instant) {
        let each = self.open.iter();
        let rested = each.filter(|(_, open)| open.typing.due_at().is_some_and(|at| at <= now));
        for uri in rested.map(|(uri, _)| uri.clone()).collect::<Vec<_>>() {
            self.end_typing(&uri);
        }
    }

    /// Ends typing in a document. Returns whether findings that were held back are due.
    pub(super) fn end_typing(&mut self, uri: &Url) -> bool {
        let Some(uri) = self.known(uri) else { return false };
        let held = self.open.get_mut(&uri).is_some_and(|open| open.typing.end());
        if held {
            self.make_due(&uri);
        }
        held
    }

    /// Notes that the cursor is at `position`. Returns whether findings that were held back are due.
    pub(super) fn cursor_at(&mut self, uri: &Url, position: Position) -> bool {
        let Some(open) = self.known(uri).and_then(|uri| self.open.get(&uri)) else { return false };
        let text = &open.now.text;
        open.typing.is_left(text, position::offset(text, position, &self.editor))
            && self.end_typing(uri)
    }

    fn make_due(&mut self, uri: &Url) {
        if self.editor.pulls_diagnostics {
            return;
        }
        if let Some(open) = self.open.get_mut(uri).filter(|open| !open.is_due) {
            open.is_due = true;
            self.due.push(uri.clone());
        }
    }

    fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;
    use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

    use super::{Due, State};
    use crate::lsp::typing::REST;
    use crate::text::{Span, Text};

    type Happens = fn(&mut State, &Url);

    fn opened(state: &mut State, uri: &Url) {
        state.open(uri.clone(), 1, Text::new("kind: Pod\n"));
    }

    fn changed(state: &mut State, uri: &Url) {
        let text = "kind: Job\n".to_owned();
        let change = TextDocumentContentChangeEvent { range: None, range_length: None, text };
        state.change(uri, 2, &[change], Instant::now() + REST);
    }

    /// Diagnostics of a text that is no longer there are never sent, whatever became of it.
    #[test]
    fn what_was_found_in_an_older_text_is_dropped() {
        let uri = Url::parse("file:///pod.yaml").unwrap();
        let ends: [(&str, bool, Happens); 4] = [
            ("stays", true, |_, _| {}),
            ("is changed", false, changed),
            ("is closed", false, |state, uri| drop(state.close(uri))),
            ("is opened again", false, |state, uri| {
                state.close(uri);
                opened(state, uri);
            }),
        ];
        for (what, same, happens) in ends {
            let mut state = State::default();
            opened(&mut state, &uri);
            let pinned = state.pin(&uri).unwrap();
            happens(&mut state, &uri);
            assert_eq!(state.finish(&pinned, Vec::new()), same, "the document {what}");
        }
    }

    /// One that is being analysed waits for its end, and is looked at again then.
    #[test]
    fn a_document_is_analysed_once_at_a_time() {
        let uri = Url::parse("file:///pod.yaml").unwrap();
        let mut state = State::default();
        opened(&mut state, &uri);
        let Due { pinned, .. } = state.take_due(Instant::now()).pop().unwrap();
        state.open.get_mut(&uri).unwrap().busy = true;
        changed(&mut state, &uri);
        assert!(state.take_due(Instant::now()).is_empty());
        assert!(!state.finish(&pinned, Vec::new()));
        let Due { pinned: newer, .. } = state.take_due(Instant::now()).pop().unwrap();
        assert_eq!(newer.now.version, 2);
        assert!(state.take_due(Instant::now()).is_empty());
    }

    /// What is held back is due when typing has rested, and not when it goes on.
    #[test]
    fn what_is_held_back_comes_when_typing_has_rested() {
        let uri = Url::parse("file:///pod.yaml").unwrap();
        let start = Instant::now();
        let mut state = State::default();
        opened(&mut state, &uri);
        let Due { pinned, is_typed, .. } = state.take_due(start).pop().unwrap();
        assert!(!is_typed && state.finish(&pinned, Vec::new()));
        assert_eq!(state.rests_at(), None);

        changed(&mut state, &uri);
        let Due { pinned, is_typed, .. } = state.take_due(start).pop().unwrap();
        assert!(is_typed && state.finish(&pinned, vec![Span::new(0, 9)]));
        let rests_at = state.rests_at().unwrap();
        state.end_rests(rests_at - Duration::from_millis(1));
        assert!(state.take_due(start).is_empty());

        changed(&mut state, &uri);
        assert!(!state.finish(&pinned, vec![Span::new(0, 9)]), "it is older");
        assert_eq!(state.rests_at(), None, "nothing is known of the new text");
        let Due { pinned, .. } = state.take_due(start).pop().unwrap();
        state.finish(&pinned, vec![Span::new(0, 9)]);
        let rests_at = state.rests_at().unwrap();
        state.end_rests(rests_at);
        let Due { pinned, is_typed, .. } = state.take_due(rests_at).pop().unwrap();
        assert!(!is_typed && pinned.now.version == 2);
        assert_eq!(state.rests_at(), None, "there is nothing more to wait for");
        assert!(!state.end_typing(&uri));
    }

    /// The file may be saved while it is still analysed.
    #[test]
    fn what_is_held_back_too_late_comes_at_once() {
        let uri = Url::parse("file:///pod.yaml").unwrap();
        let mut state = State::default();
        opened(&mut state, &uri);
        changed(&mut state, &uri);
        let Due { pinned, is_typed, .. } = state.take_due(Instant::now()).pop().unwrap();
        assert!(is_typed && !state.end_typing(&uri));
        assert!(state.finish(&pinned, vec![Span::new(0, 9)]));
        state.end_rests(Instant::now());
        let Due { is_typed, .. } = state.take_due(Instant::now()).pop().unwrap();
        assert!(!is_typed);
    }
}
