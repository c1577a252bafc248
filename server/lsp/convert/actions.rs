//! Offers as code actions.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use tower_lsp::lsp_types::*;

use crate::actions::patterns::TemplateList;
use crate::actions::{Assist, AssistKind};
use crate::check::Finding;
use crate::ide::{Choice, Tabstop, TemplateKind, WorkspaceContext};
use crate::lsp::capabilities::{LISTS_ALL, fix_all};
use crate::lsp::convert::diagnostics::diagnostic;
use crate::lsp::convert::snippets::{arranged, snippets};
use crate::lsp::snapshot::Snapshot;
use crate::text::{Edit, Span};

/// What can be done in `range`; of the kinds in `only`, if it is given. As JSON, since the edits may
/// hold snippets.
pub(in crate::lsp) fn code_actions(
    document: &Snapshot,
    range: Range,
    context: &CodeActionContext,
    workspace: WorkspaceContext<'_>,
) -> Vec<Value> {
    let only = context.only.as_deref();
    let wanted = |it| only.is_none_or(|only| only.iter().any(|kind| includes(kind, it)));
    let selection = document.span(range);
    let asked: HashSet<_> =
        context.diagnostics.iter().filter_map(|it| asked(document, it)).collect();
    let is_asked = |finding: &Finding| asked.contains(&(finding.code, finding.span.start));
    let (assists, refused) =
        document.document.actions_and_refusals(selection, is_asked, workspace, wanted);
    let findings = if assists.is_empty() { Cow::default() } else { document.document.found() };
    let assists = assists.into_iter().map(|assist| code_action(document, &findings, assist));
    let mut actions: Vec<_> = assists.collect();
    if document.editor.disabled_actions {
        actions.extend(refused.into_iter().map(|(assist, reason)| disabled(assist, reason)));
    }
    actions
}

/// The code of a finding that the editor asks about, and where it starts.
fn asked<'a>(document: &Snapshot, diagnostic: &'a Diagnostic) -> Option<(&'a str, usize)> {
    let Some(NumberOrString::String(code)) = &diagnostic.code else { return None };
    Some((code, document.offset(diagnostic.range.start)))
}

/// What cannot be done, and why: editors show it greyed out.
fn disabled(assist: Assist, reason: &str) -> Value {
    json!(CodeAction {
        title: assist.title,
        kind: Some(kind(assist.kind)),
        disabled: Some(CodeActionDisabled { reason: reason.to_owned() }),
        ..Default::default()
    })
}

fn code_action(document: &Snapshot, findings: &[Finding], assist: Assist) -> Value {
    let fixed = assist.finding.and_then(|index| findings.get(index));
    let action = CodeAction {
        title: assist.title,
        kind: Some(kind(assist.kind)),
        diagnostics: fixed.map(|finding| vec![diagnostic(document, finding)]),
        is_preferred: (assist.preferred && document.editor.preferred_actions).then_some(true),
        ..Default::default()
    };
    let mut action = json!(action);
    if let Some(list) = assist.opens {
        action["command"] = json!({"title": action["title"], "command": command(list)});
        return action;
    }
    action["edit"] = edit(document, &assist.edits, &assist.tabstops);
    action
}

/// The command of the editor that opens a list.
fn command(list: TemplateList) -> &'static str {
    match list {
        TemplateList::Of(TemplateKind::Sidecar) => "podls.addSidecar",
        TemplateList::Of(TemplateKind::Adapter) => "podls.addAdapter",
        TemplateList::Of(TemplateKind::Ambassador) => "podls.addAmbassador",
        TemplateList::Of(TemplateKind::Proxy) => "podls.addProxy",
        TemplateList::Of(TemplateKind::InitContainer) => "podls.addInitContainer",
        TemplateList::All => LISTS_ALL,
    }
}

/// What can be added at `position`: the answer to `podls/patterns`.
pub(in crate::lsp) fn patterns(
    document: &Snapshot,
    position: Position,
    workspace: WorkspaceContext<'_>,
) -> Vec<Value> {
    let at = Span::at(document.offset(position));
    let choice = |it: Choice| {
        json!({
            "name": it.name,
            "pattern": it.pattern.name(),
            "title": it.title,
            "about": it.about,
            "fits": it.fits,
            "edit": edit(document, &it.edits, &it.tabstops),
        })
    };
    document.document.choices(at, workspace).into_iter().map(choice).collect()
}

/// `edits`, with places to fill in where the editor can.
fn edit(document: &Snapshot, edits: &[Edit], tabstops: &[(usize, Tabstop)]) -> Value {
    let (edits, tabstops) = arranged(document, edits, tabstops);
    let mut value = json!(workspace_edit(document, &edits));
    if document.editor.snippet_edits
        && !tabstops.is_empty()
        && let Some(list) = value.pointer_mut("/documentChanges/0/edits")
        && let Some(snippets) = snippets(document, &edits, &tabstops)
    {
        *list = snippets.into();
    }
    value
}

fn kind(kind: AssistKind) -> CodeActionKind {
    match kind {
        AssistKind::QuickFix => CodeActionKind::QUICKFIX,
        AssistKind::RepairIndentation => CodeActionKind::new("quickfix.podls.indent"),
        AssistKind::Refactor => CodeActionKind::REFACTOR,
        AssistKind::RefactorRewrite => CodeActionKind::REFACTOR_REWRITE,
        AssistKind::SourceFixAll => fix_all(),
    }
}

/// Whether an editor that wants `wanted` gets this kind: `refactor` takes in `refactor.rewrite`, and
/// the empty kind takes in all.
fn includes(wanted: &CodeActionKind, offered: AssistKind) -> bool {
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
        assert!(includes("", AssistKind::QuickFix));
        assert!(includes("quickfix", AssistKind::QuickFix));
        assert!(includes("quickfix", AssistKind::RepairIndentation));
        assert!(!includes("quickfix.podls.indent", AssistKind::QuickFix));
        assert!(includes("refactor", AssistKind::RefactorRewrite));
        assert!(includes("source.fixAll", AssistKind::SourceFixAll));
        assert!(includes("source.fixAll.podls", AssistKind::SourceFixAll));
        assert!(!includes("refactor.rewrite", AssistKind::Refactor));
        assert!(!includes("source.fixAll.eslint", AssistKind::SourceFixAll));
        assert!(!includes("source.organizeImports", AssistKind::SourceFixAll));
        assert!(!includes("ref", AssistKind::Refactor));
    }
}
