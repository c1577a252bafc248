//! Drives tower-lsp's service: a message in, perhaps a reply out.
//!
//! tower-lsp brings a transport of its own, which does not end on `exit`, ends on the first broken
//! message, on a late reply or on a panic, and reads no cancellation while four requests run. Here
//! each message is taken in order of arrival up to its first `await`, and nothing a message holds
//! ends the server.

use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use futures::{FutureExt, Sink, SinkExt};
use serde_json::Value;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{LanguageServer, LspService};

use crate::lsp::answering::Answering;
use crate::lsp::inbox::{Ending, Incoming};
use crate::lsp::outbox::{Form, Outbox};
use crate::lsp::params::readable;

/// Answers messages until the editor leaves. Gives whether it left in an orderly way: it asked for
/// `shutdown` before.
pub(super) async fn serve<S: LanguageServer>(
    service: LspService<S>,
    replies: impl Sink<Response> + Unpin,
    mut messages: Receiver<Incoming>,
    mut endings: UnboundedReceiver<Ending>,
    outbox: Arc<Outbox>,
) -> bool {
    let (answering, phase) = (Answering::default(), Phase::New);
    let mut transport = Transport { service, replies, outbox, answering, phase };
    loop {
        let next = async {
            transport.outbox.room().await;
            messages.recv().await
        };
        let incoming = tokio::select! {
            Some(ending) = endings.recv() => {
                tracing::info!("{ending:?}");
                break;
            }
            incoming = next => incoming.unwrap_or(Incoming::Ended),
        };
        match incoming {
            Incoming::Message(message, _held) => {
                if transport.receive(message).await == Next::Exit {
                    break;
                }
            }
            Incoming::BadMessage(why) => {
                tracing::warn!("bad message: {why}");
                transport.refuse(Id::Null, Error::parse_error());
            }
            Incoming::Ended => break,
        }
    }
    transport.phase == Phase::ShutDown
}

#[derive(PartialEq, Eq)]
enum Next {
    Message,
    Exit,
}

/// How far the editor is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Initialized,
    ShutDown,
}

impl Phase {
    /// Why a request is refused now: before `initialize` all others are, after `shutdown` all are.
    fn refusal(self, method: &str) -> Option<Error> {
        match self {
            Self::New if method == "initialize" => None,
            Self::New => Some(Error {
                code: ErrorCode::ServerError(-32002),
                message: "the server is not initialized".into(),
                data: None,
            }),
            Self::Initialized if method == "initialize" => Some(Error::invalid_request()),
            Self::Initialized if method.starts_with("$/") => Some(Error::method_not_found()),
            Self::Initialized => None,
            Self::ShutDown => Some(Error::invalid_request()),
        }
    }
}

struct Transport<S, R> {
    service: LspService<S>,
    /// Where the editor's answers go.
    replies: R,
    outbox: Arc<Outbox>,
    answering: Answering,
    phase: Phase,
}

impl<S: LanguageServer, R: Sink<Response> + Unpin> Transport<S, R> {
    async fn receive(&mut self, message: Value) -> Next {
        if message.get("method").is_some() {
            return self.call(message).await;
        }
        self.take_reply(message).await;
        Next::Message
    }

    fn refuse(&self, id: Id, error: Error) {
        self.outbox.reply(Response::from_error(id, error), Form::default());
    }

    /// The editor's answer to a request of ours.
    async fn take_reply(&mut self, message: Value) {
        let Ok(response) = serde_json::from_value::<Response>(message) else {
            return self.refuse(Id::Null, Error::invalid_request());
        };
        // tower-lsp panics when nobody waits for the answer any more.
        if AssertUnwindSafe(self.replies.send(response)).catch_unwind().await.is_err() {
            tracing::debug!("a reply came too late");
        }
    }

    async fn call(&mut self, message: Value) -> Next {
        let Ok(request) = serde_json::from_value::<Request>(readable(message)) else {
            self.refuse(Id::Null, Error::invalid_request());
            return Next::Message;
        };
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        tracing::debug!("{method}");
        if method == "exit" {
            return Next::Exit;
        }
        match &id {
            Some(id) => {
                if let Some(error) = self.phase.refusal(&method) {
                    self.refuse(id.clone(), error);
                    return Next::Message;
                }
            }
            // These two are requests; without an id nobody waits for what they do.
            None if self.phase != Phase::Initialized
                || method == "shutdown"
                || method == "initialize" =>
            {
                return Next::Message;
            }
            None => {}
        }
        let answer = answer(self.service.call(request), id);
        self.start(answer, Form::of(&method)).await;
        match method.as_str() {
            "initialize" => self.phase = Phase::Initialized,
            "shutdown" => self.phase = Phase::ShutDown,
            _ => {}
        }
        Next::Message
    }

