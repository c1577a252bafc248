//! Code actions, and the request `podls/patterns` for what can be added to pods.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;

use crate::ide::{Service, WorkspaceContext};
use crate::lsp::handlers::server::Server;
use crate::lsp::pace::Kind;
use crate::lsp::snapshot::{Pinned, Snapshot};
use crate::lsp::written::Written;
use crate::lsp::{convert, uris};

/// `podls/patterns`: asks for all containers that can be added at a place, those that fit first.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PatternsParams {
    text_document: TextDocumentIdentifier,
    position: Position,
}

impl Server {
    /// Answers `podls/patterns`. Nothing where there is no pod.
    pub(super) async fn patterns(&self, params: PatternsParams) -> Result<Vec<Value>> {
        let PatternsParams { text_document, position } = params;
        let answer = move |document: &Snapshot, workspace: WorkspaceContext<'_>| {
            convert::patterns(document, position, workspace)
        };
        let found = self.answer_around(Kind::Patterns, &text_document.uri, answer);
        Ok(found.await?.unwrap_or_default())
    }

    /// Answers `textDocument/codeAction`.
    pub(super) async fn code_action(&self, params: CodeActionParams) -> Result<Option<Written>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        self.session.cursor_at(&text_document.uri, range.end);
        let answer = move |document: &Snapshot, workspace: WorkspaceContext<'_>| {
            Written::new(&convert::code_actions(document, range, &context, workspace))
        };
        self.answer_around(Kind::Actions, &text_document.uri, answer).await
    }

    /// What `work` finds in the document, given what is known around it. What is wrong with templates
    /// goes to the log.
    async fn answer_around<T: Send + 'static>(
        &self,
        kind: Kind,
        uri: &Url,
        work: impl FnOnce(&Snapshot, WorkspaceContext<'_>) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let path = uris::path(uri).unwrap_or_default();
        let known = self.session.templates.get(&path);
        let (session, is_known) = (Arc::clone(&self.session), known.is_some());
        let answer = move |document: &Snapshot, others: &[Pinned]| {
            let read = || {
                let roots = session.state().roots.clone();
                session.templates.read(&path, &roots)
            };
            let (templates, problems) = known.map_or_else(read, |it| (it, Vec::new()));
            let services = services(document, others);
            let opens_lists = document.editor.opens_lists;
            let workspace =
                WorkspaceContext { templates: &templates, services: &services, opens_lists };
            (work(document, workspace), problems)
        };
        let answer = self.session.answer_with_others(kind, uri, is_known, answer).await?;
        let Some((answer, problems)) = answer else { return Ok(None) };
        for problem in problems {
            let place = format!("{}:{}", problem.file.display(), problem.line);
            let message = format!("{place}: {}", problem.message);
            if self.session.is_new(&message) {
                self.session.client.log_message(MessageType::WARNING, message).await;
            }
        }
        Ok(Some(answer))
    }
}

/// The Services in the open documents, by name.
fn services(document: &Snapshot, others: &[Pinned]) -> Vec<Service> {
    let others = others.iter().flat_map(|it| it.now.document().services());
    let mut services: Vec<_> = document.document.services().into_iter().chain(others).collect();
    services.sort();
    services.dedup();
    services
}
