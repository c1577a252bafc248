//! What all handlers share: the editor and the state.

use std::collections::{HashMap, HashSet};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{MessageType, Url};

use crate::ide::Templates;
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
    /// The containers that can be added, by the folder of a manifest.
    pub(super) templates: Mutex<HashMap<PathBuf, Arc<Templates>>>,
}

impl Session {
    pub(super) fn new(client: Client, events: UnboundedSender<Event>) -> Self {
        let (due, state, told) = (Notify::new(), Mutex::default(), Mutex::default());
        Self { client, events, due, state, told, templates: Mutex::default() }
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

    /// Whether `message` was not told before.
    pub(super) fn is_new(&self, message: &str) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert(message.to_owned())
    }

    /// Shows the user `message`, once.
    pub(super) async fn tell(&self, message: String) {
        if self.is_new(&message) {
            self.client.show_message(MessageType::WARNING, message).await;
        }
    }
}
