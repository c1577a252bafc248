//! Tells the user that something takes long.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::*;

use crate::lsp::session::Session;
use crate::lsp::snapshot::Pinned;
use crate::lsp::uris;
use crate::text::visible;

/// What is over sooner is not worth a word.
const LONG: Duration = Duration::from_secs(1);

/// Shows that the document is being analysed until what this gives is dropped, if that takes long.
pub(super) fn start(session: &Arc<Session>, pinned: &Pinned) -> Option<oneshot::Sender<()>> {
    if !pinned.editor.progress {
        return None;
    }
    let (running, over) = oneshot::channel();
    let token = NumberOrString::String(format!("podls-{}", pinned.now.number));
    let file = visible(&uris::file_name(&pinned.uri));
    tokio::spawn(show(Arc::clone(session), token, file, over));
    Some(running)
}

async fn show(
    session: Arc<Session>,
    token: NumberOrString,
    file: String,
    mut over: oneshot::Receiver<()>,
) {
    if tokio::time::timeout(LONG, &mut over).await.is_ok() {
        return;
    }
    let create = WorkDoneProgressCreateParams { token: token.clone() };
    if session.client.send_request::<WorkDoneProgressCreate>(create).await.is_err() {
        return;
    }
    let begin = WorkDoneProgressBegin {
        title: format!("podls: analysing {file}"),
        cancellable: Some(false),
        ..Default::default()
    };
    report(&session, &token, WorkDoneProgress::Begin(begin)).await;
    let _ = over.await;
    report(&session, &token, WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
}

async fn report(session: &Session, token: &NumberOrString, progress: WorkDoneProgress) {
    let value = ProgressParamsValue::WorkDone(progress);
    let params = ProgressParams { token: token.clone(), value };
    session.client.send_notification::<Progress>(params).await;
}
