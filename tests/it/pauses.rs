//! What the server says while somebody types: what is missing around the cursor waits for a pause, and
//! nothing else does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::check::Finding;
use podls::ide::Document;
use serde_json::{Value, json};

use crate::client::Editor;

const URI: &str = "file:///manifests/typed.yaml";
const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: nginx:1.27\n";

/// A document as it is typed at the end.
struct Typist {
    editor: Editor,
    text: String,
    version: i32,
}

impl Typist {
    fn at_the_end_of(text: &str) -> Self {
        let mut editor = Editor::modern();
        editor.open(URI, text);
        editor.diagnostics(URI, 1);
        Self { editor, text: text.to_owned(), version: 1 }
    }

    /// Types `new` at the end; what is published then.
    fn types(&mut self, new: &str) -> Vec<Value> {
        let at = end(&self.text);
        self.text.push_str(new);
        self.replaces(&at, &at.clone(), new)
    }

    fn replaces(&mut self, start: &Value, end: &Value, new: &str) -> Vec<Value> {
        self.version += 1;
        let range = json!({"start": start, "end": end});
        self.editor.change(URI, self.version, json!([{"range": range, "text": new}]));
        self.editor.diagnostics(URI, self.version)
    }

    /// What is published next, of the same text.
    fn later(&mut self) -> Vec<Value> {
        self.editor.diagnostics(URI, self.version)
    }

    fn saves(&mut self) {
        self.editor.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}}));
    }
}

/// The end of `text`, in UTF-8.
fn end(text: &str) -> Value {
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    json!({"line": text.matches('\n').count(), "character": text.len() - start})
}

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["message"].as_str().unwrap()).collect()
}

const NO_IMAGE: &str = "missing field `image` in container `b`";

#[test]
fn what_is_missing_waits_until_the_file_is_saved() {
    let mut typist = Typist::at_the_end_of(POD);
    for new in ["  - name: b\n", " ", "   ", "imagePullPolicy: Always", "\n    # the image", "\n"] {
        assert_eq!(messages(&typist.types(new)), [""; 0], "{new:?}");
    }
    typist.saves();
    assert_eq!(messages(&typist.later()), [NO_IMAGE]);
    // Who goes on typing need not read it again.
    assert_eq!(messages(&typist.types("    ima")), ["missing `:` after the key"]);
    assert_eq!(messages(&typist.types("ge:")), [""; 0]);
    assert_eq!(messages(&typist.types(" nginx:1.27\n")), [""; 0]);
}

#[test]
fn it_comes_when_the_user_writes_something_else() {
    let mut typist = Typist::at_the_end_of(POD);
    typist.types("  - name: b\n");
    assert_eq!(messages(&typist.types("  - name: c")), [NO_IMAGE]);
    assert_eq!(messages(&typist.types("\n    image: nginx:1.27\n")), [NO_IMAGE]);
    let top = json!({"line": 0, "character": 0});
    assert_eq!(messages(&typist.replaces(&top, &top, "# a comment\n")), [NO_IMAGE]);
}

#[test]
fn it_comes_when_the_cursor_is_elsewhere() {
    let place = |line: u32, character: u32| {
        let position = json!({"line": line, "character": character});
        json!({"textDocument": {"uri": URI}, "position": position})
    };
    let actions = |line: u32| {
        let at = json!({"line": line, "character": 4});
        let range = json!({"start": at, "end": at});
        json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}})
    };
    for (method, inside, outside) in [
        ("textDocument/hover", place(8, 5), place(6, 5)),
        ("textDocument/completion", place(9, 4), place(3, 4)),
        ("textDocument/documentHighlight", place(8, 12), place(3, 9)),
        ("podls/status", place(8, 12), place(3, 9)),
        ("textDocument/codeAction", actions(8), actions(2)),
    ] {
        let mut typist = Typist::at_the_end_of(POD);
        assert_eq!(messages(&typist.types("  - name: b\n    ")), [""; 0]);
        typist.editor.request(method, inside);
        assert!(!typist.editor.was_sent("textDocument/publishDiagnostics"), "{method}");
        typist.editor.request(method, outside);
        assert_eq!(messages(&typist.later()), [NO_IMAGE], "{method}");
    }
}

