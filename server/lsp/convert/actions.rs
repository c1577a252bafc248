//! Offers as code actions.

use std::collections::HashMap;

use serde_json::{Value, json};
use tower_lsp::lsp_types::*;

use crate::actions::{Offer, OfferKind};
use crate::ide::{Around, Choice, Stop};
use crate::lsp::capabilities::fix_all;
use crate::lsp::convert::diagnostics::diagnostic;
use crate::lsp::convert::snippets::{arranged, snippets};
use crate::lsp::snapshot::Snapshot;
use crate::rules::Finding;
use crate::text::{Edit, Span};

/// What can be done in `range`; of the kinds in `only`, if it is given. As JSON, since the edits may
/// hold snippets.
pub(in crate::lsp) fn code_actions(
    document: &Snapshot,
    range: Range,
    only: Option<&[CodeActionKind]>,
    around: Around<'_>,
) -> Vec<Value> {
    let wanted = |it| only.is_none_or(|only| only.iter().any(|kind| includes(kind, it)));
    let selection = document.span(range);
    let (offers, refused) = document.document.actions_and_refusals(selection, around, wanted);
    let findings = if offers.is_empty() { Vec::new() } else { document.document.findings() };
    let offers = offers.into_iter().map(|offer| code_action(document, &findings, offer));
    let mut actions: Vec<_> = offers.collect();
    if document.editor.disabled_actions {
        actions.extend(refused.into_iter().map(|(offer, reason)| disabled(offer, reason)));
    }
    actions
}

/// What cannot be done, and why: editors show it greyed out.
fn disabled(offer: Offer, reason: &str) -> Value {
    json!(CodeAction {
        title: offer.title,
        kind: Some(kind(offer.kind)),
        disabled: Some(CodeActionDisabled { reason: reason.to_owned() }),
        ..Default::default()
    })
}

fn code_action(document: &Snapshot, findings: &[Finding], offer: Offer) -> Value {
    let fixed = offer.finding.and_then(|index| findings.get(index));
    let action = CodeAction {
        title: offer.title,
        kind: Some(kind(offer.kind)),
        diagnostics: fixed.map(|finding| vec![diagnostic(document, finding)]),
        is_preferred: (offer.preferred && document.editor.preferred_actions).then_some(true),
        ..Default::default()
    };
    let mut action = json!(action);
    action["edit"] = edit(document, &offer.edits, &offer.stops);
    action
}

/// What can be added at `position`: the answer to `podls/patterns`.
pub(in crate::lsp) fn patterns(
    document: &Snapshot,
    position: Position,
    around: Around<'_>,
) -> Vec<Value> {
    let at = Span::at(document.offset(position));
    let choice = |it: Choice| {
        json!({
            "name": it.name,
            "pattern": it.pattern.name(),
            "title": it.title,
            "about": it.about,
            "fits": it.fits,
            "edit": edit(document, &it.edits, &it.stops),
        })
    };
    document.document.choices(at, around).into_iter().map(choice).collect()
}

/// `edits`, with places to fill in where the editor can.
fn edit(document: &Snapshot, edits: &[Edit], stops: &[(usize, Stop)]) -> Value {
    let (edits, stops) = arranged(document, edits, stops);
    let mut value = json!(workspace_edit(document, &edits));
    if document.editor.snippet_edits
        && !stops.is_empty()
        && let Some(list) = value.pointer_mut("/documentChanges/0/edits")
        && let Some(snippets) = snippets(document, &edits, &stops)
    {
        *list = snippets.into();
    }
    value
}

fn kind(kind: OfferKind) -> CodeActionKind {
    match kind {
        OfferKind::QuickFix => CodeActionKind::QUICKFIX,
        OfferKind::RepairIndentation => CodeActionKind::new("quickfix.podls.indent"),
        OfferKind::Refactor => CodeActionKind::REFACTOR,
        OfferKind::RefactorRewrite => CodeActionKind::REFACTOR_REWRITE,
        OfferKind::SourceFixAll => fix_all(),
    }
}

/// Whether an editor that wants `wanted` gets this kind: `refactor` takes in `refactor.rewrite`, and
/// the empty kind takes in all.
fn includes(wanted: &CodeActionKind, offered: OfferKind) -> bool {
    let (wanted, offered) = (wanted.as_str(), kind(offered));
    let rest = offered.as_str().strip_prefix(wanted);
    wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// `edits` of the one document; an editor that can takes them for this version only.
fn workspace_edit(document: &Snapshot, edits: &[Edit]) -> WorkspaceEdit {
    let edit = |edit: &Edit| TextEdit::new(document.range(edit.span), edit.insert.clone());
    let edits = edits.iter().map(edit);
    if !document.editor.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(document.uri.clone(), edits.collect())]));
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: document.uri.clone(),
            version: Some(document.version),
        },
        edits: edits.map(OneOf::Left).collect(),
    };
    let document_changes = Some(DocumentChanges::Edits(vec![edit]));
    WorkspaceEdit { document_changes, ..Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_take_in_those_below() {
        let includes = |wanted: &'static str, kind| includes(&CodeActionKind::new(wanted), kind);
        assert!(includes("", OfferKind::QuickFix));
        assert!(includes("quickfix", OfferKind::QuickFix));
        assert!(includes("quickfix", OfferKind::RepairIndentation));
        assert!(!includes("quickfix.podls.indent", OfferKind::QuickFix));
        assert!(includes("refactor", OfferKind::RefactorRewrite));
        assert!(includes("source.fixAll", OfferKind::SourceFixAll));
        assert!(includes("source.fixAll.podls", OfferKind::SourceFixAll));
        assert!(!includes("refactor.rewrite", OfferKind::Refactor));
        assert!(!includes("source.fixAll.eslint", OfferKind::SourceFixAll));
        assert!(!includes("source.organizeImports", OfferKind::SourceFixAll));
        assert!(!includes("ref", OfferKind::Refactor));
    }
}
