//! What waits to be sent: handlers put messages here and never wait for the editor to read them.
//!
//! An editor that does not read for a while does not stop us from reading. Of the diagnostics of one
//! file only the newest wait.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};

use crate::lsp::frames;

const DIAGNOSTICS: &str = "textDocument/publishDiagnostics";

/// A message to the editor.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Outgoing {
    Response(Response),
    Request(Request),
}

impl Outgoing {
    /// The file whose diagnostics it brings.
    fn diagnostics_of(&self) -> Option<&Value> {
        match self {
            Self::Request(request) if request.method() == DIAGNOSTICS => {
                request.params()?.get("uri")
            }
            _ => None,
        }
    }
}

/// The queue between the handlers and the thread that writes.
#[derive(Default)]
pub(super) struct Outbox {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<Outgoing>,
    closed: bool,
}

impl Outbox {
    pub(super) fn send(&self, message: Outgoing) {
        let mut queue = self.lock();
        if let Some(file) = message.diagnostics_of() {
            queue.messages.retain(|waiting| waiting.diagnostics_of() != Some(file));
        }
        queue.messages.push_back(message);
        self.changed.notify_one();
    }

    /// Nothing more will come; what waits is still sent.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    /// Writes what is sent until `close` or until nobody reads any more.
    pub(super) fn write_to(&self, mut output: impl Write) {
        while let Some(message) = self.next() {
            let written = serde_json::to_vec(&message)
                .map_err(Into::into)
                .and_then(|body| frames::write(&mut output, &body));
            if let Err(error) = written {
                tracing::warn!("cannot write: {error}");
                return;
            }
        }
    }

    fn next(&self) -> Option<Outgoing> {
        let mut queue = self.lock();
        loop {
            if let Some(message) = queue.messages.pop_front() {
                return Some(message);
            }
            if queue.closed {
                return None;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next message, if one waits.
    #[cfg(test)]
    pub(super) fn try_next(&self) -> Option<Outgoing> {
        self.lock().messages.pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::jsonrpc::Id;

    use super::*;

    fn diagnostics(file: &str, version: i32) -> Outgoing {
        let params = json!({"uri": file, "version": version, "diagnostics": []});
        Outgoing::Request(Request::build(DIAGNOSTICS).params(params).finish())
    }

    fn reply(id: i64) -> Outgoing {
        Outgoing::Response(Response::from_ok(Id::Number(id), Value::Null))
    }

    #[test]
    fn of_waiting_diagnostics_the_newest_stay() {
        let outbox = Outbox::default();
        for message in [diagnostics("a", 1), diagnostics("b", 1), reply(7), diagnostics("a", 2)] {
            outbox.send(message);
        }
        outbox.close();
        let sent: Vec<_> = std::iter::from_fn(|| outbox.next()).collect();
        assert_eq!(sent, [diagnostics("b", 1), reply(7), diagnostics("a", 2)]);
    }

    #[test]
    fn messages_are_framed() {
        let outbox = Outbox::default();
        outbox.send(reply(7));
        outbox.close();
        let mut out = Vec::new();
        outbox.write_to(&mut out);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":7}"
        );
    }
}
