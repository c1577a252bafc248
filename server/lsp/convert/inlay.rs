//! Inlay hints.

use tower_lsp::lsp_types::*;

use crate::features::Hint;
use crate::lsp::convert::markup::markup;
use crate::lsp::snapshot::Snapshot;

pub(in crate::lsp) fn inlay_hints(document: &Snapshot, range: Range) -> Vec<InlayHint> {
    let hints = document.document.hints(document.span(range));
    hints.into_iter().map(|hint| inlay_hint(document, hint)).collect()
}

fn inlay_hint(document: &Snapshot, hint: Hint) -> InlayHint {
    let tooltip = markup(hint.tooltip, document.editor.markdown_in_hover);
    InlayHint {
        position: document.position(hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::MarkupContent(tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
