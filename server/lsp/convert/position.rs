//! Places in a text: offsets here, and positions and ranges in the protocol.

use tower_lsp::lsp_types::{Position, Range};

use crate::lsp::capabilities::Editor;
use crate::text::{self, Span, Text};

/// The editor's position of `offset` in `text`.
pub(in crate::lsp) fn position(text: &Text, offset: usize, editor: &Editor) -> Position {
    let text::Position { line, character } = text.position(offset, editor.encoding);
    Position { line, character }
}

/// The editor's range of `span` in `text`.
pub(in crate::lsp) fn range(text: &Text, span: Span, editor: &Editor) -> Range {
    Range::new(position(text, span.start, editor), position(text, span.end, editor))
}

/// The offset of the editor's `position` in `text`; it is clamped when it lies outside.
pub(in crate::lsp) fn offset(text: &Text, position: Position, editor: &Editor) -> usize {
    let Position { line, character } = position;
    text.offset(text::Position { line, character }, editor.encoding)
}

/// The span of the editor's `range` in `text`; some editors give the end first.
pub(in crate::lsp) fn span(text: &Text, range: Range, editor: &Editor) -> Span {
    let (a, b) = (offset(text, range.start, editor), offset(text, range.end, editor));
    Span::new(a.min(b), a.max(b))
}
