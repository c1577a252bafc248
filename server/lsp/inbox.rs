//! What comes in. A thread reads messages and makes values of them, so that a long one does not stop
//! the others; when too much waits, it reads no more until there is room, and the editor's pipe fills.

use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::mpsc::Sender;

use crate::lsp::frames::{self, Frame};
use crate::lsp::repair::repaired;

/// How many messages may wait; and how many bytes they may have, if they are several: what a message
/// becomes in memory is a few times as large.
pub(super) const MESSAGES: usize = 256;
const BYTES: usize = 64 << 20;

/// What the editor sends.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Value, Held),
    /// Something that is no message, and why.
    BadMessage(String),
    Ended,
}

/// Why the server ends although the input goes on.
#[derive(Debug)]
pub(super) enum Ending {
    OutputClosed,
    /// The process of the editor is gone.
    EditorGone,
}

/// Passes on what comes in until nothing does, or until nobody wants it any more.
pub(super) fn read(input: impl Read, messages: &Sender<Incoming>) {
    let mut input = io::BufReader::with_capacity(64 << 10, input);
    let room = Arc::new(Room::default());
    loop {
        let incoming = match frames::read(&mut input) {
            Ok(Frame::Body(body)) => message(&body, &room),
            Ok(Frame::BadHeader) => Incoming::BadMessage("a header without a length".to_owned()),
            Ok(Frame::TooLong) => Incoming::BadMessage("a message that is too long".to_owned()),
            Ok(Frame::End) => Incoming::Ended,
            Err(error) => {
                tracing::warn!("cannot read: {error}");
                Incoming::Ended
            }
        };
        let ended = matches!(incoming, Incoming::Ended);
        if messages.blocking_send(incoming).is_err() || ended {
            return;
        }
    }
}

/// The message that `body` holds.
pub(super) fn message(body: &[u8], room: &Arc<Room>) -> Incoming {
    let held = room.hold(body.len());
    match parsed(body) {
        Ok(message) => Incoming::Message(message, held),
        Err(error) => Incoming::BadMessage(error.to_string()),
    }
}

pub(super) fn parsed(body: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(body).or_else(|_| serde_json::from_str(&repaired(body)))
}

/// How much waits.
#[derive(Debug, Default)]
pub(super) struct Room {
    used: Mutex<usize>,
    freed: Condvar,
}

/// The room that one message takes until it is dropped.
#[derive(Debug)]
pub(super) struct Held {
    room: Arc<Room>,
    bytes: usize,
}

impl Room {
    /// Waits for room. A message that would never fit waits until it is alone.
    pub(super) fn hold(self: &Arc<Self>, bytes: usize) -> Held {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + bytes > BYTES {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        Held { room: Arc::clone(self), bytes }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        *self.room.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.room.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn long_messages_wait_for_room() {
        let room = Arc::new(Room::default());
        let first = room.hold(2 * BYTES);
        let (sender, got_room) = channel();
        let other = Arc::clone(&room);
        thread::spawn(move || sender.send(other.hold(1)));
        let soon = got_room.recv_timeout(Duration::from_millis(50));
        assert_eq!(soon.map(|_| ()), Err(RecvTimeoutError::Timeout));
        drop(first);
        let second = got_room.recv_timeout(Duration::from_secs(20)).unwrap();
        drop(second);
        drop(room.hold(BYTES));
        assert_eq!(*room.used.lock().unwrap(), 0);
    }

    #[test]
    fn reading_stops_while_too_many_messages_wait() {
        let input = b"Content-Length: 2\r\n\r\n{}".repeat(MESSAGES);
        let (messages, mut waiting) = tokio::sync::mpsc::channel(3);
        let reading = thread::spawn(move || read(input.as_slice(), &messages));
        thread::sleep(Duration::from_millis(20));
        assert!(!reading.is_finished());
        let mut taken = 0;
        while let Some(Incoming::Message(..)) = waiting.blocking_recv() {
            taken += 1;
        }
        assert_eq!(taken, MESSAGES);
        reading.join().unwrap();
    }
}
