//! What can be added to pods: code actions, the request `podls/patterns`, and where templates of the
//! user come from.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;

use crate::folder::templates_near;
use crate::ide::{FileProblem, Service, Templates, WorkspaceContext};
use crate::lsp::pace::Kind;
use crate::lsp::server::Server;
use crate::lsp::session::Session;
use crate::lsp::snapshot::{Pinned, Snapshot};
use crate::lsp::written::Written;
use crate::lsp::{convert, uris};

/// Asks for all containers that can be added at a place, those that fit first.
pub(super) const METHOD: &str = "podls/patterns";

/// The parameters of `podls/patterns`.
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
        let found = self.session.answer_around(Kind::Patterns, &text_document.uri, answer);
        Ok(found.await?.unwrap_or_default())
    }

    /// Answers `textDocument/codeAction`.
    pub(super) async fn code_action(&self, params: CodeActionParams) -> Result<Option<Written>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        self.session.cursor_at(&text_document.uri, range.end);
        let answer = move |document: &Snapshot, workspace: WorkspaceContext<'_>| {
            Written::new(&convert::code_actions(document, range, &context, workspace))
        };
        self.session.answer_around(Kind::Actions, &text_document.uri, answer).await
    }
}

impl Session {
    /// What `work` finds in the document, given what is known around it. What is wrong with templates
    /// goes to the log.
    async fn answer_around<T: Send + 'static>(
        self: &Arc<Self>,
        kind: Kind,
        uri: &Url,
        work: impl FnOnce(&Snapshot, WorkspaceContext<'_>) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let path = uris::path(uri).unwrap_or_default();
        let known = self.known_templates(&path);
        let (session, is_known) = (Arc::clone(self), known.is_some());
        let answer = move |document: &Snapshot, others: &[Pinned]| {
            let read = || session.read_templates(&path);
            let (templates, problems) = known.map_or_else(read, |it| (it, Vec::new()));
            let services = services(document, others);
            let opens_lists = document.editor.opens_lists;
            let workspace =
                WorkspaceContext { templates: &templates, services: &services, opens_lists };
            (work(document, workspace), problems)
        };
        let answer = self.answer_with_others(kind, uri, is_known, answer).await?;
        let Some((answer, problems)) = answer else { return Ok(None) };
        for problem in problems {
            let place = format!("{}:{}", problem.file.display(), problem.line);
            let message = format!("{place}: {}", problem.message);
            if self.is_new(&message) {
                self.client.log_message(MessageType::WARNING, message).await;
            }
        }
        Ok(Some(answer))
    }

    /// The templates for the file at `path`, if they were read before.
    fn known_templates(&self, path: &Path) -> Option<Arc<Templates>> {
        self.templates.lock().unwrap_or_else(PoisonError::into_inner).get(folder(path)).cloned()
    }

    /// Reads them, and tells what is wrong with them.
    fn read_templates(&self, path: &Path) -> (Arc<Templates>, Vec<FileProblem>) {
        let roots = self.state().roots.clone();
        let is_root =
            |folder: &Path| roots.iter().any(|root| root == folder) || folder.join(".git").exists();
        let (templates, problems) = templates_near(path, is_root);
        let templates = Arc::new(templates);
        let mut known = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(folder(path).to_owned(), Arc::clone(&templates));
        (templates, problems)
    }

    /// Templates may have changed: they are read again when they are asked for.
    pub(super) fn forget_templates(&self) {
        self.templates.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// The Services in the open documents, by name.
fn services(document: &Snapshot, others: &[Pinned]) -> Vec<Service> {
    let others = others.iter().flat_map(|it| it.now.document().services());
    let mut services: Vec<_> = document.document.services().into_iter().chain(others).collect();
    services.sort();
    services.dedup();
    services
}
