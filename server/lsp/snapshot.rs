//! A document as a request sees it: it stays what it is while the user types on.

use std::sync::Arc;

use tower_lsp::lsp_types::{Position, Range, Url};

use crate::ide::Document;
use crate::lsp::capabilities::Editor;
use crate::lsp::convert::position;
use crate::lsp::pace::{Kind, Pace};
use crate::lsp::revision::Revision;
use crate::text::Span;

/// A document as it stands when a message comes. It becomes a snapshot where the work is done.
#[derive(Clone)]
pub(super) struct Pinned {
    pub(super) uri: Url,
    pub(super) now: Arc<Revision>,
    pub(super) pace: Arc<Pace>,
    pub(super) editor: Arc<Editor>,
}

impl Pinned {
    /// Parses the document, if nobody has done so, and reads its settings.
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            uri: self.uri.clone(),
            version: self.now.version,
            revision: self.now.number,
            document: self.now.document().clone(),
            editor: Arc::clone(&self.editor),
        }
    }

    /// Whether an answer is there so soon that the messages that follow can wait for it.
    pub(super) fn is_quick(&self, kind: Kind) -> bool {
        let now = &self.now;
        let unparsed = || match kind {
            Kind::Diagnostics => now.unparsed(),
            _ if now.is_parsed() => 0,
            _ => now.unparsed(),
        };
        (now.is_parsed() || (now.settings.is_at_hand() && !now.is_claimed()))
            && self.pace.is_quick(kind, now.text.len(), unparsed())
    }

    pub(super) fn is_long(&self, kind: Kind) -> bool {
        self.pace.is_long(kind, self.now.text.len())
    }

    /// What `work` finds, and how long that takes.
    pub(super) fn answer<T>(&self, kind: Kind, work: impl FnOnce(&Snapshot) -> T) -> T {
        self.pace.measure(kind, self.now.text.len(), || work(&self.snapshot()))
    }
}

/// One version of a document, and the editor that shows it.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) uri: Url,
    pub(super) version: i32,
    pub(super) revision: u64,
    pub(super) document: Document,
    pub(super) editor: Arc<Editor>,
}

/// The version of a document that no editor shows.
const NOT_OPEN: i32 = i32::MIN;

impl Snapshot {
    /// A file that is not open.
    pub(super) fn of_file(uri: Url, document: Document, editor: &Arc<Editor>) -> Self {
        Self { uri, version: NOT_OPEN, revision: 0, document, editor: Arc::clone(editor) }
    }

    pub(super) fn is_open(&self) -> bool {
        self.version != NOT_OPEN
    }

    /// The editor's range of `span`.
    pub(super) fn range(&self, span: Span) -> Range {
        position::range(self.document.text(), span, &self.editor)
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        position::position(self.document.text(), offset, &self.editor)
    }

    /// The offset of the editor's `position`; it is clamped when it lies outside the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        position::offset(self.document.text(), position, &self.editor)
    }

    pub(super) fn span(&self, range: Range) -> Span {
        position::span(self.document.text(), range, &self.editor)
    }
}
