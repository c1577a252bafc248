//! Every request of the protocol on texts that are made to be slow or to break, in threads with a small
//! stack: each is answered, and nothing panics.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Editor, capabilities};
use crate::shapes;

/// A real thread has eight times as much at least. Without optimisation, calls take several times as much.
const STACK: usize = if cfg!(debug_assertions) { 1 << 20 } else { 256 << 10 };

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n";

/// Asks everything there is about a place of a document.
fn requests(uri: &str, at: &Value, range: &Value) -> Vec<(&'static str, Value)> {
    let document = json!({"uri": uri});
    let place = json!({"textDocument": document, "position": at});
    let with = |name: &str, value: Value| {
        let mut params = place.clone();
        params[name] = value;
        params
    };
    let whole = json!({"textDocument": document, "range": range});
    let mut actions = whole.clone();
    actions["context"] = json!({"diagnostics": []});
    vec![
        ("textDocument/completion", place.clone()),
        ("textDocument/hover", place.clone()),
        ("textDocument/definition", place.clone()),
        ("textDocument/references", with("context", json!({"includeDeclaration": true}))),
        ("textDocument/documentHighlight", place.clone()),
        ("textDocument/prepareRename", place.clone()),
        ("textDocument/rename", with("newName", json!("renamed"))),
        ("textDocument/codeAction", actions),
        ("textDocument/documentSymbol", json!({"textDocument": document})),
        ("textDocument/foldingRange", json!({"textDocument": document})),
        ("textDocument/selectionRange", json!({"textDocument": document, "positions": [at]})),
        ("textDocument/inlayHint", whole),
        ("podls/diagram", place.clone()),
        ("podls/status", place.clone()),
        ("podls/patterns", place),
    ]
}

/// The place in the middle of `text`, in UTF-8.
fn middle(text: &str) -> Value {
    let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap();
    let before = &text[..half];
    let line = before.matches('\n').count();
    json!({"line": line, "character": half - before.rfind('\n').map_or(0, |at| at + 1)})
}

/// On each shape at a length of `size` bytes; an answer may take `longest` for so many bytes.
fn ask_everything(size: usize, longest: impl Fn(usize) -> Duration) {
    let mut editor = Editor::with_stack(STACK);
    editor.initialize(json!({"processId": null, "rootUri": null, "capabilities": capabilities()}));
    let mut slow = Vec::new();
    for shape in shapes::all() {
        let (name, text) = (shape.name, shape.of_size(size));
        let uri = format!("file:///nowhere/{}.yaml", name.replace(' ', "-"));
        editor.open(&uri, &text);
        editor.diagnostics(&uri, 1);
        let end = text.split('\n').count();
        let start = json!({"line": 0, "character": 0});
        let range = json!({"start": start, "end": {"line": end, "character": 0}});
        for (method, params) in requests(&uri, &middle(&text), &range) {
            let asked = Instant::now();
            let reply = editor.request(method, params);
            let code = reply["error"]["code"].as_i64();
            assert!(matches!(code, None | Some(-32602)), "{name}: {method}: {reply}");
            if asked.elapsed() > longest(text.len()) {
                slow.push(format!("{name}: {method}: {:?}", asked.elapsed()));
            }
        }
        editor.change(&uri, 2, json!([{"range": {"start": start, "end": start}, "text": "a"}]));
        editor.diagnostics(&uri, 2);
        editor.close(&uri);
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn every_request_is_answered() {
    ask_everything(400, |_| Duration::from_secs(20));
}

/// With a release build: `PODLS_THOROUGH=1 cargo test --release --test it -- requests`.
#[test]
fn every_request_on_large_texts() {
    if std::env::var_os("PODLS_THOROUGH").is_some() {
        let limit = |len: usize| {
            // Time on a clock, which other programs make longer.
            let allowed = 4 * Duration::from_millis(20 + u64::try_from(len).unwrap() / 1000);
            if cfg!(debug_assertions) { 100 * allowed } else { allowed }
        };
        ask_everything(32 << 10, limit);
    }
}

/// What editors get of a file that has a finding on each line.
#[test]
fn findings_without_end_are_not_sent() {
    let mut editor = Editor::modern();
    let uri = "file:///nowhere/keys.yaml";
    editor.open(
        uri,
        &format!("apiVersion: a\n{}b: [\n", "a: a value that is as long as most\n".repeat(2_500)),
    );
    let sent = editor.diagnostics(uri, 1);
    assert_eq!(sent.len(), 2_001);
    assert_eq!(sent.iter().filter(|it| it["severity"] == 1).count(), 1, "the error is among them");
    let last = sent.last().unwrap()["message"].as_str().unwrap();
    assert_eq!(last, "500 more findings are not shown; `podls check` lists them");
}

/// User and system time of the process in ticks of 10 ms.
#[cfg(target_os = "linux")]
fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<_> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn cancelled_requests_leave_nothing_running() {
    let mut editor = Editor::modern();
    let uri = "file:///nowhere/large.yaml";
    editor.open(uri, &format!("{POD}  - name: a\n    image: b\n---\n").repeat(2_000));
    editor.diagnostics(uri, 1);
    let params = json!({"textDocument": {"uri": uri}});
    let ids: Vec<_> =
        (0..5_000).map(|_| editor.ask("textDocument/documentSymbol", params.clone())).collect();
    for id in &ids {
        editor.notify("$/cancelRequest", json!({"id": id}));
    }
    editor.request("podls/nothing", json!({}));
    // What was under way when it was cancelled is still finished: two answers, and no more.
    let end = Instant::now() + Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 1 });
    let is_idle = || {
        let before = ticks(editor.process());
        std::thread::sleep(Duration::from_millis(200));
        ticks(editor.process()) - before <= 1
    };
    while !is_idle() {
        assert!(Instant::now() < end, "it still works");
    }
    for id in ids {
        let reply = editor.reply(&json!(id));
        assert!(reply.get("result").is_some() || reply["error"]["code"] == -32800, "{reply}");
    }
}

