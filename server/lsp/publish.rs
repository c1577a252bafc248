//! Diagnostics, for editors that wait for them.
//!
//! One task sends them. It runs whenever no message waits to be read, so that an editor that sends
//! faster than we analyse gets the newest diagnostics and not all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tower_lsp::lsp_types::Diagnostic;

use crate::lsp::convert;
use crate::lsp::progress;
use crate::lsp::session::Session;
use crate::lsp::snapshot::Snapshot;

/// Sends the diagnostics of what changed, for as long as the server runs.
pub(super) async fn run(session: Arc<Session>) {
    loop {
        session.due.notified().await;
        let due = session.state().take_due();
        for (snapshot, takes_long) in due {
            if takes_long {
                tokio::spawn(publish_later(Arc::clone(&session), snapshot));
                continue;
            }
            if let Some(diagnostics) = diagnostics(&snapshot) {
                send(&session, &snapshot, diagnostics).await;
            }
            // After a change of the settings many are due; requests come first.
            tokio::task::yield_now().await;
        }
    }
}

/// Analyses on another thread, and sends what is found if it is still true then.
async fn publish_later(session: Arc<Session>, snapshot: Snapshot) {
    let progress = progress::start(&session, &snapshot);
    let analysed = tokio::task::spawn_blocking(move || {
        let diagnostics = diagnostics(&snapshot);
        (snapshot, diagnostics)
    });
    // `diagnostics` catches panics, so the task fails only when the server ends.
    let Ok((snapshot, diagnostics)) = analysed.await else { return };
    drop(progress);
    let current = session.state().finish(&snapshot);
    if let (true, Some(diagnostics)) = (current, diagnostics) {
        send(&session, &snapshot, diagnostics).await;
    }
    session.due.notify_one();
}

/// `None` when the analysis fails, which is a fault of ours; the editor keeps what it has.
fn diagnostics(snapshot: &Snapshot) -> Option<Vec<Diagnostic>> {
    let found = catch_unwind(AssertUnwindSafe(|| convert::diagnostics(snapshot)));
    found.inspect_err(|_| tracing::error!("{} could not be analysed", snapshot.uri)).ok()
}

async fn send(session: &Session, snapshot: &Snapshot, diagnostics: Vec<Diagnostic>) {
    let (uri, version) = (snapshot.uri.clone(), Some(snapshot.version));
    session.client.publish_diagnostics(uri, diagnostics, version).await;
}
