//! Diagnostics, for editors that wait for them.
//!
//! One task looks for them. It runs whenever no message waits to be read, so that an editor that sends
//! faster than we analyse gets the newest diagnostics and not all of them.

use std::cell::LazyCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::time::Instant;

use crate::lsp::outbox::Message;
use crate::lsp::pace::Kind;
use crate::lsp::session::Session;
use crate::lsp::snapshot::Pinned;
use crate::lsp::state::Due;
use crate::lsp::typing::EditedPlace;
use crate::lsp::{convert, outbox, progress, uris};
use crate::stop::is_stop;
use crate::text::Span;

/// Sends the diagnostics of what changed, for as long as the server runs, in the order in which the
/// documents changed. What takes long is looked for on other threads, which send it themselves.
pub(super) async fn run(session: Arc<Session>) {
    let mut elsewhere = FuturesUnordered::new();
    loop {
        let rests_at = session.state().rests_at();
        tokio::select! {
            () = session.due.notified() => {}
            // The document may have changed meanwhile; that waited.
            Some(()) = elsewhere.next() => {}
            () = until(rests_at) => session.state().end_rests(Instant::now()),
        }
        let all_due = session.state().take_due(Instant::now());
        for due in all_due {
            if due.takes_long {
                due.pinned.now.claim();
                elsewhere.push(analyse(Arc::clone(&session), due));
                continue;
            }
            let found = diagnostics(&due);
            finish(&session, &due.pinned, found);
            // Requests do not have to wait for all of them.
            tokio::task::yield_now().await;
        }
    }
}

/// Waits until `time`, or forever if there is none.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}

/// Looks for the diagnostics on another thread.
async fn analyse(session: Arc<Session>, due: Due) {
    let pinned = due.pinned.clone();
    let progress = progress::start(&session, &pinned);
    let sending = Arc::clone(&session);
    let job = move || {
        let found = diagnostics(&due);
        finish(&sending, &due.pinned, found);
    };
    if session.pool.run(pinned.is_long(Kind::Diagnostics), job).await.is_err() {
        finish(&session, &pinned, None);
    }
    drop(progress);
    session.tell_all(pinned.now.settings.take_problems()).await;
}

/// The message, and the objects of the findings that it leaves out.
struct Found {
    message: Message,
    held: Vec<Span>,
}

/// Sends what was found unless the document is another one by now. Newer diagnostics cannot be sent
/// before, since the document counts as busy until then.
fn finish(session: &Session, pinned: &Pinned, found: Option<Found>) {
    let (message, held) = found.map_or_else(Default::default, |it| (Some(it.message), it.held));
    let mut state = session.state();
    if state.finish(pinned, held)
        && let Some(message) = message
    {
        session.outbox.put(message);
    }
}

/// `None` when the analysis fails, which is a fault of ours; the editor keeps what it has.
fn diagnostics(due: &Due) -> Option<Found> {
    let pinned = &due.pinned;
    let found = || {
        let mut held = Vec::new();
        let found = pinned.answer(Kind::Diagnostics, |document| {
            let edited = pinned.now.edited().filter(|_| due.is_typed);
            // The place is needed only if something is missing.
            let place =
                LazyCell::new(|| edited.map(|it| EditedPlace::of(document.document.text(), it)));
            convert::diagnostics(document, |finding| {
                let waits = finding.missing_in.filter(|it| place.is_some_and(|at| at.is_in(*it)));
                held.extend(waits);
                waits.is_none()
            })
        });
        let message = outbox::diagnostics(pinned.uri.clone(), &found, Some(pinned.now.version));
        Found { message, held }
    };
    catch_unwind(AssertUnwindSafe(found))
        .inspect_err(|panic| {
            // At the end of the server nobody waits any more.
            if !is_stop(&**panic) {
                tracing::error!("{} could not be analysed", uris::spelled(&pinned.uri));
            }
        })
        .ok()
}
