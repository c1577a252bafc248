//! A document as a request sees it: it stays what it is while the user types on.

use std::sync::Arc;

use tower_lsp::lsp_types::{Position, Range, Url};

use crate::ide::Document;
use crate::lsp::capabilities::Editor;
use crate::text::{self, Span};

/// What reads more than this many bytes runs beside the messages that follow, so that these need
/// not wait. For less, the detour would cost more than the work.
const LARGE: usize = 200_000;

/// One version of a document, and the editor that shows it.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) uri: Url,
    pub(super) version: i32,
    /// Another number for each text and each set of settings, also after closing and reopening.
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

    pub(super) fn is_large(&self) -> bool {
        self.document.text().len() > LARGE
    }

    /// Whether its diagnostics take long. After a keystroke only one YAML document of a file is
    /// unread, so those of a large file seldom do.
    pub(super) fn is_unread(&self) -> bool {
        self.document.unread() > LARGE
    }

    /// The editor's range of `span`.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let text::Position { line, character } =
            self.document.text().position(offset, self.editor.encoding);
        Position { line, character }
    }

    /// The offset of the editor's `position`; it is clamped when it lies outside the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        offset(self.document.text(), position, &self.editor)
    }

    pub(super) fn span(&self, range: Range) -> Span {
        span(self.document.text(), range, &self.editor)
    }
}

pub(super) fn offset(text: &text::Text, position: Position, editor: &Editor) -> usize {
    let Position { line, character } = position;
    text.offset(text::Position { line, character }, editor.encoding)
}

/// The span of the editor's `range` in `text`; some editors give the end first.
pub(super) fn span(text: &text::Text, range: Range, editor: &Editor) -> Span {
    let (a, b) = (offset(text, range.start, editor), offset(text, range.end, editor));
    Span::new(a.min(b), a.max(b))
}
