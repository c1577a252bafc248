//! Answers requests beside the event loop, since it takes a while to turn a long answer into text.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

use crate::lsp::pool;

/// A thread that starts with the first such request, so that no editor waits for it at the start.
#[derive(Default)]
pub(super) struct Answering(OnceLock<Option<Runtime>>);

impl Answering {
    pub(super) fn spawn(&self, answer: impl Future<Output = ()> + Send + 'static) {
        match self.0.get_or_init(start) {
            Some(runtime) => drop(runtime.spawn(answer)),
            None => drop(tokio::spawn(answer)),
        }
    }
}

/// `None` where no thread can be had; then the event loop does it.
fn start() -> Option<Runtime> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(pool::THREADS)
        .enable_time()
        .build();
    runtime.inspect_err(|error| tracing::error!("cannot start a thread: {error}")).ok()
}

impl Drop for Answering {
    /// What is not answered yet is of no use to anybody now.
    fn drop(&mut self) {
        if let Some(Some(runtime)) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
