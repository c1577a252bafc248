//! Pictures of pods: those of our own manifests stand in `tests/diagrams`; `UPDATE_EXPECT=1` writes
//! them anew. They were looked at when they were last written.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use expect_test::expect_file;
use podls::config::Settings;
use podls::ide::{DiagramFormat, Document};
use serde_json::{Value, json};

use crate::cli::{Folder, check_code, stderr, stdout};
use crate::client::Editor;

const FORMATS: [(DiagramFormat, &str); 3] =
    [(DiagramFormat::Svg, "svg"), (DiagramFormat::Mermaid, "mmd"), (DiagramFormat::Text, "txt")];

fn document(text: &str) -> Document {
    Document::new(text, &Arc::new(Settings::default()))
}

fn tests() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

#[test]
fn pictures_are_as_they_were() {
    for name in ["simple-webapp", "myapp-pod", "adapter", "ambassador", "sidecar-init"] {
        let path = tests().join(format!("manifests/{name}.yaml"));
        let document = document(&fs::read_to_string(path).unwrap());
        for (format, extension) in FORMATS {
            let found = document.diagram(None, format).unwrap();
            let path = tests().join(format!("diagrams/{name}.{extension}"));
            expect_file![path].assert_eq(&found.content);
            // The README shows this one.
            if (name, extension) == ("sidecar-init", "svg") {
                let path = tests().join("../editors/images/diagram.svg");
                expect_file![path].assert_eq(&found.content);
            }
        }
    }
}

/// The pictures of all our manifests: as wide as they may be, and with tags that close.
#[test]
fn pictures_are_well_formed() {
    let mut pods = 0;
    for entry in fs::read_dir(tests().join("manifests/valid")).unwrap() {
        let document = document(&fs::read_to_string(entry.unwrap().path()).unwrap());
        for text in document.diagrams(DiagramFormat::Text) {
            let longest = text.content.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(80), "{}", text.content);
            pods += 1;
        }
        for svg in document.diagrams(DiagramFormat::Svg) {
            check_tags(&svg.content);
        }
    }
    assert!(pods >= 40, "only {pods}");
}

/// Whether every tag of an SVG is closed by its own kind, and no text has a bare sign in it.
#[track_caller]
fn check_tags(svg: &str) {
    let mut open = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>') || open.last() == Some(&"style"), "{part}");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match tag {
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{part}"),
            _ if tag.ends_with('/') => {}
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn names_are_escaped() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: '<a>&\"b\"'}\nspec:\n  containers:\n  - name: '</svg>'\n    image: '\"#;'\n";
    let document = document(text);
    check_tags(&document.diagram(None, DiagramFormat::Svg).unwrap().content);
    let mermaid = document.diagram(None, DiagramFormat::Mermaid).unwrap().content;
    assert!(mermaid.contains("‹/svg›"), "{mermaid}");
}

const TWO: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n  containers:\n  - name: a\n---\napiVersion: v1\nkind: ConfigMap\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: two}\nspec:\n  template:\n    spec:\n      containers:\n      - name: b\n        image: nginx\n";

#[test]
fn the_command_line_draws() {
    let folder = Folder::new("graph", &[("pod.yaml", TWO.as_bytes()), ("none.yaml", b"a: b\n")]);
    let output = folder.podls(&["graph", "pod.yaml"]);
    check_code(&output, 0);
    assert!(stdout(&output).starts_with("Pod one "), "{}", stdout(&output));
    assert!(stdout(&output).contains("\nDeployment two "), "{}", stdout(&output));

    let output = folder.podls(&["graph", "pod.yaml", "--format", "svg"]);
    check_code(&output, 0);
    assert!(stdout(&output).starts_with("<svg "), "{}", stdout(&output));
    assert!(stderr(&output).contains("1 more"), "{}", stderr(&output));

    let output = folder.podls(&["graph", "pod.yaml", "--format", "mermaid", "--name", "two"]);
    check_code(&output, 0);
    assert!(stdout(&output).starts_with("flowchart LR\n  accTitle: Deployment two\n"));
    assert_eq!(stderr(&output), "");

    for arguments in
        [["none.yaml"].as_slice(), &["pod.yaml", "--name", "x"], &["gone.yaml"], &["."]]
    {
        let output = folder.podls(&[&["graph"], arguments].concat());
        check_code(&output, 2);
        assert!(stderr(&output).starts_with("podls: "), "{}", stderr(&output));
    }
}

const URI: &str = "file:///manifests/two.yaml";

fn ask(editor: &mut Editor, method: &str, more: Value) -> Value {
    let mut params = json!({"textDocument": {"uri": URI}});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    editor.request(method, params)["result"].clone()
}

fn at(line: u32) -> Value {
    json!({"position": {"line": line, "character": 0}})
}

#[test]
fn editors_get_pictures() {
    let mut editor = Editor::modern();
    editor.open(URI, TWO);
    let first = ask(&mut editor, "podls/diagram", json!({}));
    assert_eq!((&first["title"], &first["format"]), (&json!("Pod one"), &json!("svg")));
    assert!(first["content"].as_str().unwrap().starts_with("<svg "));
    let mut params = at(14);
    params["format"] = json!("text");
    let second = ask(&mut editor, "podls/diagram", params);
    assert_eq!((&second["title"], &second["format"]), (&json!("Deployment two"), &json!("text")));
    assert_eq!(ask(&mut editor, "podls/diagram", at(8)), Value::Null);
    editor.open("file:///manifests/other.yaml", "a: b\n");
    let other = json!({"textDocument": {"uri": "file:///manifests/other.yaml"}});
    assert_eq!(editor.request("podls/diagram", other)["result"], Value::Null);
}

#[test]
fn editors_get_the_status() {
    let mut editor = Editor::modern();
    editor.open(URI, TWO);
    let status = ask(&mut editor, "podls/status", at(14));
    let expected = json!({"kind": "Deployment", "name": "two"});
    assert_eq!(json!({"kind": status["kind"], "name": status["name"]}), expected);
    assert!(status["kubernetesVersion"].as_str().unwrap().starts_with("1."), "{status}");
    // It has no selector, nor labels.
    assert!(status["errors"].as_u64().unwrap() >= 1, "{status}");
    assert!(status["warnings"].is_u64() && status["hints"].is_u64(), "{status}");
    assert_eq!(ask(&mut editor, "podls/status", at(8))["kind"], "ConfigMap");
    assert_eq!(ask(&mut editor, "podls/status", json!({}))["name"], "one");
    let gone = json!({"textDocument": {"uri": "file:///gone.yaml"}});
    assert_eq!(editor.request("podls/status", gone)["result"], Value::Null);
}
