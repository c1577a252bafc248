//! Diagnostics, for editors that wait for them.
//!
//! One task sends them. It runs whenever no message waits to be read, so that an editor that sends
//! faster than we analyse gets the newest diagnostics and not all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp::lsp_types::Diagnostic;

use crate::lsp::pace::Kind;
use crate::lsp::session::Session;
use crate::lsp::snapshot::Pinned;
use crate::lsp::{convert, progress, uris};

/// What was found elsewhere.
type Found = (Pinned, Option<Vec<Diagnostic>>);

/// Sends the diagnostics of what changed, for as long as the server runs. All are sent from here, in
/// the order in which the documents changed.
pub(super) async fn run(session: Arc<Session>) {
    let (found, mut founds) = unbounded_channel();
    loop {
        tokio::select! {
            () = session.due.notified() => {}
            Some((pinned, diagnostics)) = founds.recv() => finish(&session, &pinned, diagnostics).await,
        }
        let due = session.state().take_due();
        for (pinned, takes_long) in due {
            if takes_long {
                pinned.now.claim();
                tokio::spawn(analyse(Arc::clone(&session), pinned, found.clone()));
                continue;
            }
            // Neither does a request have to wait for all of them.
            send(&session, &pinned, diagnostics(&pinned));
            tokio::task::yield_now().await;
        }
    }
}

/// Looks for the diagnostics on another thread.
async fn analyse(session: Arc<Session>, pinned: Pinned, found: UnboundedSender<Found>) {
    let progress = progress::start(&session, &pinned);
    let analysed = pinned.clone();
    let is_long = pinned.is_long(Kind::Diagnostics);
    let diagnostics = session.pool.run(is_long, move || diagnostics(&analysed)).await;
    drop(progress);
    // Nobody listens when the server ends.
    let _ = found.send((pinned, diagnostics.ok().flatten()));
}

async fn finish(session: &Session, pinned: &Pinned, diagnostics: Option<Vec<Diagnostic>>) {
    if session.state().finish(pinned) {
        send(session, pinned, diagnostics);
    }
    session.tell_all(pinned.now.settings.take_problems()).await;
}

/// `None` when the analysis fails, which is a fault of ours; the editor keeps what it has.
fn diagnostics(pinned: &Pinned) -> Option<Vec<Diagnostic>> {
    let found = || pinned.answer(Kind::Diagnostics, convert::diagnostics);
    let found = catch_unwind(AssertUnwindSafe(found));
    found
        .inspect_err(|_| tracing::error!("{} could not be analysed", uris::spelled(&pinned.uri)))
        .ok()
}

fn send(session: &Session, pinned: &Pinned, diagnostics: Option<Vec<Diagnostic>>) {
    if let Some(diagnostics) = diagnostics {
        session.outbox.publish(pinned.uri.clone(), &diagnostics, Some(pinned.now.version));
    }
}
