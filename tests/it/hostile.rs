//! Texts that are made to be slow or to break: what is nested without end, what aliases blow up.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::Builder;
use std::time::Duration;

use podls::ide::{DiagramFormat, Document, WorkspaceContext};
use podls::text::{Edit, Span};

use crate::shapes;

/// Much less than any thread of podls has: depth costs no stack.
const STACK: usize = 256 * 1024;
/// More than anything here takes in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    args: ";

/// Asks a document of `text` everything that an editor asks.
#[track_caller]
fn ask(what: &str, text: String) {
    let (done, end) = channel();
    let asked = move || {
        let document = Document::new(&text, &Arc::default());
        let half = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        for at in [text.find("image").unwrap_or(0), half] {
            document.hover(at);
            document.completions(at);
            document.actions_around(Span::at(at), WorkspaceContext::default());
            document.choices(Span::at(at), WorkspaceContext::default());
            document.diagram(Some(at), DiagramFormat::Svg);
            document.edited(&Edit::insert(at, "a")).findings();
        }
        let all = Span::new(0, text.len());
        document.hints(all);
        document.symbols();
        document.folds();
        document.selections(half);
        document.pods();
        let _ = (document.fixed(true), document.reindented());
        done.send(document.findings().len()).unwrap();
    };
    let thread = Builder::new().stack_size(STACK).spawn(asked).unwrap();
    let ended = end.recv_timeout(LONGEST);
    assert!(ended.is_ok(), "{what}: {ended:?}");
    thread.join().unwrap();
}

#[test]
fn nesting_without_end() {
    const DEEP: usize = 10_000;
    for (what, text) in [
        ("open lists", "[".repeat(DEEP)),
        ("lists", format!("{}{}\n", "[".repeat(DEEP), "]".repeat(DEEP))),
        ("open maps", "{a: ".repeat(DEEP)),
        ("maps", format!("{}1{}\n", "{a: ".repeat(DEEP), "}".repeat(DEEP))),
        ("JSON", format!("{}1{}\n", "{\"spec\":".repeat(DEEP), "}".repeat(DEEP))),
        ("dashes", format!("{}x\n", "- ".repeat(DEEP))),
        ("tags", format!("{}x\n", "!a ".repeat(DEEP))),
    ] {
        ask(what, format!("{POD}{text}"));
        ask(what, format!("apiVersion: example.com/v1\nkind: Shop\nspec: {text}"));
    }
    let blocks: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    ask("blocks", blocks);
    ask("keys of keys", format!("{}x\n", "? ".repeat(300)));
}

/// Nine aliases to each of thirty lists or maps: more than anyone can count.
fn bomb(entry: impl Fn(usize) -> String) -> String {
    (0..30).map(|level| format!("x{level}: &a{level} {}\n", entry(level))).collect()
}

fn nine(level: usize, join: impl Fn(usize, String) -> String) -> String {
    let aliases = (0..9).map(|at| join(at, format!("*a{}", level - 1)));
    aliases.collect::<Vec<_>>().join(", ")
}

#[test]
fn aliases_that_blow_up() {
    let lists = bomb(|level| match level {
        0 => "[x]".to_owned(),
        _ => format!("[{}]", nine(level, |_, alias| alias)),
    });
    let maps = bomb(|level| match level {
        0 => "{x: y}".to_owned(),
        _ => format!("{{{}}}", nine(level, |at, alias| format!("k{at}: {alias}"))),
    });
    let merges = bomb(|level| match level {
        0 => "{x: y}".to_owned(),
        _ => format!("{{<<: [{}]}}", nine(level, |_, alias| alias)),
    });
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec: # podls: profile reliability\n  \
        replicas: 3\n  selector: *a29\n  template:\n    metadata:\n      labels: *a29\n    spec:\n      \
        containers:\n      - name: web\n        image: nginx:1.27\n        livenessProbe: {exec: *a29}\n        \
        readinessProbe: {exec: *a29}\n";
    for (what, bomb) in [("lists", lists), ("maps", maps), ("merges", merges)] {
        ask(what, format!("{bomb}{POD}*a29\n"));
        ask(what, format!("{bomb}{deployment}"));
        ask(what, format!("{bomb}apiVersion: example.com/v1\nkind: Shop\nspec: *a29\n"));
        let merged = POD.replace("spec:\n", "spec:\n  <<: *a29\n");
        ask(what, format!("{bomb}{merged}x\n    <<: *a29\n"));
    }
}

/// Every shape that `growth.rs` measures, too short to be slow: nothing panics, nothing overflows.
#[test]
fn odd_shapes() {
    for shape in shapes::all() {
        ask(shape.name, shape.of_size(600));
    }
}

#[test]
fn long_lists_in_one_container() {
    let entry = |at: usize| format!("    - {{name: v{at}, mountPath: /v{at}}}\n");
    let mounts: String = (0..500).map(entry).collect();
    let volumes: String = (0..500).map(|at| format!("  - name: v{at}\n")).collect();
    ask("mounts", format!("{POD}x\n    volumeMounts:\n{mounts}  volumes:\n{volumes}"));
    let unknown: String = (0..500).map(|at| format!("    k{at}: 1\n")).collect();
    ask("unknown fields", format!("{POD}x\n{unknown}"));
}
