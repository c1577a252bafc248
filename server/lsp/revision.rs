//! A text as it stood at one time. It is parsed by whoever needs it first, since most keystrokes of a
//! burst are never looked at, and since a large text must not stop the messages that follow.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use crate::ide::Document;
use crate::lsp::capabilities::Editor;
use crate::lsp::changes::Untouched;
use crate::lsp::reading::Reading;
use crate::text::{Span, Text};

/// How many revisions may wait for each other: they settle, and are dropped, one inside the other.
const LONGEST_CHAIN: usize = 16;

#[derive(Debug)]
pub(super) struct Revision {
    /// Another one for each text and each set of settings, also after closing and reopening.
    pub(super) number: u64,
    /// The editor's number.
    pub(super) version: i32,
    pub(super) text: Text,
    pub(super) settings: Arc<Reading>,
    /// Where it comes from, until it is parsed.
    base: Mutex<Option<Base>>,
    document: OnceLock<Document>,
    /// The span that differs from the text before it; known when it is parsed.
    edited: OnceLock<Span>,
    /// Somebody is about to parse it on another thread.
    is_claimed: AtomicBool,
}

/// An earlier revision under the same settings, and what of its text is still there.
#[derive(Clone, Debug)]
struct Base {
    revision: Arc<Revision>,
    untouched: Untouched,
}

impl Revision {
    pub(super) fn new(number: u64, version: i32, text: Text, settings: Arc<Reading>) -> Self {
        let (base, document, edited) = <(Mutex<_>, OnceLock<_>, OnceLock<_>)>::default();
        let is_claimed = AtomicBool::default();
        Self { number, version, text, settings, base, document, edited, is_claimed }
    }

    /// The same text under other settings.
    pub(super) fn with_settings(&self, number: u64, settings: Arc<Reading>) -> Self {
        Self::new(number, self.version, self.text.clone(), settings)
    }

    /// What the editor's changes make of it. The text is changed now, and nothing is parsed.
    pub(super) fn changed(
        self: &Arc<Self>,
        number: u64,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        editor: &Editor,
    ) -> Self {
        let will_be_parsed =
            self.is_parsed() || (self.is_claimed() && self.chain() < LONGEST_CHAIN);
        let mut base = match will_be_parsed {
            true => Some(Base { revision: Arc::clone(self), untouched: Untouched::ALL }),
            false => self.base().clone(),
        };
        let mut none = Untouched::ALL;
        let untouched = base.as_mut().map_or(&mut none, |base| &mut base.untouched);
        // The text of the parsed one is shared with it.
        let own = self.document.get().map_or(&self.text, Document::text);
        let text = untouched.carry_out(own, changes, editor);
        let new = Self::new(number, version, text, Arc::clone(&self.settings));
        *new.base() = base;
        new
    }

    /// The parsed text; not to be called on the event loop unless `is_parsed` or little `is_unparsed`.
    pub(super) fn document(&self) -> &Document {
        let document = self.document.get_or_init(|| {
            let base = self.base().clone();
            let Some(Base { revision, untouched }) = base else {
                let (text, source) = (self.text.clone(), self.text.to_string());
                return Document::of_text(text, &source, self.settings.settings());
            };
            let old = revision.document();
            let edit = untouched.edit(&revision.text, &self.text);
            let edited = match &edit {
                Some(edit) => Span::new(edit.span.start, edit.span.start + edit.insert.len()),
                None => untouched.touched(self.text.len()),
            };
            let _ = self.edited.set(edited);
            edit.map_or_else(|| old.clone(), |edit| old.edited(&edit))
        });
        *self.base() = None;
        document
    }

    /// The span that differs from the text before it, if it was parsed after an edit.
    pub(super) fn edited(&self) -> Option<Span> {
        self.edited.get().copied()
    }

    pub(super) fn is_parsed(&self) -> bool {
        self.document.get().is_some()
    }

    /// How many bytes have to be parsed, and their rules to be run, for `document` and its findings.
    pub(super) fn unparsed(&self) -> usize {
        if let Some(document) = self.document.get() {
            return document.unchecked();
        }
        let base = self.base();
        let old = base.as_ref().and_then(|it| Some((it, it.revision.document.get()?)));
        let Some((base, old)) = old else { return self.text.len() };
        let grown = self.text.len().saturating_sub(base.revision.text.len());
        old.touched(base.untouched.touched(base.revision.text.len())) + grown
    }

    /// Another thread will parse it.
    pub(super) fn claim(&self) {
        self.is_claimed.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_claimed(&self) -> bool {
        self.is_claimed.load(Ordering::Relaxed)
    }

    /// How many revisions it waits for.
    fn chain(&self) -> usize {
        let (mut length, mut next) = (0, self.base().clone());
        while let Some(base) = next {
            length += 1;
            next = base.revision.base().clone();
        }
        length
    }

    fn base(&self) -> MutexGuard<'_, Option<Base>> {
        self.base.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tower_lsp::lsp_types::{Position, Range, Url};

    use super::*;

    const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: w\n";

    fn opened() -> Arc<Revision> {
        let settings = Arc::new(Reading::new(Url::parse("a:b").unwrap(), Value::Null));
        Arc::new(Revision::new(0, 1, Text::new(TEXT), settings))
    }

    fn typed(revision: &Arc<Revision>, number: u64) -> Arc<Revision> {
        let at = Position::new(3, 9);
        let (range, text) = (Some(Range::new(at, at)), "x".to_owned());
        let change = TextDocumentContentChangeEvent { range, range_length: None, text };
        Arc::new(revision.changed(number, 2, &[change], &Editor::default()))
    }

    /// Whichever are parsed, and in whatever order, each is what its text says.
    #[test]
    fn revisions_are_what_their_texts_say() {
        for pattern in 0..64_u64 {
            let mut all = vec![opened()];
            for number in 1..40 {
                let last = all.last().unwrap();
                match pattern >> (number % 6) & 1 {
                    0 => {}
                    _ if number % 3 == 0 => last.claim(),
                    _ => drop(last.document()),
                }
                let next = typed(last, number);
                assert!(next.chain() <= LONGEST_CHAIN + 1);
                all.push(next);
            }
            all.sort_by_key(|it| it.number.wrapping_mul(pattern + 7) % 41);
            for revision in all {
                let typed = "x".repeat(usize::try_from(revision.number).unwrap());
                let text = TEXT.replace("name: w", &format!("name: w{typed}"));
                let document = revision.document();
                assert_eq!(document.text().to_string(), text);
                assert_eq!(document.findings(), Document::new(&text, &Arc::default()).findings());
                assert!(revision.base().is_none());
            }
        }
    }

    #[test]
    fn only_what_changes_touch_is_unparsed() {
        let settings = Arc::new(Reading::new(Url::parse("a:b").unwrap(), Value::Null));
        let text = format!("{TEXT}---\n{}", TEXT.repeat(100));
        let first = Arc::new(Revision::new(0, 1, Text::new(&text), settings));
        assert_eq!(first.unparsed(), text.len());
        first.document().findings();
        assert_eq!(first.unparsed(), 0);
        let second = typed(&first, 1);
        assert!((TEXT.len()..3 * TEXT.len()).contains(&second.unparsed()), "{}", second.unparsed());
    }
}
