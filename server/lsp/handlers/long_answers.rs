//! Requests whose answers may be long; they are written where they are found.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::*;

use crate::lsp::convert;
use crate::lsp::handlers::server::Server;
use crate::lsp::pace::Kind;
use crate::lsp::snapshot::{Pinned, Snapshot};
use crate::lsp::written::Written;

impl Server {
    /// Answers `textDocument/diagnostic`.
    pub(super) async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<Written> {
        let known = params.previous_result_id;
        let report =
            self.session.answer(Kind::Diagnostics, &params.text_document.uri, move |document| {
                Written::new(&convert::diagnostic_report(document, known.as_deref()))
            });
        Ok(report.await?.unwrap_or_else(|| Written::new(&convert::empty_report())))
    }

    /// Answers `textDocument/completion`.
    pub(super) async fn completion(&self, params: CompletionParams) -> Result<Option<Written>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let uri = &text_document.uri;
        self.session.cursor_at(uri, position);
        let (session, beside) = (Arc::clone(&self.session), self.session.beside.get(uri));
        let is_read = beside.is_some();
        let answer = move |document: &Snapshot, others: &[Pinned]| {
            let known = || {
                let mut known = session.beside.made(&document.uri, others, beside.as_ref());
                others.iter().for_each(|it| known.add(it.now.document().known()));
                known
            };
            Written::new(&convert::completions(document, position, &known))
        };
        self.session.answer_with_others(Kind::Completion, uri, is_read, answer).await
    }

    /// Answers `textDocument/documentSymbol`.
    pub(super) async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<Written>> {
        let answer = |document: &_| Written::new(&convert::symbols(document));
        self.session.answer(Kind::Symbols, &params.text_document.uri, answer).await
    }

    /// Answers `textDocument/foldingRange`.
    pub(super) async fn folding_range(
        &self,
        params: FoldingRangeParams,
    ) -> Result<Option<Written>> {
        let answer = |document: &_| Written::new(&convert::folding_ranges(document));
        self.session.answer(Kind::Folds, &params.text_document.uri, answer).await
    }

    /// Answers `textDocument/inlayHint`.
    pub(super) async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Written>> {
        let answer =
            move |document: &_| Written::new(&convert::inlay_hints(document, params.range));
        self.session.answer(Kind::Hints, &params.text_document.uri, answer).await
    }
}
