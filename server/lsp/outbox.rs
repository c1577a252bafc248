//! What waits to be sent: handlers put messages here and never wait for the editor to read them.
//!
//! An editor that does not read for a while does not stop us from reading, until much waits. Of the
//! diagnostics of one file only the newest wait.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
#[cfg(test)]
use serde_json::{Value, json};
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::lsp_types::{Diagnostic, Url};

use crate::lsp::{frames, uris, written};

/// When more waits, in bytes or messages, the editor is not read from: one that sends requests and
/// does not read the answers would fill the memory.
const BYTES: usize = 64 << 20;
const MESSAGES: usize = 10_000;

/// The queue between the handlers and the thread that writes.
#[derive(Default)]
pub(super) struct Outbox {
    queue: Mutex<Queue>,
    changed: Condvar,
    freed: Notify,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<Message>,
    bytes: usize,
    closed: bool,
}

/// A message to the editor.
pub(super) struct Message {
    /// The file whose diagnostics it brings.
    diagnostics_of: Option<Url>,
    body: Vec<u8>,
}

/// Written as it is: values of JSON in between take longer than all else about many diagnostics.
#[derive(Serialize)]
struct Notification<'a> {
    jsonrpc: &'a str,
    method: &'a str,
    params: Published<'a>,
}

#[derive(Serialize)]
struct Published<'a> {
    uri: &'a Url,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

/// What has to be done with a reply before it is sent.
#[derive(Clone, Copy, Default)]
pub(super) struct Form {
    /// The editor's spelling of URIs has to be put into it.
    has_uris: bool,
    /// Its answer is a text of JSON.
    is_written: bool,
}

impl Form {
    /// Of replies to `method`, as tower-lsp knows it.
    pub(super) fn of(method: &str) -> Self {
        Self { has_uris: uris::holds(method), is_written: written::is_written(method) }
    }
}

impl Outbox {
    pub(super) fn reply(&self, response: Response, form: Form) {
        let body = match form.is_written {
            true => written::message(response),
            false => serialized(&response),
        };
        self.send(if form.has_uris { uris::spell(body) } else { body });
    }

    /// Sends what the server asks or tells by itself.
    pub(super) fn ask(&self, request: &Request) {
        self.send(serialized(request));
    }

    fn send(&self, body: Vec<u8>) {
        self.put(Message { diagnostics_of: None, body });
    }

    /// Sends a message. Diagnostics replace those of the same file that still wait.
    pub(super) fn put(&self, message: Message) {
        let mut queue = self.lock();
        if message.diagnostics_of.is_some() {
            queue.messages.retain(|waiting| waiting.diagnostics_of != message.diagnostics_of);
            queue.bytes = queue.messages.iter().map(|it| it.body.len()).sum();
        }
        queue.bytes += message.body.len();
        queue.messages.push_back(message);
        self.changed.notify_one();
        self.tell_of_room(&queue);
    }

    /// Nothing more will come; what waits is still sent.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    /// Waits while too much waits.
    pub(super) async fn room(&self) {
        while self.lock().is_full() {
            self.freed.notified().await;
        }
    }

    /// Writes what is sent until `close` or until nobody reads any more.
    pub(super) fn write_to(&self, mut output: impl Write) {
        while let Some(body) = self.next() {
            if let Err(error) = frames::write(&mut output, &body) {
                tracing::warn!("cannot write: {error}");
                return;
            }
        }
    }

    fn next(&self) -> Option<Vec<u8>> {
        let mut queue = self.lock();
        loop {
            if let Some(body) = self.take(&mut queue) {
                return Some(body);
            }
            if queue.closed {
                return None;
            }
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn take(&self, queue: &mut Queue) -> Option<Vec<u8>> {
        let body = queue.messages.pop_front()?.body;
        queue.bytes -= body.len();
        self.tell_of_room(queue);
        Some(body)
    }

    /// What is taken or replaced may have made room.
    fn tell_of_room(&self, queue: &Queue) {
        if !queue.is_full() {
            self.freed.notify_one();
        }
    }

    /// The next message, if one waits.
    #[cfg(test)]
    pub(super) fn try_next(&self) -> Option<Value> {
        let body = self.take(&mut self.lock())?;
        serde_json::from_slice(&body).ok()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn is_full(&self) -> bool {
        self.bytes > BYTES || self.messages.len() > MESSAGES
    }
}

/// The diagnostics of the file at `url`, ready to be sent.
pub(super) fn diagnostics(url: Url, found: &[Diagnostic], version: Option<i32>) -> Message {
    let params = Published { uri: &url, diagnostics: found, version };
    let method = "textDocument/publishDiagnostics";
    let body = uris::spell(serialized(&Notification { jsonrpc: "2.0", method, params }));
    Message { diagnostics_of: Some(url), body }
}

/// The values of the protocol can all be written, so there is no fault to tell of.
fn serialized(message: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tower_lsp::jsonrpc::Id;

    use super::*;

    fn url(name: &str) -> Url {
        Url::parse(&uris::carried(name)).unwrap()
    }

    fn reply(id: i64) -> Response {
        Response::from_ok(Id::Number(id), Value::Null)
    }

    #[test]
    fn of_waiting_diagnostics_the_newest_stay() {
        let outbox = Outbox::default();
        outbox.put(diagnostics(url("a"), &[], Some(1)));
        outbox.put(diagnostics(url("b"), &[], Some(1)));
        outbox.reply(reply(7), Form::default());
        outbox.put(diagnostics(url("a"), &[], Some(2)));
        let sent = std::iter::from_fn(|| outbox.try_next());
        let sent = sent.map(|it| (it["params"]["uri"].clone(), it["params"]["version"].clone()));
        let expected = [(json!("b"), json!(1)), (Value::Null, Value::Null), (json!("a"), json!(2))];
        assert_eq!(sent.collect::<Vec<_>>(), expected);
        assert_eq!(outbox.lock().bytes, 0);
    }

    #[test]
    fn messages_are_framed() {
        let outbox = Outbox::default();
        outbox.reply(reply(7), Form::default());
        outbox.close();
        let mut out = Vec::new();
        outbox.write_to(&mut out);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":7}"
        );
    }

    #[tokio::test]
    async fn when_much_waits_there_is_no_room() {
        let outbox = Outbox::default();
        outbox.room().await;
        for id in 0..=MESSAGES {
            outbox.reply(reply(i64::try_from(id).unwrap()), Form::default());
        }
        let mut room = Box::pin(outbox.room());
        assert!(futures::poll!(room.as_mut()).is_pending());
        outbox.try_next();
        room.await;
    }

    #[tokio::test]
    async fn what_is_replaced_makes_room() {
        let outbox = Outbox::default();
        let large = vec![b' '; BYTES + 1];
        outbox.put(Message { diagnostics_of: Some(url("a")), body: large });
        let mut room = Box::pin(outbox.room());
        assert!(futures::poll!(room.as_mut()).is_pending());
        outbox.put(diagnostics(url("a"), &[], None));
        assert!(futures::poll!(room.as_mut()).is_ready());
    }
}
