//! A whole conversation in memory. Fuzzing drives the transport with it, which no other crate can reach.

use std::sync::Arc;

use tokio::sync::mpsc::unbounded_channel;
use tokio::task::yield_now;

use crate::lsp::frames::{self, Frame};
use crate::lsp::outbox::Outbox;
use crate::lsp::transport::{self, Event};

/// More often than any chain of tasks wakes another.
const ROUNDS: usize = 200;

/// What a server writes to an editor that sends `input` and then waits for all answers.
pub fn converse(input: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().build() else {
        return output;
    };
    let (events, incoming) = unbounded_channel();
    let mut rest = input;
    loop {
        let event = match frames::read(&mut rest) {
            Ok(Frame::Body(body)) => Event::Message(body),
            Ok(Frame::BadHeader) => Event::BadMessage("a header without a length"),
            Ok(Frame::End) | Err(_) => break,
        };
        // The other end is in this function.
        let _ = events.send(event);
    }
    let outbox = Arc::new(Outbox::default());
    let (service, socket) = super::service(events.clone());
    runtime.block_on(async {
        let serving = transport::serve(service, socket, incoming, Arc::clone(&outbox));
        let waiting = async {
            for _ in 0..ROUNDS {
                yield_now().await;
            }
            let _ = events.send(Event::InputEnded);
        };
        futures::join!(serving, waiting)
    });
    outbox.close();
    outbox.write_to(&mut output);
    runtime.shutdown_background();
    output
}
