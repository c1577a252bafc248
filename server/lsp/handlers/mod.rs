//! What editors ask and tell. A handler finds its document, asks `ide` and converts the answer.
//!
//! A new request is a method of `Server`, in `server` if it is one of tower-lsp, else in a file of its own and in
//! `service`.

mod actions;
mod custom;
mod long_answers;
mod names;
mod server;

use tower_lsp::{Client, ClientSocket, LspService};

use crate::lsp::handlers::server::Server;
use crate::lsp::session::Session;
use crate::lsp::written;

/// The service that calls the handlers, in the `session` of its client, and what it sends to the client.
pub(super) fn service(
    session: impl FnOnce(Client) -> Session,
) -> (LspService<Server>, ClientSocket) {
    LspService::build(|client| Server::new(session(client)))
        .custom_method("podls/diagram", Server::diagram)
        .custom_method("podls/status", Server::status)
        .custom_method("podls/patterns", Server::patterns)
        .custom_method(written::CODE_ACTION, Server::code_action)
        .custom_method(written::COMPLETION, Server::completion)
        .custom_method(written::DIAGNOSTIC, Server::diagnostic)
        .custom_method(written::DOCUMENT_SYMBOL, Server::document_symbol)
        .custom_method(written::FOLDING_RANGE, Server::folding_range)
        .custom_method(written::INLAY_HINT, Server::inlay_hint)
        .finish()
}
