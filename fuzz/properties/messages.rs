//! A conversation with the server: whatever an editor sends, each request has one answer, all that comes
//! back are messages, and no handler panics.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic;
use std::sync::Once;

use serde_json::{Value, json};

use super::input::{Choices, Input};
use super::texts;

const URI: &str = "untitled:pod.yaml";

const REQUESTS: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/codeAction",
    "podls/codeAction",
    "textDocument/inlayHint",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/diagnostic",
    "completionItem/resolve",
    "podls/diagram",
    "podls/status",
    "podls/patterns",
    "workspace/executeCommand",
    "$/nothing",
    "no/such/method",
];

/// What stands where something else is expected.
const ODD: &[&str] = &[
    "null",
    "-1",
    "4294967296",
    "1e99",
    "\"\"",
    "[]",
    "{}",
    "\"file:///a%zz\"",
    "\"\\ud83d\"",
    "true",
    "[null]",
    "18446744073709551615",
];

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let (input, requests) = match choices.byte() % 8 {
        0 => (text.to_vec(), None),
        _ => {
            let text = texts::text(text, &mut choices);
            let mut conversation = Conversation::default();
            conversation.hold(&text, &mut choices);
            (conversation.bytes, Some(conversation.requests))
        }
    };
    let output = noting_panics(|| podls::lsp::converse(&input));
    let answers = answers(&output);
    if let Some(requests) = requests {
        for id in 0..requests {
            let count = answers.get(&id.to_string()).copied().unwrap_or(0);
            assert_eq!(count, 1, "answers to {id}: {}", String::from_utf8_lossy(&input));
        }
    }
}

/// How many answers each request has.
fn answers(output: &[u8]) -> BTreeMap<String, usize> {
    let mut answers = BTreeMap::new();
    let mut rest = output;
    while !rest.is_empty() {
        let at = rest.windows(4).position(|it| it == b"\r\n\r\n").expect("a header has an end");
        let header = std::str::from_utf8(&rest[..at]).expect("a header is text");
        let length = header.strip_prefix("Content-Length: ").expect("one header").parse::<usize>();
        let end = at + 4 + length.expect("a length");
        let message: Value = serde_json::from_slice(&rest[at + 4..end]).expect("a body is JSON");
        if message.get("method").is_none() {
            *answers.entry(message["id"].to_string()).or_insert(0) += 1;
        }
        rest = &rest[end..];
    }
    answers
}

#[derive(Default)]
struct Conversation {
    bytes: Vec<u8>,
    /// How many requests there are; their ids are the numbers below.
    requests: u64,
}

impl Conversation {
    fn hold(&mut self, text: &str, choices: &mut Choices<'_>) {
        let encodings = choices.pick(&["utf-8", "utf-16", "utf-32", "utf-7"]);
        let capabilities = json!({
            "general": {"positionEncodings": [encodings]},
            "textDocument": {"diagnostic": {}, "completion": {"completionItem": {"snippetSupport": true}}},
        });
        self.request("initialize", json!({"processId": null, "capabilities": capabilities}));
        self.notify("initialized", json!({}));
        let document = json!({"uri": URI, "languageId": "yaml", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
        for version in 2..2 + choices.below(8) {
            match choices.byte() % 4 {
                0 => self.change(version, choices),
                1 => self.odd(choices),
                _ => self.ask(choices),
            }
        }
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
        self.ask(choices);
    }

    fn change(&mut self, version: usize, choices: &mut Choices<'_>) {
        let change = match choices.byte() % 4 {
            0 => json!({"text": texts::piece(choices)}),
            _ => json!({"range": range(choices), "text": texts::piece(choices)}),
        };
        let document = json!({"uri": URI, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        self.notify("textDocument/didChange", params);
    }

    fn ask(&mut self, choices: &mut Choices<'_>) {
        let method = choices.pick(REQUESTS);
        let mut params = json!({
            "textDocument": {"uri": URI},
            "position": position(choices),
            "positions": [position(choices)],
            "range": range(choices),
            "context": {"diagnostics": [], "includeDeclaration": true},
            "newName": texts::piece(choices),
            "label": "image", "data": "core.v1.Container image",
            "command": "a", "format": "svg",
        });
        // A part that is something else, or missing.
        let parts: Vec<String> = params.as_object().unwrap().keys().cloned().collect();
        let part = &parts[choices.below(parts.len())];
        match choices.byte() % 6 {
            0 => params[part] = serde_json::from_str(choices.pick(ODD)).unwrap_or(Value::Null),
            1 => params[part] = Value::Null,
            _ => {}
        }
        self.request(method, params);
        if choices.below(8) == 0 {
            let id = choices.below(usize::try_from(self.requests).unwrap() + 2);
            self.notify("$/cancelRequest", json!({"id": id}));
        }
    }

    /// What is no message, or one that nobody waits for.
    fn odd(&mut self, choices: &mut Choices<'_>) {
        let odd = choices.pick(ODD);
        match choices.byte() % 6 {
            0 => self.frame(odd),
            1 => self.bytes.extend(format!("Content-Length: {odd}\r\n\r\n").bytes()),
            2 => self.frame(&format!("{{\"jsonrpc\":\"2.0\",\"id\":{odd},\"result\":null}}")),
            3 => self.frame(&format!("{{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":{odd}}}")),
            4 => self.frame(&format!(
                "{{\"jsonrpc\":\"2.0\",\"method\":\"workspace/didChangeConfiguration\",\"params\":{{\"settings\":{odd}}}}}"
            )),
            _ => self.frame("{\"jsonrpc\":\"2.0\""),
        }
    }

    fn request(&mut self, method: &str, params: Value) {
        let message =
            json!({"jsonrpc": "2.0", "id": self.requests, "method": method, "params": params});
        self.requests += 1;
        self.frame(&message.to_string());
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    fn frame(&mut self, body: &str) {
        self.bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes());
    }
}

fn position(choices: &mut Choices<'_>) -> Value {
    let odd = choices.below(32) == 0;
    let character = if odd { usize::MAX >> 33 } else { choices.below(20) };
    json!({"line": choices.below(60), "character": character})
}

fn range(choices: &mut Choices<'_>) -> Value {
    json!({"start": position(choices), "end": position(choices)})
}

thread_local! {
    /// The panics of this thread while somebody looks.
    static PANICS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `work` and panics when something of podls did in between: the server answers a panic with an error
/// and goes on. tower-lsp's own panics about late replies are known and caught.
fn noting_panics<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let noted = PANICS.with_borrow_mut(|panics| {
                let ours = info.location().is_none_or(|at| at.file().contains("server/"));
                panics.as_mut().map(|panics| panics.extend(ours.then(|| info.to_string())))
            });
            if noted.is_none() {
                usual(info);
            }
        }));
    });
    PANICS.set(Some(Vec::new()));
    let done = work();
    let panics = PANICS.take().unwrap_or_default();
    assert!(panics.is_empty(), "{panics:#?}");
    done
}