#[test]
fn it_waits_for_editors_that_send_the_whole_text() {
    let mut editor = Editor::modern();
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
    editor.change(URI, 2, json!([{"text": format!("{POD}  - name: b\n")}]));
    assert_eq!(messages(&editor.diagnostics(URI, 2)), [""; 0]);
    editor.change(URI, 3, json!([{"text": format!("# a comment\n{POD}  - name: b\n")}]));
    assert_eq!(messages(&editor.diagnostics(URI, 3)), [NO_IMAGE]);
}

#[test]
fn it_comes_after_a_pause() {
    let mut typist = Typist::at_the_end_of(POD);
    assert_eq!(messages(&typist.types("  - name: b\n")), [""; 0]);
    assert_eq!(messages(&typist.later()), [NO_IMAGE]);
}

#[test]
fn it_is_there_when_a_file_is_opened_and_for_who_asks() {
    let text = format!("{POD}  - name: b\n");
    let mut editor = Editor::modern();
    editor.open(URI, &text);
    assert_eq!(messages(&editor.diagnostics(URI, 1)), [NO_IMAGE]);
    let mut pulling = Editor::with(json!({"textDocument": {"diagnostic": {}}}));
    pulling.open(URI, POD);
    let at = end(POD);
    let range = json!({"start": at, "end": at});
    pulling.change(URI, 2, json!([{"range": range, "text": "  - name: b\n"}]));
    let params = json!({"textDocument": {"uri": URI}});
    let items = pulling.request("textDocument/diagnostic", params)["result"]["items"].clone();
    assert_eq!(messages(items.as_array().unwrap()), [NO_IMAGE]);
}

#[test]
fn what_is_wrong_comes_at_once() {
    for (new, code) in [
        ("  - name: B", "name-format"),
        ("  - name: b\n    imagePullPolicy: Alwys", "enum-value"),
        ("  - name: b\n    imag: c", "unknown-field"),
        ("  - name: b\n    image: [c]", "wrong-type"),
        ("  - name: app", "duplicate-container-name"),
    ] {
        let found = Typist::at_the_end_of(POD).types(new);
        let codes: Vec<_> = found.iter().map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(codes, [code], "{new}");
    }
}

/// The finished manifests are judged as if they had been opened. With `PODLS_THOROUGH` each key is sent
/// alone, else each line.
#[test]
fn nothing_is_lost_of_what_is_typed() {
    let thorough = std::env::var_os("PODLS_THOROUGH").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth/base");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for file in files.into_iter().step_by(if thorough { 1 } else { 8 }) {
        // Something is missing in most of them at last, such as a volume or an image.
        let text = fs::read_to_string(&file).unwrap().replace("image:", "workingDir:");
        let mut typist = Typist::at_the_end_of("");
        let pieces: Vec<&str> = if thorough {
            text.split_inclusive(|_| true).collect()
        } else {
            text.split_inclusive('\n').collect()
        };
        let (mut states, mut held, mut last) = (0, 0, BTreeSet::new());
        for piece in pieces {
            last = typist.types(piece).iter().map(said).collect();
            let all = all(&typist.text);
            assert!(last.is_subset(&all), "{}: {}", file.display(), typist.text);
            states += 1;
            held += usize::from(last.len() < all.len());
        }
        assert!(held > states / 20, "{}: {held} of {states}", file.display());
        typist.saves();
        while last != all(&text) {
            last = typist.later().iter().map(said).collect();
        }
    }
}

/// A finding as an editor gets it.
fn said(diagnostic: &Value) -> String {
    let start = &diagnostic["range"]["start"];
    let [code, message] = ["code", "message"].map(|it| diagnostic[it].as_str().unwrap());
    format!("{}:{} {code} {message}", start["line"], start["character"])
}

/// The findings of `text`, in the same way.
fn all(text: &str) -> BTreeSet<String> {
    let document = Document::new(text, &Arc::default());
    let said = |it: &Finding| {
        let (line, column) = document.text().line_col(it.span.start);
        format!("{line}:{column} {} {}", it.code, it.full_message())
    };
    document.findings().iter().map(said).collect()
}
