//! After any edits the server knows the same text as if it had been opened anew.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::client::Editor;

/// A document as an editor holds it, with positions in UTF-16.
struct Mirror {
    text: String,
}

impl Mirror {
    /// The lines, each with its end. Only LF, CRLF and CR end a line.
    fn lines(&self) -> Vec<&str> {
        let (mut lines, mut start) = (Vec::new(), 0);
        let bytes = self.text.as_bytes();
        for at in 0..bytes.len() {
            let ends =
                bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                lines.push(&self.text[start..=at]);
                start = at + 1;
            }
        }
        lines.push(&self.text[start..]);
        lines
    }

    /// The place that `number` stands for, as an offset and as the position of it.
    fn place(&self, number: usize) -> (usize, Value) {
        let lines = self.lines();
        let line = number % lines.len();
        let before: usize = lines[..line].iter().map(|line| line.len()).sum();
        let content = lines[line].trim_end_matches(['\r', '\n']);
        let chars = content.chars().count();
        let column: String = content.chars().take(number / lines.len() % (chars + 1)).collect();
        let character = column.encode_utf16().count();
        (before + column.len(), json!({"line": line, "character": character}))
    }

    /// Carries out a change and gives it as the editor sends it.
    fn change(&mut self, from: usize, to: usize, insert: &str) -> Value {
        let (a, b) = (self.place(from), self.place(to));
        let (start, end) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        self.text.replace_range(start.0..end.0, insert);
        json!({"range": {"start": start.1, "end": end.1}, "text": insert})
    }
}

/// Every document has a fault, whose place moves with each edit before it.
const DOCUMENT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: wéb # 😀 日本\nspec:\n  \
                        containers:\n  - name: app\r\n    image: nginx\r\n    command: [\"😀\", \
                        é]\r    workingDir: /😀 # ü\n    imagePolicy: Always\n---\n";

const INSERTS: [&str; 16] = [
    "",
    "",
    "",
    "x",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "é",
    "😀",
    "日本語",
    "\u{2028}",
    "\u{85}",
    ": ",
    "\n  - ",
    "# 😀\r\n",
];

/// The changes of one notification: two places, what is inserted instead of what lies between them,
/// and whether the whole text is sent instead.
fn changes() -> impl Strategy<Value = Vec<(usize, usize, usize, bool)>> {
    let change = (0..50_000usize, 0..3usize, 0..INSERTS.len(), prop::bool::weighted(0.03));
    prop::collection::vec(change, 1..4)
}

#[test]
fn edits_lead_to_what_a_fresh_look_finds() {
    let mut runner = TestRunner::deterministic();
    // What is pushed waits for pauses.
    let mut editor = Editor::with(json!({"textDocument": {"diagnostic": {}}}));
    let uri = "file:///manifests/edited.yaml";
    let mut mirror = Mirror { text: String::new() };
    editor.open(uri, "");
    for version in 2..600 {
        if version % 20 == 2 {
            mirror.text = DOCUMENT.repeat(10);
            editor.change(uri, version, json!([{"text": mirror.text}]));
            continue;
        }
        let wanted = changes().new_tree(&mut runner).unwrap().current();
        let sent = wanted.into_iter().map(|(from, lines, insert, whole)| {
            let changed = mirror.change(from, from + lines, INSERTS[insert]);
            if whole { json!({"text": mirror.text}) } else { changed }
        });
        let sent: Vec<_> = sent.collect();
        editor.change(uri, version, json!(sent));
        if version % 5 == 0 {
            check_fresh(&mut editor, uri, version, &mirror.text);
        }
    }
    assert_eq!(editor.leave(), 0);
}

/// Compares what the server says of the edited document with what it says of the same text.
fn check_fresh(editor: &mut Editor, uri: &str, version: i32, text: &str) {
    let fresh = format!("file:///manifests/fresh-{version}.yaml");
    editor.open(&fresh, text);
    for method in
        ["textDocument/diagnostic", "textDocument/documentSymbol", "textDocument/foldingRange"]
    {
        let mut ask = |uri: &str| {
            let reply = editor.request(method, json!({"textDocument": {"uri": uri}}));
            let result = &reply["result"];
            result.get("items").unwrap_or(result).to_string().replace(uri, "")
        };
        assert_eq!(ask(uri), ask(&fresh), "{method}: {text:?}");
    }
    editor.close(&fresh);
}
