//! Findings as diagnostics.

use serde_json::json;
use tower_lsp::lsp_types::*;

use crate::check::{Finding, Severity, Tag};
use crate::lsp::snapshot::Snapshot;
use crate::parity::server_path;
use crate::rules;

/// How many findings of a file are sent: nobody reads more, editors show fewer, and a file that is no
/// manifest at all can have one for each few bytes.
const MOST: usize = 2_000;

/// The findings that are `shown`.
pub(in crate::lsp) fn diagnostics(
    document: &Snapshot,
    mut shown: impl FnMut(&Finding) -> bool,
) -> Vec<Diagnostic> {
    let findings = document.document.found();
    let mut findings: Vec<_> = findings.iter().filter(|it| shown(it)).collect();
    let more = findings.len().saturating_sub(MOST);
    if more > 0 {
        // The worst ones stay.
        findings.sort_by_key(|finding| finding.severity);
        findings.truncate(MOST);
        findings.sort_by_key(|finding| finding.span);
    }
    let sent = findings.into_iter().map(|finding| diagnostic(document, finding));
    sent.chain((more > 0).then(|| left_out(more))).collect()
}

/// At the start of the file: that there are `more` findings.
fn left_out(more: usize) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some("podls".to_owned()),
        message: format!("{more} more findings are not shown; `podls check` lists them"),
        ..Diagnostic::default()
    }
}

pub(super) fn diagnostic(document: &Snapshot, finding: &Finding) -> Diagnostic {
    let editor = &document.editor;
    Diagnostic {
        range: document.range(finding.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: rules::link(finding.code)
            .filter(|_| editor.code_description)
            .and_then(|link| Some(CodeDescription { href: Url::parse(link).ok()? })),
        source: Some("podls".to_owned()),
        message: finding.full_message().into_owned(),
        related_information: related(document, finding).filter(|_| editor.related_information),
        tags: finding.tag.filter(|_| editor.diagnostic_tags).map(|tag| {
            vec![match tag {
                Tag::Unnecessary => DiagnosticTag::UNNECESSARY,
                Tag::Deprecated => DiagnosticTag::DEPRECATED,
            }]
        }),
        data: editor.diagnostic_data.then(|| json!({"path": server_path(finding)})),
    }
}

fn related(document: &Snapshot, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location::new(document.uri.clone(), document.range(related.span)),
        message: related.message.clone(),
    });
    (!finding.related.is_empty()).then(|| related.collect())
}

/// The answer to an editor that asks for diagnostics and has those of `known` already.
pub(in crate::lsp) fn diagnostic_report(
    document: &Snapshot,
    known: Option<&str>,
) -> DocumentDiagnosticReportResult {
    let id = document.revision.to_string();
    if known == Some(id.as_str()) {
        let unchanged_document_diagnostic_report =
            UnchangedDocumentDiagnosticReport { result_id: id };
        let report = RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        };
        return DocumentDiagnosticReport::Unchanged(report).into();
    }
    full_report(Some(id), diagnostics(document, |_| true))
}

/// The answer about a document that is not ours or not open.
pub(in crate::lsp) fn empty_report() -> DocumentDiagnosticReportResult {
    full_report(None, Vec::new())
}

fn full_report(
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> DocumentDiagnosticReportResult {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report,
    };
    DocumentDiagnosticReport::Full(report).into()
}
