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

use futures::{FutureExt, Sink, SinkExt, Stream, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};

use crate::lsp::capabilities::SNIPPET_EDITS;
use crate::lsp::outbox::{Outbox, Outgoing};
use crate::lsp::repair::repaired;

/// What the outside tells.
#[derive(Debug)]
pub(super) enum Event {
    Message(Vec<u8>),
    /// Something that is no message, and why.
    BadMessage(&'static str),
    InputEnded,
    OutputClosed,
    /// The process of the editor is gone.
    EditorGone,
}

/// Answers messages until the editor leaves. Gives whether it left in an orderly way: it asked for
/// `shutdown` before.
pub(super) async fn serve<S: LanguageServer>(
    service: LspService<S>,
    socket: ClientSocket,
    mut events: UnboundedReceiver<Event>,
    outbox: Arc<Outbox>,
) -> bool {
    let (requests, replies) = socket.split();
    tokio::spawn(forward(requests, Arc::clone(&outbox)));
    let mut transport = Transport { service, replies, outbox, shut_down: false };
    while let Some(event) = events.recv().await {
        match event {
            Event::Message(body) => {
                if transport.receive(&body).await == Next::Exit {
                    break;
                }
            }
            Event::BadMessage(why) => {
                tracing::warn!("bad message: {why}");
                transport.reply(Response::from_error(Id::Null, Error::parse_error()));
            }
            end => {
                tracing::info!("{end:?}");
                break;
            }
        }
    }
    transport.shut_down
}

/// Sends what the server itself asks and tells.
async fn forward(mut requests: impl Stream<Item = Request> + Unpin, outbox: Arc<Outbox>) {
    while let Some(request) = requests.next().await {
        outbox.send(Outgoing::Request(request));
    }
}

#[derive(PartialEq, Eq)]
enum Next {
    Message,
    Exit,
}

struct Transport<S, R> {
    service: LspService<S>,
    /// Where the editor's answers go.
    replies: R,
    outbox: Arc<Outbox>,
    shut_down: bool,
}

impl<S: LanguageServer, R: Sink<Response> + Unpin> Transport<S, R> {
    async fn receive(&mut self, body: &[u8]) -> Next {
        let message = serde_json::from_slice::<Value>(body)
            .or_else(|_| serde_json::from_str::<Value>(&repaired(body)));
        match message {
            Ok(message) if message.get("method").is_some() => self.call(message).await,
            Ok(message) => {
                self.take_reply(message).await;
                Next::Message
            }
            Err(error) => {
                tracing::warn!("bad message: {error}");
                self.reply(Response::from_error(Id::Null, Error::parse_error()));
                Next::Message
            }
        }
    }

    fn reply(&self, response: Response) {
        self.outbox.send(Outgoing::Response(response));
    }

    /// The editor's answer to a request of ours.
    async fn take_reply(&mut self, message: Value) {
        let Ok(response) = serde_json::from_value::<Response>(message) else {
            return self.reply(Response::from_error(Id::Null, Error::invalid_request()));
        };
        // tower-lsp panics when nobody waits for the answer any more.
        if AssertUnwindSafe(self.replies.send(response)).catch_unwind().await.is_err() {
            tracing::debug!("a reply came too late");
        }
    }

    async fn call(&mut self, message: Value) -> Next {
        let message = with_snippet_edits(renamed(without_empty_params(message)));
        let Ok(request) = serde_json::from_value::<Request>(message) else {
            self.reply(Response::from_error(Id::Null, Error::invalid_request()));
            return Next::Message;
        };
        let (method, id) = (request.method().to_owned(), request.id().cloned());
        tracing::debug!("{method}");
        if let (Some(id), true) = (&id, method.starts_with("$/")) {
            self.reply(Response::from_error(id.clone(), Error::method_not_found()));
            return Next::Message;
        }
        self.shut_down |= method == "shutdown";
        let answer = answer(self.service.call(request), id);
        start(answer, &self.outbox).await;
        if method == "exit" { Next::Exit } else { Next::Message }
    }
}

/// Runs `answer` up to its first `await` now, so that messages take effect in the order in which they
/// came, and the rest beside the messages that follow.
async fn start(
    answer: impl Future<Output = Option<Response>> + Send + 'static,
    outbox: &Arc<Outbox>,
) {
    let mut answer: Pin<Box<_>> = Box::pin(answer);
    match poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx))).await {
        Poll::Ready(Some(response)) => outbox.send(Outgoing::Response(response)),
        Poll::Ready(None) => {}
        Poll::Pending => {
            let outbox = Arc::clone(outbox);
            tokio::spawn(async move {
                if let Some(response) = answer.await {
                    outbox.send(Outgoing::Response(response));
                }
            });
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

/// Editors send `null`, or an empty object, where the protocol wants no parameters at all.
fn without_empty_params(mut message: Value) -> Value {
    if let Some(map) = message.as_object_mut() {
        let none = matches!(map.get("method").and_then(Value::as_str), Some("shutdown" | "exit"));
        if none || map.get("params").is_some_and(Value::is_null) {
            map.remove("params");
        }
    }
    message
}

/// What requests for code actions are called inside: tower-lsp keeps their own name for answers that
/// lsp-types knows, which has no snippets in edits.
pub(super) const CODE_ACTIONS: &str = "podls/codeAction";

fn renamed(mut message: Value) -> Value {
    if let Some(method) = message.get_mut("method")
        && method == "textDocument/codeAction"
    {
        *method = CODE_ACTIONS.into();
    }
    message
}

/// Keeps what an editor says of snippets in edits; reading with lsp-types would lose it.
fn with_snippet_edits(mut message: Value) -> Value {
    if message.get("method").is_none_or(|it| it != "initialize") {
        return message;
    }
    let place = format!("/params/capabilities/workspace/workspaceEdit/{SNIPPET_EDITS}");
    if let Some(can) = message.pointer(&place).cloned()
        && let Some(all) =
            message.pointer_mut("/params/capabilities").and_then(Value::as_object_mut)
        && let Some(some) = all.entry("experimental").or_insert_with(|| json!({})).as_object_mut()
    {
        some.insert(SNIPPET_EDITS.to_owned(), can);
    }
    message
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use serde_json::json;
    use tokio::sync::Notify;
    use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
    use tower_lsp::Client;
    use tower_lsp::jsonrpc::Result;
    use tower_lsp::lsp_types::*;

    use super::*;

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
        events: UnboundedSender<Event>,
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
            let (events, incoming) = unbounded_channel();
            let outbox = Arc::new(Outbox::default());
            let server = tokio::spawn(serve(service, socket, incoming, Arc::clone(&outbox)));
            let mut talk = Self { events, outbox, server, received: Vec::new() };
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
            self.events.send(Event::Message(body.to_owned())).unwrap();
        }

        fn command(&self, id: i64, command: &str) {
            let params = json!({"command": command});
            let method = "workspace/executeCommand";
            self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        }

        /// The first message received for which `wanted` holds.
        async fn receive(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
            for _ in 0..10_000 {
                if let Some(at) = self.received.iter().position(&wanted) {
                    return self.received.remove(at);
                }
                tokio::task::yield_now().await;
                let sent = std::iter::from_fn(|| self.outbox.try_next());
                self.received.extend(sent.map(|message| serde_json::to_value(message).unwrap()));
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
                [] => talk.events.send(Event::InputEnded).unwrap(),
                exit => talk.send_bytes(exit),
            }
            assert_eq!(talk.server.await.unwrap(), orderly);
        }
    }
}
