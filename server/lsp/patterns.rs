//! What can be added to pods: code actions, the request `podls/patterns`, and where templates of the
//! user come from.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;

use crate::folder::templates_near;
use crate::ide::{Around, FileProblem, Service, Templates};
use crate::lsp::convert;
use crate::lsp::server::Server;
use crate::lsp::session::Session;

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
        let (templates, services) = self.session.around(&text_document.uri).await;
        let answer = move |document: &_| {
            let around = Around { templates: &templates, services: &services };
            convert::patterns(document, position, around)
        };
        Ok(self.session.answer(&text_document.uri, answer).await?.unwrap_or_default())
    }

    /// Answers `textDocument/codeAction`.
    pub(super) async fn code_actions(
        &self,
        params: CodeActionParams,
    ) -> Result<Option<Vec<Value>>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        let (templates, services) = self.session.around(&text_document.uri).await;
        let answer = move |document: &_| {
            let around = Around { templates: &templates, services: &services };
            convert::code_actions(document, range, context.only.as_deref(), around)
        };
        self.session.answer(&text_document.uri, answer).await
    }
}

impl Session {
    /// What is known around the document at `uri`. What is wrong with templates goes to the log.
    async fn around(&self, uri: &Url) -> (Arc<Templates>, Vec<Service>) {
        let (templates, problems) = self.templates_of(uri);
        for problem in problems {
            let place = format!("{}:{}", problem.file.display(), problem.line);
            let message = format!("{place}: {}", problem.message);
            if self.is_new(&message) {
                self.client.log_message(MessageType::WARNING, message).await;
            }
        }
        (templates, self.state().services())
    }

    /// The templates for the document at `uri`, and what is wrong with them when they are read anew.
    fn templates_of(&self, uri: &Url) -> (Arc<Templates>, Vec<FileProblem>) {
        let path = uri.to_file_path().unwrap_or_default();
        let folder = path.parent().unwrap_or(&path).to_owned();
        let mut known = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(templates) = known.get(&folder) {
            return (Arc::clone(templates), Vec::new());
        }
        let roots = self.state().roots.clone();
        let is_root =
            |folder: &Path| roots.iter().any(|root| root == folder) || folder.join(".git").exists();
        let (templates, problems) = templates_near(&path, is_root);
        let templates = Arc::new(templates);
        known.insert(folder, Arc::clone(&templates));
        (templates, problems)
    }

    /// Templates may have changed: they are read again when they are asked for.
    pub(super) fn forget_templates(&self) {
        self.templates.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The folders that the user works in.
pub(super) fn roots(folders: Option<Vec<WorkspaceFolder>>, root: Option<Url>) -> Vec<PathBuf> {
    let folders = folders.into_iter().flatten().map(|folder| folder.uri);
    folders.chain(root).filter_map(|uri| uri.to_file_path().ok()).collect()
}