/// Work on a large document does not stop what is asked of a small one.
#[test]
fn small_documents_do_not_wait_for_large_ones() {
    let mut editor = Editor::modern();
    let (large, small) = ("file:///nowhere/large.yaml", "file:///nowhere/small.yaml");
    editor.open(small, &format!("{POD}  - name: a\n    image: b\n"));
    editor.diagnostics(small, 1);
    editor.open(large, &format!("{POD}  - name: a\n    image: b\n---\n").repeat(5_000));
    let params = json!({"textDocument": {"uri": large}});
    let ids: Vec<_> =
        (0..8).map(|_| editor.ask("textDocument/documentSymbol", params.clone())).collect();
    assert!(editor.at("textDocument/hover", small, 1, 1).is_object());
    let waiting = ids.iter().filter(|id| !editor.is_answered(&json!(id))).count();
    assert!(waiting >= 4, "{waiting} of 8 still wait");
}

/// A panic in the pool, on the loop or while diagnostics are looked for cannot be provoked from outside;
/// `transport.rs` and `pool.rs` test it. What can: nobody reads the log.
#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    for close in [false, true] {
        let mut editor = Editor::logging(close);
        editor.initialize(json!({"processId": null, "rootUri": null, "capabilities": {}}));
        // Far more lines than a pipe holds.
        for _ in 0..3_000 {
            editor
                .notify("textDocument/didSave", json!({"textDocument": {"uri": "x".repeat(100)}}));
        }
        editor.open("untitled:a", "a: [\n");
        editor.diagnostics("untitled:a", 1);
        assert_eq!(editor.leave(), 0);
    }
}

/// A message may say that it is longer than it is; what it holds back costs nothing.
#[cfg(target_os = "linux")]
#[test]
fn lengths_are_not_believed() {
    let mut editor = Editor::plain();
    editor.send_raw(b"Content-Length: 1000000000\r\n\r\n{}");
    std::thread::sleep(Duration::from_millis(100));
    let status = std::fs::read_to_string(format!("/proc/{}/status", editor.process())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kib < 60_000, "{kib} KiB");
}

/// Memory goes back when a large file is closed.
#[cfg(target_os = "linux")]
#[test]
fn closing_a_large_file_frees_its_memory() {
    let mut editor = Editor::plain();
    let kib = |editor: &Editor| -> u64 {
        let file = format!("/proc/{}/status", editor.process());
        let status = std::fs::read_to_string(file).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let uri = "file:///nowhere/large.yaml";
    let text = format!("---\n{POD}  - name: a\n    image: b\n").repeat(10_000);
    editor.open("untitled:a", POD);
    editor.diagnostics("untitled:a", 1);
    let before = kib(&editor);
    editor.open(uri, &text);
    editor.diagnostics(uri, 1);
    let open = kib(&editor);
    editor.close(uri);
    let end = Instant::now() + Duration::from_secs(10);
    let mut closed = kib(&editor);
    while closed - before > (open - before) / 3 + (8 << 10) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(50));
        closed = kib(&editor);
    }
    let kept = (open - before) / 3 + (8 << 10);
    assert!(closed - before <= kept, "{before}, {open}, {closed} KiB");
    // The allocator keeps some of what long answers took, so these have a limit.
    editor.open(uri, &text);
    for method in ["textDocument/documentSymbol", "textDocument/foldingRange"] {
        editor.request(method, json!({"textDocument": {"uri": uri}}));
    }
    editor.close(uri);
    assert!(kib(&editor) < 200 << 10, "{} KiB", kib(&editor));
}
