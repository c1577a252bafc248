//! The language server: one editor, one process, standard input and output.
//!
//! A thread reads messages and a thread writes them; one more, the event loop, does what lies between
//! and answers what is answered at once. Everything else goes to a pool of a few threads.
//!
//! What translates between the protocol and `ide` belongs here. It is called by `main.rs` only; it must not know YAML, and
//! asks about documents through `ide`.

mod answering;
mod beside;
mod capabilities;
mod changes;
mod convert;
mod frames;
mod handlers;
mod inbox;
mod log;
mod memory;
mod outbox;
mod pace;
mod params;
mod parent;
mod pool;
mod progress;
mod publish;
mod reading;
mod repair;
mod revision;
mod session;
mod settings;
mod snapshot;
mod state;
mod templates;
mod transport;
mod typing;
mod uris;
mod written;

use std::io::{self, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver, UnboundedSender, channel, unbounded_channel};
use tower_lsp::jsonrpc::Request;

use crate::lsp::inbox::{Ending, Incoming};
#[doc(hidden)]
pub use crate::lsp::memory::converse;
use crate::lsp::outbox::Outbox;
use crate::lsp::session::Session;

/// What is still to be sent when the editor leaves gets this long.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Serves one editor on standard input and output, until it leaves. The exit code is 0 when it asked
/// for `shutdown` before, else 1.
pub fn run_stdio() -> ExitCode {
    let log = log::to_stderr();
    let code = match runtime() {
        Ok(runtime) => {
            let code = serve(&runtime);
            // What is being analysed is of no use to anybody now.
            runtime.shutdown_background();
            code
        }
        Err(error) => {
            tracing::error!("cannot start: {error}");
            ExitCode::FAILURE
        }
    };
    log.finish(LAST_WORDS);
    code
}

/// The event loop runs on the thread that calls.
fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().max_blocking_threads(pool::THREADS).enable_time().build()
}

fn serve(runtime: &Runtime) -> ExitCode {
    let (messages, incoming) = channel(inbox::MESSAGES);
    let (endings, ends) = unbounded_channel();
    let outbox = Arc::new(Outbox::default());
    thread::spawn(move || inbox::read(io::stdin().lock(), &messages));
    let (written, all_written) = mpsc::channel::<()>();
    let (writing, queue) = (endings.clone(), Arc::clone(&outbox));
    thread::spawn(move || {
        queue.write_to(stdout());
        // Whoever listened to these is gone when the server is ending already.
        let _ = (writing.send(Ending::OutputClosed), written.send(()));
    });

    let orderly = runtime.block_on(conversation(incoming, endings, ends, Arc::clone(&outbox)));
    outbox.close();
    let _ = all_written.recv_timeout(LAST_WORDS);
    if orderly { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Answers one editor until it leaves; whether it did so in an orderly way.
async fn conversation(
    incoming: Receiver<Incoming>,
    endings: UnboundedSender<Ending>,
    ends: UnboundedReceiver<Ending>,
    outbox: Arc<Outbox>,
) -> bool {
    let session = |client| Session::new(client, endings, Arc::clone(&outbox));
    let (service, socket) = handlers::service(session);
    let session = Arc::clone(&service.inner().session);
    let (asked, replies) = socket.split();
    tokio::select! {
        orderly = transport::serve(service, replies, incoming, ends, Arc::clone(&outbox)) => orderly,
        () = publish::run(session) => false,
        () = forward(asked, &outbox) => false,
    }
}

/// Sends what the server itself asks and tells.
async fn forward(mut requests: impl Stream<Item = Request> + Unpin, outbox: &Outbox) {
    while let Some(request) = requests.next().await {
        outbox.ask(&request);
    }
    // What is asked no more need not end the server.
    std::future::pending().await
}

/// Standard output. The standard library would write a message in two steps, since it flushes line by
/// line, and would wake the editor twice.
fn stdout() -> Box<dyn Write> {
    #[cfg(unix)]
    if let Ok(file) = io::stdout().as_fd().try_clone_to_owned() {
        return Box::new(std::fs::File::from(file));
    }
    Box::new(io::stdout())
}
