//! An editor: starts the real program, talks to it over pipes, and waits for nothing longer than a
//! few seconds.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Far more than anything takes, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const PODLS: &str = env!("CARGO_BIN_EXE_podls");

/// What a modern editor says it can do, as far as podls looks at it.
pub(crate) fn capabilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true, "tagSupport": {"valueSet": [1, 2]}
            },
            "completion": {"completionItem": {
                "snippetSupport": true, "documentationFormat": ["markdown"],
                "insertTextModeSupport": {"valueSet": [1, 2]}
            }},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": {"isPreferredSupport": true}
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}}
    })
}

pub(crate) struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    listen: Sender<()>,
    messages: Receiver<Value>,
    /// What was received and not asked for yet.
    kept: Vec<Value>,
    last_id: i64,
    /// What the server said when it started.
    pub(crate) server: Value,
}

impl Editor {
    /// The process alone; nothing has been said yet.
    pub(crate) fn spawn() -> Self {
        let mut editor = Self::deaf();
        editor.listen();
        editor
    }

    /// One that reads nothing until it is told to listen.
    pub(crate) fn deaf() -> Self {
        let mut command = Command::new(PODLS);
        command.stderr(Stdio::null());
        Self::run(command)
    }

    /// One whose threads have a stack of so many bytes.
    pub(crate) fn with_stack(bytes: usize) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -s {} && exec \"$0\"", bytes >> 10), PODLS]);
        command.env("RUST_MIN_STACK", bytes.to_string()).stderr(Stdio::null());
        let mut editor = Self::run(command);
        editor.listen();
        editor
    }

    /// One that reads nothing of a long log, or closes it.
    pub(crate) fn logging(close: bool) -> Self {
        let mut command = Command::new(PODLS);
        command.env("PODLS_LOG", "trace").stderr(Stdio::piped());
        let mut editor = Self::run(command);
        editor.listen();
        if close {
            drop(editor.child.stderr.take());
        }
        editor
    }

    fn run(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        let (listen, may_listen) = channel();
        thread::spawn(move || {
            let _ = may_listen.recv();
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        let (kept, server) = (Vec::new(), Value::Null);
        Self { child, stdin, listen, messages, kept, last_id: 0, server }
    }

    pub(crate) fn listen(&mut self) {
        self.listen.send(()).unwrap();
    }

    /// An editor with nothing but the basics.
    pub(crate) fn plain() -> Self {
        Self::with(json!({}))
    }

    pub(crate) fn modern() -> Self {
        Self::with(capabilities())
    }

    pub(crate) fn with(capabilities: Value) -> Self {
        let mut editor = Self::spawn();
        editor
            .initialize(json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        editor
    }

    pub(crate) fn initialize(&mut self, params: Value) {
        self.server = self.request("initialize", params)["result"].clone();
        self.notify("initialized", json!({}));
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_body(message.to_string().as_bytes());
    }

    pub(crate) fn send_body(&mut self, body: &[u8]) {
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        self.send_raw(&[header.as_bytes(), body].concat());
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks and goes on; the answer has the id that this gives.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The whole reply to a request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.reply(&json!(id))
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Whether the reply to a request is there.
    pub(crate) fn is_answered(&mut self, id: &Value) -> bool {
        self.kept.extend(self.messages.try_iter());
        self.kept.iter().any(|it| it["id"] == *id && it.get("method").is_none())
    }

    pub(crate) fn reply(&mut self, id: &Value) -> Value {
        self.receive(|message| message["id"] == *id && message.get("method").is_none())
    }

    /// The first message that was or is received for which `wanted` holds.
    pub(crate) fn receive(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.kept.push(message),
                Err(error) => panic!("{error}; there were {:?}", self.kept),
            }
        }
    }

    /// What the server itself sends or asks with `method`.
    pub(crate) fn sent(&mut self, method: &str) -> Value {
        self.receive(|message| message["method"] == method)
    }

    /// Whether a message with `method` came before the answer to a request that is sent now.
    pub(crate) fn was_sent(&mut self, method: &str) -> bool {
        self.request("$/nothing", json!({}));
        self.kept.iter().any(|message| message["method"] == method)
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.open_as("yaml", uri, text);
    }

    pub(crate) fn open_as(&mut self, language: &str, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({
            "textDocument": {"uri": uri, "version": version}, "contentChanges": changes
        });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The diagnostics sent for `version` of `uri`.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let message = self.receive(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && params["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The result of a request about a place in a document.
    pub(crate) fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        self.request(method, params)["result"].clone()
    }

    /// Leaves in an orderly way; the exit code.
    pub(crate) fn leave(mut self) -> i32 {
        assert!(self.request("shutdown", Value::Null).get("error").is_none());
        self.notify("exit", Value::Null);
        self.exit_code()
    }

    pub(crate) fn close_input(&mut self) {
        self.stdin = None;
    }

    /// Waits for the end of the process; its input stays open, as long as it is.
    pub(crate) fn exit_code(&mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            thread::sleep(Duration::from_millis(2));
        }
        panic!("it still runs");
    }

    /// Whether nothing more can come from the server.
    pub(crate) fn is_silent(&self) -> bool {
        self.messages.recv_timeout(Duration::from_secs(5)) == Err(RecvTimeoutError::Disconnected)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next message. Anything but messages on standard output fails the test.
fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    if stdout.read_line(&mut header).ok()? == 0 {
        return None;
    }
    let length = header.strip_prefix("Content-Length: ").unwrap().trim_end().parse().unwrap();
    let mut empty = String::new();
    stdout.read_line(&mut empty).ok()?;
    assert_eq!(empty, "\r\n");
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
