//! What all handlers share: the editor and the state.

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{MessageType, Url};

use crate::lsp::snapshot::Snapshot;
use crate::lsp::state::State;
use crate::lsp::transport::Event;

pub(super) struct Session {
    pub(super) client: Client,
    pub(super) events: UnboundedSender<Event>,
    /// Wakes the task that sends diagnostics.
    pub(super) due: Notify,
    state: Mutex<State>,
    /// What the user has been told already.
    told: Mutex<HashSet<String>>,
}

impl Session {
    pub(super) fn new(client: Client, events: UnboundedSender<Event>) -> Self {
        Self { client, events, due: Notify::new(), state: Mutex::default(), told: Mutex::default() }
    }

    /// The state, for as long as the guard lives; never longer than up to the next `await`.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `work` finds in the document; `None` when it is not open. A large document is looked at
    /// on another thread.
    pub(super) async fn answer<T: Send + 'static>(
        &self,
        uri: &Url,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.state().snapshot(uri) else { return Ok(None) };
        if !snapshot.is_large() {
            return Ok(Some(work(&snapshot)));
        }
        match tokio::task::spawn_blocking(move || work(&snapshot)).await {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            Err(_) => Err(Error::request_cancelled()),
        }
    }

    /// Shows the user `message`, once.
    pub(super) async fn tell(&self, message: String) {
        let new = {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            told.insert(message.clone())
        };
        if new {
            self.client.show_message(MessageType::WARNING, message).await;
        }
    }
}
