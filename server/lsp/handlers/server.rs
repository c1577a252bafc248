//! The methods that tower-lsp knows: the life of the server, notifications, and requests with short answers.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::time::Instant;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;

use crate::ide::SymbolPlace;
use crate::lsp::capabilities::{Editor, offered};
use crate::lsp::pace::Kind;
use crate::lsp::session::Session;
use crate::lsp::typing::REST;
use crate::lsp::{convert, outbox, parent, settings};
use crate::text::Text;

pub(in crate::lsp) struct Server {
    pub(in crate::lsp) session: Arc<Session>,
}

impl Server {
    pub(super) fn new(session: Session) -> Self {
        Self { session: Arc::new(session) }
    }
}

/// The folders that the user works in.
fn roots(folders: Option<Vec<WorkspaceFolder>>, root: Option<Url>) -> Vec<PathBuf> {
    let folders = folders.into_iter().flatten().map(|folder| folder.uri);
    folders.chain(root).filter_map(|uri| uri.to_file_path().ok()).collect()
}

/// The documents we look at; editors call templates and CI files by names of their own.
fn is_ours(language: &str) -> bool {
    let languages = ["yaml", "yml", "json", "jsonc", "kubernetes", "yaml.kubernetes", ""];
    languages.contains(&language)
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let said = params.capabilities.experimental.unwrap_or_default();
        let editor = Arc::new(Editor::new(&said, params.client_info.as_ref()));
        let capabilities = offered(&editor);
        {
            let mut state = self.session.state();
            state.settings =
                params.initialization_options.and_then(settings::section).unwrap_or_default();
            state.editor = Arc::clone(&editor);
            state.roots = roots(params.workspace_folders, params.root_uri);
        }
        if let Some(process) = params.process_id {
            parent::watch(process, self.session.endings.clone());
        }
        let (name, version) = (env!("CARGO_PKG_NAME").to_owned(), env!("CARGO_PKG_VERSION"));
        let server_info = Some(ServerInfo { name, version: Some(version.to_owned()) });
        Ok(InitializeResult { capabilities, server_info })
    }

    async fn initialized(&self, _: InitializedParams) {
        tokio::spawn(Arc::clone(&self.session).register());
        let (editor, settings) = {
            let state = self.session.state();
            (Arc::clone(&state.editor), state.settings.clone())
        };
        if editor.configuration {
            tokio::spawn(Arc::clone(&self.session).pull_settings());
        } else {
            self.session.take_settings(settings).await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, language_id, version, text } = params.text_document;
        if !is_ours(&language_id) {
            return;
        }
        self.session.templates.clear();
        let before = self.session.state().open(uri, version, Text::new(&text));
        self.session.due.notify_one();
        self.session.drop_later(before);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let rests_at = Instant::now() + REST;
        let before = self.session.state().change(&uri, version, &params.content_changes, rests_at);
        self.session.due.notify_one();
        self.session.drop_later(before);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.session.saved(&params.text_document.uri);
        self.session.templates.clear();
        if settings::is_settings_file(&params.text_document.uri) {
            self.session.reload_settings();
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        let (closed, pulls) = {
            let mut state = self.session.state();
            (state.close(&uri), state.editor.pulls_diagnostics)
        };
        let Some((uri, document)) = closed else { return };
        if !pulls {
            self.session.outbox.put(outbox::diagnostics(uri, &[], None));
        }
        self.session.drop_later(Some(document));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.session.state().editor.configuration {
            tokio::spawn(Arc::clone(&self.session).pull_settings());
        } else if let Some(settings) = settings::section(params.settings) {
            self.session.take_settings(settings).await;
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.session.templates.clear();
        if params.changes.iter().any(|change| settings::is_settings_file(&change.uri)) {
            self.session.reload_settings();
        }
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let editor = Arc::clone(&self.session.state().editor);
        Ok(convert::resolved(item, &editor))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        self.session.cursor_at(&place.text_document.uri, place.position);
        let answer = move |document: &_| convert::hover(document, place.position);
        Ok(self.session.answer(Kind::Hover, &place.text_document.uri, answer).await?.flatten())
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let found = self.session.definitions(&place).await?;
        Ok(Some(found).filter(|found| !found.is_empty()).map(GotoDefinitionResponse::Array))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_definitions = params.context.include_declaration;
        let wanted = move |it: &SymbolPlace| with_definitions || !it.is_definition;
        self.session.named_places(&params.text_document_position, wanted).await.map(Some)
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        self.session.cursor_at(&place.text_document.uri, place.position);
        let answer = move |document: &_| convert::highlights(document, place.position);
        self.session.answer(Kind::Highlights, &place.text_document.uri, answer).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let answer = move |document: &_| convert::rename_range(document, params.position);
        Ok(self
            .session
            .answer(Kind::Highlights, &params.text_document.uri, answer)
            .await?
            .flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.session.renamed(params.text_document_position, params.new_name).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let answer = move |document: &_| convert::selection_ranges(document, &params.positions);
        self.session.answer(Kind::Selections, &params.text_document.uri, answer).await
    }
}
