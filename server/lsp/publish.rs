//! Diagnostics, for editors that wait for them.
//!
//! One task looks for them. It runs whenever no message waits to be read, so that an editor that sends
//! faster than we analyse gets the newest diagnostics and not all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

use crate::lsp::outbox::Message;
use crate::lsp::pace::Kind;
use crate::lsp::session::Session;
use crate::lsp::snapshot::Pinned;
use crate::lsp::{convert, outbox, progress, uris};
use crate::stop::is_stop;

/// Sends the diagnostics of what changed, for as long as the server runs, in the order in which the
/// documents changed. What takes long is looked for on other threads, which send it themselves.
pub(super) async fn run(session: Arc<Session>) {
    let mut elsewhere = FuturesUnordered::new();
    loop {
        tokio::select! {
            () = session.due.notified() => {}
            // The document may have changed meanwhile; that waited.
            Some(()) = elsewhere.next() => {}
        }
        let due = session.state().take_due();
        for (pinned, takes_long) in due {
            if takes_long {
                pinned.now.claim();
                elsewhere.push(analyse(Arc::clone(&session), pinned));
                continue;
            }
            let message = diagnostics(&pinned);
            finish(&session, &pinned, message);
            // Requests do not have to wait for all of them.
            tokio::task::yield_now().await;
        }
    }
}

/// Looks for the diagnostics on another thread.
async fn analyse(session: Arc<Session>, pinned: Pinned) {
    let progress = progress::start(&session, &pinned);
    let (analysed, sending) = (pinned.clone(), Arc::clone(&session));
    let job = move || {
        let message = diagnostics(&analysed);
        finish(&sending, &analysed, message);
    };
    if session.pool.run(pinned.is_long(Kind::Diagnostics), job).await.is_err() {
        finish(&session, &pinned, None);
    }
    drop(progress);
    session.tell_all(pinned.now.settings.take_problems()).await;
}

/// Sends what was found unless the document is another one by now. Newer diagnostics cannot be sent
/// before, since the document counts as busy until then.
fn finish(session: &Session, pinned: &Pinned, message: Option<Message>) {
    let mut state = session.state();
    if state.finish(pinned)
        && let Some(message) = message
    {
        session.outbox.put(message);
    }
}

/// `None` when the analysis fails, which is a fault of ours; the editor keeps what it has.
fn diagnostics(pinned: &Pinned) -> Option<Message> {
    let found = || pinned.answer(Kind::Diagnostics, convert::diagnostics);
    let message = || outbox::diagnostics(pinned.uri.clone(), &found(), Some(pinned.now.version));
    let message = catch_unwind(AssertUnwindSafe(message));
    message
        .inspect_err(|panic| {
            // At the end of the server nobody waits any more.
            if !is_stop(&**panic) {
                tracing::error!("{} could not be analysed", uris::spelled(&pinned.uri));
            }
        })
        .ok()
}
