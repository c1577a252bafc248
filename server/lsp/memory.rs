//! A whole conversation in memory. Fuzzing drives the transport with it, which no other crate can reach.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::mpsc::{channel, unbounded_channel};

use crate::lsp::frames::{self, Frame};
use crate::lsp::inbox::{self, Ending, Incoming};
use crate::lsp::outbox::Outbox;

/// No answer takes longer than this.
const LONGEST: Duration = Duration::from_secs(5);

/// What a server writes to an editor that sends `input` and then waits for all answers.
pub fn converse(input: &[u8]) -> Vec<u8> {
    let Ok(runtime) = super::runtime() else { return Vec::new() };
    let (messages, incoming) = channel(inbox::MESSAGES);
    let (endings, ends) = unbounded_channel();
    let (outbox, written) = (Arc::new(Outbox::default()), Written::default());
    thread::scope(|scope| {
        scope.spawn(|| outbox.write_to(written.clone()));
        scope.spawn(|| {
            let asked = send(input, |incoming| messages.blocking_send(incoming).is_ok());
            written.wait_for(asked);
            // The server may have ended by itself.
            let _ = endings.send(Ending::OutputClosed);
        });
        let own = endings.clone();
        runtime.block_on(super::conversation(incoming, own, ends, Arc::clone(&outbox)));
        outbox.close();
    });
    runtime.shutdown_background();
    written.bytes()
}

/// Sends the messages in `input` for as long as they are taken; how many requests are among them.
fn send(mut input: &[u8], taken: impl Fn(Incoming) -> bool) -> usize {
    let (room, mut asked) = (Arc::default(), 0);
    loop {
        let incoming = match frames::read(&mut input) {
            Ok(Frame::Body(body)) => inbox::message(&body, &room),
            Ok(Frame::BadHeader | Frame::TooLong) => Incoming::BadMessage(String::new()),
            Ok(Frame::End) | Err(_) => return asked,
        };
        let is_request = matches!(&incoming, Incoming::Message(message, _)
            if message.get("method").is_some() && message.get("id").is_some_and(|id| !id.is_null()));
        asked += usize::from(is_request);
        if !taken(incoming) {
            return asked;
        }
    }
}

/// What the server has written.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<(Vec<u8>, usize)>>);

impl Written {
    /// Waits until so many requests have an answer.
    fn wait_for(&self, answers: usize) {
        let end = Instant::now() + LONGEST;
        let answered = || self.0.lock().unwrap_or_else(PoisonError::into_inner).1;
        while answered() < answers && Instant::now() < end {
            thread::sleep(Duration::from_micros(200));
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

impl Write for Written {
    /// Takes one message, as `frames::write` writes them.
    fn write(&mut self, message: &[u8]) -> io::Result<usize> {
        let body = message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        let body: Option<Value> = serde_json::from_slice(&message[body.unwrap_or_default()..]).ok();
        let answers = |body: &Value| {
            body.get("method").is_none() && body.get("id").is_some_and(|id| !id.is_null())
        };
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.0.extend_from_slice(message);
        written.1 += usize::from(body.as_ref().is_some_and(answers));
        Ok(message.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
