//! The language server: one editor, one process, standard input and output.
//!
//! A thread reads messages and a thread writes them; one more, the runtime, does what lies between.
//! Only large documents are analysed elsewhere.

mod capabilities;
mod changes;
mod convert;
mod custom;
mod frames;
mod memory;
mod neighbours;
mod outbox;
mod parent;
mod patterns;
mod progress;
mod publish;
mod repair;
mod server;
mod session;
mod settings;
mod snapshot;
mod state;
mod transport;

use std::io::{self, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp::{ClientSocket, LspService};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

#[doc(hidden)]
pub use crate::lsp::memory::converse;

use crate::lsp::frames::Frame;
use crate::lsp::outbox::Outbox;
use crate::lsp::server::Server;
use crate::lsp::transport::Event;

/// What is still to be sent when the editor leaves gets this long.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// As much as the main thread has, so that a document is treated alike on each.
const STACK: usize = 8 << 20;

/// Serves one editor on standard input and output, until it leaves. The exit code is 0 when it asked
/// for `shutdown` before, else 1.
pub fn run_stdio() -> ExitCode {
    log_to_stderr();
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = match runtime.enable_time().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let (events, incoming) = unbounded_channel();
    let outbox = Arc::new(Outbox::default());
    let (written, all_written) = mpsc::channel::<()>();

    let reading = events.clone();
    thread::spawn(move || read_stdin(&reading));
    let (writing, queue) = (events.clone(), Arc::clone(&outbox));
    thread::spawn(move || {
        queue.write_to(stdout());
        // Whoever listened to these is gone when the server is ending already.
        let _ = (writing.send(Event::OutputClosed), written.send(()));
    });

    let (service, socket) = service(events);
    let orderly =
        runtime.block_on(transport::serve(service, socket, incoming, Arc::clone(&outbox)));
    outbox.close();
    let _ = all_written.recv_timeout(LAST_WORDS);
    // What is being analysed is of no use to anybody now.
    runtime.shutdown_background();
    if orderly { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn service(events: UnboundedSender<Event>) -> (LspService<Server>, ClientSocket) {
    LspService::build(|client| Server::new(client, events))
        .custom_method("podls/diagram", Server::diagram)
        .custom_method("podls/status", Server::status)
        .custom_method(patterns::METHOD, Server::patterns)
        .custom_method(transport::CODE_ACTIONS, Server::code_actions)
        .finish()
}

/// Passes on what comes in until nothing does, or until nobody wants it any more.
fn read_stdin(events: &UnboundedSender<Event>) {
    let mut input = io::BufReader::with_capacity(64 << 10, io::stdin().lock());
    loop {
        let event = match frames::read(&mut input) {
            Ok(Frame::Body(body)) => Event::Message(body),
            Ok(Frame::BadHeader) => Event::BadMessage("a header without a length"),
            Ok(Frame::End) => Event::InputEnded,
            Err(error) => {
                tracing::warn!("cannot read: {error}");
                Event::InputEnded
            }
        };
        let ended = matches!(event, Event::InputEnded);
        if events.send(event).is_err() || ended {
            return;
        }
    }
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

/// Warnings and worse, or what `PODLS_LOG` asks for (`debug`, `podls=trace`). Standard output belongs
/// to the protocol.
fn log_to_stderr() {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false);
    match std::env::var("PODLS_LOG") {
        Ok(filter) => log.with_env_filter(EnvFilter::new(filter)).init(),
        Err(_) => log.with_max_level(LevelFilter::WARN).init(),
    }
}
