//! The open documents. Everything a notification changes is changed here, under one lock, before
//! its handler waits for anything.

use std::collections::HashMap;
use std::mem;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use crate::config::Settings;
use crate::ide::{Document, Service};
use crate::lsp::capabilities::Editor;
use crate::lsp::changes::as_one_edit;
use crate::lsp::snapshot::Snapshot;

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
    /// As it was when somebody last looked; `pending` leads to what it is now.
    document: Document,
    /// Changes that nobody has asked about yet. A burst of keystrokes costs one parse, not one each.
    pending: Vec<TextDocumentContentChangeEvent>,
    version: i32,
    revision: u64,
    /// It waits in `due`.
    is_due: bool,
    /// It is being analysed on another thread.
    busy: bool,
}

impl State {
    pub(super) fn open(&mut self, uri: Url, version: i32, document: Document) {
        let revision = self.next_revision();
        let pending = Vec::new();
        let open = Open { document, pending, version, revision, is_due: false, busy: false };
        self.open.insert(uri.clone(), open);
        self.make_due(&uri);
    }

    /// Takes over the changes of one notification, each of which counts from the text that the one
    /// before left.
    pub(super) fn change(
        &mut self,
        uri: &Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let revision = self.next_revision();
        let Some(open) = self.open.get_mut(uri) else { return };
        open.pending.extend(changes);
        // Nothing before the whole text matters any more.
        let whole = open.pending.iter().rposition(|change| change.range.is_none());
        open.pending.drain(..whole.unwrap_or_default());
        (open.version, open.revision) = (version, revision);
        self.make_due(uri);
    }

    /// Forgets the document; whether it was known.
    pub(super) fn close(&mut self, uri: &Url) -> bool {
        self.due.retain(|due| due != uri);
        self.open.remove(uri).is_some()
    }

    /// Gives every open document the settings that `choose` finds for it; whether any changed.
    pub(super) fn set_settings(&mut self, mut choose: impl FnMut(&Url) -> Settings) -> bool {
        let mut changed = Vec::new();
        for (uri, open) in &mut self.open {
            open.settle(&self.editor);
            let settings = choose(uri);
            if *open.document.settings() != settings {
                open.document = open.document.with_settings(&Arc::new(settings));
                changed.push(uri.clone());
            }
        }
        for uri in &changed {
            let revision = self.next_revision();
            if let Some(open) = self.open.get_mut(uri) {
                open.revision = revision;
            }
            self.make_due(uri);
        }
        !changed.is_empty()
    }

    pub(super) fn snapshot(&mut self, uri: &Url) -> Option<Snapshot> {
        let open = self.open.get_mut(uri)?;
        open.settle(&self.editor);
        Some(Snapshot {
            uri: uri.clone(),
            version: open.version,
            revision: open.revision,
            document: open.document.clone(),
            editor: Arc::clone(&self.editor),
        })
    }

    /// The open documents but the one at `uri`.
    pub(super) fn others(&mut self, uri: &Url) -> Vec<Snapshot> {
        let others: Vec<Url> = self.open.keys().filter(|it| *it != uri).cloned().collect();
        others.iter().filter_map(|it| self.snapshot(it)).collect()
    }

    /// The Services in the open documents, by name.
    pub(super) fn services(&mut self) -> Vec<Service> {
        self.open.values_mut().for_each(|open| open.settle(&self.editor));
        let mut services: Vec<_> =
            self.open.values().flat_map(|open| open.document.services()).collect();
        services.sort();
        services.dedup();
        services
    }

    /// The documents to send diagnostics of, and whether that takes long. Such a document counts as
    /// busy from now on, and one that is still busy waits.
    pub(super) fn take_due(&mut self) -> Vec<(Snapshot, bool)> {
        let mut taken = Vec::new();
        for uri in mem::take(&mut self.due) {
            if self.open.get(&uri).is_some_and(|open| open.busy) {
                self.due.push(uri);
                continue;
            }
            let snapshot = self.snapshot(&uri);
            let (Some(snapshot), Some(open)) = (snapshot, self.open.get_mut(&uri)) else {
                continue;
            };
            open.is_due = false;
            open.busy = snapshot.is_unread();
            taken.push((snapshot, open.busy));
        }
        taken
    }

    /// The analysis of `snapshot` is over; whether its document is still the same.
    pub(super) fn finish(&mut self, snapshot: &Snapshot) -> bool {
        let Some(open) = self.open.get_mut(&snapshot.uri) else { return false };
        open.busy = false;
        open.revision == snapshot.revision
    }

    fn make_due(&mut self, uri: &Url) {
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

impl Open {
    /// Brings the document up to date.
    fn settle(&mut self, editor: &Editor) {
        let pending = mem::take(&mut self.pending);
        if let Some(edit) = as_one_edit(self.document.text(), &pending, editor) {
            self.document = self.document.edited(&edit);
        }
    }
}
