//! Places of names, and what a rename changes.

use std::collections::HashMap;

use tower_lsp::lsp_types::*;

use crate::ide::SymbolPlace;
use crate::lsp::snapshot::Snapshot;
use crate::text::Edit;

/// The places of this document, for editors that show them in a list.
pub(in crate::lsp) fn locations(document: &Snapshot, places: &[SymbolPlace]) -> Vec<Location> {
    let location = |it: &SymbolPlace| Location::new(document.uri.clone(), document.range(it.span));
    places.iter().map(location).collect()
}

/// What editors mark while the cursor is on a name.
pub(in crate::lsp) fn highlights(
    document: &Snapshot,
    position: Position,
) -> Vec<DocumentHighlight> {
    let Some(named) = document.document.named_at(document.offset(position)) else {
        return Vec::new();
    };
    let highlight = |it: &SymbolPlace| DocumentHighlight {
        range: document.range(it.span),
        kind: Some(match it.is_definition {
            true => DocumentHighlightKind::WRITE,
            false => DocumentHighlightKind::READ,
        }),
    };
    document.document.places(&named).iter().map(highlight).collect()
}

/// The name at `position`, if it can get another one.
pub(in crate::lsp) fn rename_range(
    document: &Snapshot,
    position: Position,
) -> Option<PrepareRenameResponse> {
    let named = document.document.named_at(document.offset(position))?;
    named.symbol.can_be_renamed().then(|| PrepareRenameResponse::RangeWithPlaceholder {
        range: document.range(named.span),
        placeholder: named.symbol.name,
    })
}

/// A rename: the edits of each document. Those that are not open have no version.
pub(in crate::lsp) fn rename(
    changes: Vec<(Snapshot, Vec<Edit>)>,
    versioned: bool,
) -> WorkspaceEdit {
    let edits = |document: &Snapshot, edits: &[Edit]| -> Vec<TextEdit> {
        let edit = |edit: &Edit| TextEdit::new(document.range(edit.span), edit.insert.clone());
        edits.iter().map(edit).collect()
    };
    if !versioned {
        let of = |(document, changed): &(Snapshot, Vec<Edit>)| {
            (document.uri.clone(), edits(document, changed))
        };
        return WorkspaceEdit::new(changes.iter().map(of).collect::<HashMap<_, _>>());
    }
    let of = |(document, changed): &(Snapshot, Vec<Edit>)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: document.uri.clone(),
            version: document.is_open().then_some(document.version),
        },
        edits: edits(document, changed).into_iter().map(OneOf::Left).collect(),
    };
    let document_changes = Some(DocumentChanges::Edits(changes.iter().map(of).collect()));
    WorkspaceEdit { document_changes, ..Default::default() }
}