    /// Runs `answer` up to its first `await` now, so that messages take effect in the order in which
    /// they came, and the rest beside the messages that follow.
    async fn start(
        &mut self,
        answer: impl Future<Output = Option<Response>> + Send + 'static,
        form: Form,
    ) {
        let mut answer: Pin<Box<_>> = Box::pin(answer);
        match poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx))).await {
            Poll::Ready(Some(response)) => self.outbox.reply(response, form),
            Poll::Ready(None) => {}
            Poll::Pending => {
                let outbox = Arc::clone(&self.outbox);
                self.answering.spawn(async move {
                    if let Some(response) = answer.await {
                        outbox.reply(response, form);
                    }
                });
            }
        }
    }
}

/// The reply to the request `id`; an error when its handler panics.
async fn answer<E>(
    call: impl Future<Output = Result<Option<Response>, E>>,
    id: Option<Id>,
) -> Option<Response> {
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(done) => done.ok().flatten(),
        Err(_) => id.map(|id| Response::from_error(id, Error::internal_error())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use futures::StreamExt;
    use serde_json::json;
    use tokio::sync::Notify;
    use tokio::sync::mpsc::{Sender, UnboundedSender, channel, unbounded_channel};
    use tower_lsp::Client;
    use tower_lsp::jsonrpc::Result;
    use tower_lsp::lsp_types::*;

    use super::*;
    use crate::lsp::inbox::{Room, parsed};

    /// A server whose handlers do what could go wrong.
    struct Odd {
        client: Client,
        seen: Mutex<Vec<i32>>,
        never: Notify,
    }

    #[tower_lsp::async_trait]
    impl LanguageServer for Odd {
        async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
            Ok(InitializeResult::default())
        }

        async fn shutdown(&self) -> Result<()> {
            Ok(())
        }

        async fn did_change(&self, params: DidChangeTextDocumentParams) {
            self.seen.lock().unwrap().push(params.text_document.version);
            self.client.log_message(MessageType::LOG, "changed").await;
            tokio::task::yield_now().await;
        }

        async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
            match params.command.as_str() {
                "panic" => panic!("on purpose"),
                "late panic" => {
                    tokio::task::yield_now().await;
                    panic!("on purpose")
                }
                "wait" => self.never.notified().await,
                "ask" => return Ok(self.client.configuration(Vec::new()).await?.pop()),
                _ => {}
            }
            Ok(Some(json!(*self.seen.lock().unwrap())))
        }
    }

    /// An editor that talks to it, without pipes.
    struct Talk {
        messages: Sender<Incoming>,
        _endings: UnboundedSender<Ending>,
        outbox: Arc<Outbox>,
        server: tokio::task::JoinHandle<bool>,
        received: Vec<Value>,
    }

    impl Talk {
        async fn start() -> Self {
            let (service, socket) = LspService::new(|client| Odd {
                client,
                seen: Mutex::default(),
                never: Notify::new(),
            });
            let ((messages, incoming), (_endings, ends)) = (channel(1000), unbounded_channel());
            let outbox = Arc::new(Outbox::default());
            let (mut asked, replies) = socket.split();
            let asking = Arc::clone(&outbox);
            tokio::spawn(async move {
                while let Some(request) = asked.next().await {
                    asking.ask(&request);
                }
            });
            let serving = serve(service, replies, incoming, ends, Arc::clone(&outbox));
            let server = tokio::spawn(serving);
            let mut talk = Self { messages, _endings, outbox, server, received: Vec::new() };
            let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
            talk.send(
                &json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}),
            );
            talk.reply(json!(0)).await;
            talk
        }

        fn send(&self, message: &Value) {
            self.send_bytes(message.to_string().as_bytes());
        }

        fn send_bytes(&self, body: &[u8]) {
            let incoming = match parsed(body) {
                Ok(message) => Incoming::Message(message, Arc::new(Room::default()).hold(1)),
                Err(error) => Incoming::BadMessage(error.to_string()),
            };
            self.messages.try_send(incoming).unwrap();
        }

        fn command(&self, id: i64, command: &str) {
            let params = json!({"command": command});
            let method = "workspace/executeCommand";
            self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        }

        /// The first message received for which `wanted` holds.
        async fn receive(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
            for _ in 0..20_000 {
                if let Some(at) = self.received.iter().position(&wanted) {
                    return self.received.remove(at);
                }
                // Another thread answers.
                tokio::time::sleep(Duration::from_millis(1)).await;
                self.received.extend(std::iter::from_fn(|| self.outbox.try_next()));
            }
            panic!("it did not come; there were {:?}", self.received);
        }

        async fn reply(&mut self, id: Value) -> Value {
            self.receive(|message| message["id"] == id && message.get("method").is_none()).await
        }
    }

    #[tokio::test]
    async fn a_panic_answers_its_request_and_the_server_goes_on() {
        let mut talk = Talk::start().await;
        talk.command(1, "panic");
        talk.command(2, "late panic");
        talk.command(3, "list");
        assert_eq!(talk.reply(json!(1)).await["error"]["code"], -32603);
        assert_eq!(talk.reply(json!(2)).await["error"]["code"], -32603);
        assert_eq!(talk.reply(json!(3)).await["result"], json!([]));
    }

    #[tokio::test]
    async fn changes_take_effect_in_order() {
        let mut talk = Talk::start().await;
        for version in 0..500 {
            let document = json!({"uri": "file:///a", "version": version});
            let params = json!({"textDocument": document, "contentChanges": []});
            talk.send(&json!({
                "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params
            }));
        }
        talk.command(1, "list");
        assert_eq!(talk.reply(json!(1)).await["result"], json!((0..500).collect::<Vec<_>>()));
    }

    #[tokio::test]
    async fn a_request_under_way_can_be_cancelled() {
        let mut talk = Talk::start().await;
        for id in 1..20 {
            talk.command(id, "wait");
        }
        let params = json!({"id": 19});
        talk.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": params}));
        assert_eq!(talk.reply(json!(19)).await["error"]["code"], -32800);
    }

    #[tokio::test]
    async fn replies_may_come_late_or_unasked() {
        let mut talk = Talk::start().await;
        talk.command(1, "ask");
        let asked = talk.receive(|message| message["method"] == "workspace/configuration").await;
        let params = json!({"id": 1});
        talk.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": params}));
        talk.reply(json!(1)).await;
        talk.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": [1]}));
        talk.send(&json!({"jsonrpc": "2.0", "id": 4711, "result": [1]}));
        talk.command(2, "ask");
        let asked = talk.receive(|message| message["method"] == "workspace/configuration").await;
        talk.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": [7]}));
        assert_eq!(talk.reply(json!(2)).await["result"], 7);
    }

    #[tokio::test]
    async fn what_is_no_message_is_answered_with_an_error() {
        let mut talk = Talk::start().await;
        for (body, code) in [
            (r#"{"jsonrpc":"#, -32700),
            ("[]", -32600),
            (r#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#, -32600),
            ("7", -32600),
            (r#"{"id":5,"method":"x"}"#, -32600),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#, -32600),
        ] {
            talk.send_bytes(body.as_bytes());
            assert_eq!(talk.reply(Value::Null).await["error"]["code"], code, "{body}");
        }
        talk.send_bytes(br#"{"jsonrpc":"2.0","id":6,"method":"$/odd"}"#);
        assert_eq!(talk.reply(json!(6)).await["error"]["code"], -32601);
        talk.send_bytes(b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"\xff\\ud800\"}");
        assert_eq!(talk.reply(json!(7)).await["error"]["code"], -32601);
    }

    #[tokio::test]
    async fn phases_are_those_of_the_protocol() {
        for (phase, initialize, shutdown, other, odd) in [
            (Phase::New, 0, -32002, -32002, -32002),
            (Phase::Initialized, -32600, 0, 0, -32601),
            (Phase::ShutDown, -32600, -32600, -32600, -32600),
        ] {
            let code = |method| phase.refusal(method).map_or(0, |error| error.code.code());
            let found = ["initialize", "shutdown", "textDocument/hover", "$/odd"].map(code);
            assert_eq!(found, [initialize, shutdown, other, odd]);
        }
    }

    #[tokio::test]
    async fn it_ends_when_the_editor_leaves() {
        for (shutdown, ends, orderly) in [
            (true, br#"{"jsonrpc":"2.0","method":"exit"}"#.as_slice(), true),
            (false, br#"{"jsonrpc":"2.0","method":"exit","params":null}"#.as_slice(), false),
            (true, b"".as_slice(), true),
            (false, b"".as_slice(), false),
        ] {
            let mut talk = Talk::start().await;
            talk.command(1, "wait");
            if shutdown {
                talk.send(
                    &json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown", "params": null}),
                );
                assert_eq!(talk.reply(json!(2)).await["result"], Value::Null);
            }
            match ends {
                [] => talk.messages.try_send(Incoming::Ended).unwrap(),
                exit => talk.send_bytes(exit),
            }
            assert_eq!(talk.server.await.unwrap(), orderly);
        }
    }
}
