//! Requests of our own: the picture of a pod, and how the object at the cursor stands.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Position, TextDocumentIdentifier};

use crate::features::Format;
use crate::lsp::handlers::server::Server;
use crate::lsp::pace::Kind;
use crate::lsp::snapshot::Snapshot;

/// `podls/diagram`: the pod around `position`, or the first one of the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DiagramParams {
    text_document: TextDocumentIdentifier,
    position: Option<Position>,
    #[serde(default)]
    format: DiagramFormat,
}

#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum DiagramFormat {
    #[default]
    Svg,
    Mermaid,
    Text,
}

#[derive(Serialize)]
pub(super) struct DiagramResult {
    /// `Deployment shop`
    title: String,
    format: DiagramFormat,
    content: String,
}

/// `podls/status`: the object around `position`, or the first one of the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatusParams {
    text_document: TextDocumentIdentifier,
    position: Option<Position>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatusResult {
    kind: String,
    name: String,
    kubernetes_version: String,
    errors: usize,
    warnings: usize,
    hints: usize,
}

impl Server {
    /// Answers `podls/diagram`.
    pub(super) async fn diagram(&self, params: DiagramParams) -> Result<Option<DiagramResult>> {
        let uri = params.text_document.uri.clone();
        let answer = move |document: &_| diagram(document, &params);
        Ok(self.session.answer(Kind::Diagram, &uri, answer).await?.flatten())
    }

    /// Answers `podls/status`.
    pub(super) async fn status(&self, params: StatusParams) -> Result<Option<StatusResult>> {
        let uri = params.text_document.uri.clone();
        if let Some(position) = params.position {
            self.session.cursor_at(&uri, position);
        }
        let answer = move |document: &_| status(document, &params);
        Ok(self.session.answer(Kind::Status, &uri, answer).await?.flatten())
    }
}

fn diagram(document: &Snapshot, params: &DiagramParams) -> Option<DiagramResult> {
    let format = match params.format {
        DiagramFormat::Svg => Format::Svg,
        DiagramFormat::Mermaid => Format::Mermaid,
        DiagramFormat::Text => Format::Text,
    };
    let offset = params.position.map(|position| document.offset(position));
    let found = document.document.diagram(offset, format)?;
    Some(DiagramResult { title: found.title, format: params.format, content: found.content })
}

fn status(document: &Snapshot, params: &StatusParams) -> Option<StatusResult> {
    let offset = params.position.map(|position| document.offset(position));
    let found = document.document.status(offset)?;
    Some(StatusResult {
        kind: found.kind,
        name: found.name,
        kubernetes_version: found.kubernetes_version,
        errors: found.errors,
        warnings: found.warnings,
        hints: found.hints,
    })
}
