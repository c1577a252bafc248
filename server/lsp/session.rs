//! What all handlers share: the editor and the state.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{MessageType, Position, Url};

use crate::lsp::beside::BesideCache;
use crate::lsp::inbox::Ending;
use crate::lsp::outbox::Outbox;
use crate::lsp::pace::Kind;
use crate::lsp::pool::Pool;
use crate::lsp::revision::Revision;
use crate::lsp::snapshot::{Pinned, Snapshot};
use crate::lsp::state::State;
use crate::lsp::templates::TemplateCache;
use crate::text::visible;

/// What is larger is not dropped on the event loop.
const LARGE: usize = 64 << 10;

/// What a request runs on a document. It stores its answer itself: with a type for each answer, the code
/// that runs it would be compiled for each request.
type Work = Box<dyn FnOnce(&Snapshot) + Send>;

pub(super) struct Session {
    pub(super) client: Client,
    pub(super) endings: UnboundedSender<Ending>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) pool: Pool,
    /// Wakes the task that sends diagnostics.
    pub(super) due: Notify,
    state: Mutex<State>,
    /// Settings are read again one time after the other, so that the newest are applied last.
    pub(super) reloading: tokio::sync::Mutex<()>,
    /// What the user has been told already.
    told: Mutex<HashSet<String>>,
    /// The containers that can be added.
    pub(super) templates: TemplateCache,
    /// What the files around documents make.
    pub(super) beside: BesideCache,
}

impl Session {
    pub(super) fn new(
        client: Client,
        endings: UnboundedSender<Ending>,
        outbox: Arc<Outbox>,
    ) -> Self {
        let (due, state, told) = <(Notify, Mutex<State>, Mutex<_>)>::default();
        let (pool, reloading) = (Pool::new(), tokio::sync::Mutex::default());
        let (templates, beside) = (TemplateCache::default(), BesideCache::default());
        Self { client, endings, outbox, pool, due, state, reloading, told, templates, beside }
    }

    /// The state, for as long as the guard lives; never longer than up to the next `await`.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `work` finds in the document; `None` when it is not open. What takes a while is done on
    /// another thread.
    pub(super) async fn answer<T: Send + 'static>(
        &self,
        kind: Kind,
        uri: &Url,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        self.answer_if(kind, uri, true, work).await
    }

    /// The same for `work` that also looks at the other open documents. `is_quick` tells that it has to
    /// read no file.
    pub(super) async fn answer_with_others<T: Send + 'static>(
        &self,
        kind: Kind,
        uri: &Url,
        is_quick: bool,
        work: impl FnOnce(&Snapshot, &[Pinned]) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let others = self.state().others(uri);
        let is_quick = is_quick && others.iter().all(|it| it.now.is_parsed());
        self.answer_if(kind, uri, is_quick, move |document: &_| work(document, &others)).await
    }

    async fn answer_if<T: Send + 'static>(
        &self,
        kind: Kind,
        uri: &Url,
        is_quick: bool,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let answer = Arc::new(Mutex::new(None));
        let found = Arc::clone(&answer);
        let work = Box::new(move |document: &_| {
            let answer = work(document);
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        });
        self.run(kind, uri, is_quick, work).await?;
        Ok(answer.lock().unwrap_or_else(PoisonError::into_inner).take())
    }

    /// Runs `work` if the document is open.
    async fn run(&self, kind: Kind, uri: &Url, is_quick: bool, work: Work) -> Result<()> {
        let Some(pinned) = self.state().pin(uri) else { return Ok(()) };
        if is_quick && pinned.is_quick(kind) {
            pinned.answer(kind, work);
            return Ok(());
        }
        pinned.now.claim();
        let (key, is_long) = ((pinned.uri.clone(), kind), pinned.is_long(kind));
        let settings = Arc::clone(&pinned.now.settings);
        let job = move || pinned.answer(kind, work);
        let done = match kind.newest_only() {
            true => self.pool.run_newest(key, is_long, job).await,
            false => self.pool.run(is_long, job).await,
        };
        self.tell_all(settings.take_problems()).await;
        done
    }

    /// Notes that the cursor is at `position`: findings that were held back for other objects are due.
    pub(super) fn cursor_at(&self, uri: &Url, position: Position) {
        if self.state().cursor_at(uri, position) {
            self.due.notify_one();
        }
    }

    /// Notes that the document was saved.
    pub(super) fn saved(&self, uri: &Url) {
        if self.state().end_typing(uri) {
            self.due.notify_one();
        }
    }

    /// Drops what a document was before, off the event loop when it is large.
    pub(super) fn drop_later(&self, revision: Option<Arc<Revision>>) {
        if let Some(revision) = revision.filter(|it| it.text.len() > LARGE) {
            tokio::task::spawn_blocking(move || drop(revision));
        }
    }

    /// Whether `message` was not told before.
    pub(super) fn is_new(&self, message: &str) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert(message.to_owned())
    }

    pub(super) async fn tell_all(&self, messages: Vec<String>) {
        for message in messages {
            self.tell(message).await;
        }
    }

    /// Shows the user `message`, once.
    pub(super) async fn tell(&self, message: String) {
        // Editors make links of what looks like some.
        let message = visible(&message).replace("](", "] (");
        if self.is_new(&message) {
            self.client.show_message(MessageType::WARNING, message).await;
        }
    }
}
