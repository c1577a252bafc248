//! Definitions, references, highlights and renames as an editor asks for them.

use serde_json::{Value, json};

use crate::cli::Folder;
use crate::client::Editor;

const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: é😀
    volumeMounts: [{name: data, mountPath: /d}]
    envFrom: [{configMapRef: {name: cfg}}]
  volumes:
  - name: data
";
const CONFIG: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cfg\ndata: {a: b}\n";

/// A folder with both, and where they are.
fn folder(name: &str) -> (Folder, String, String) {
    let files = [("config.yaml", CONFIG.as_bytes()), ("pod.yaml", POD.as_bytes())];
    let folder = Folder::new(&format!("naming-{name}"), &files);
    let uri = |name: &str| format!("file://{}", folder.path().join(name).display());
    let (config, pod) = (uri("config.yaml"), uri("pod.yaml"));
    (folder, config, pod)
}

/// `file:line` of each location.
fn places(found: &Value) -> Vec<String> {
    let place = |it: &Value| {
        let file = it["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        format!("{file}:{}", it["range"]["start"]["line"])
    };
    found.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn a_config_map_is_found_beside_the_pod() {
    let (_folder, _, pod) = folder("beside");
    let mut editor = Editor::modern();
    editor.open(&pod, POD);
    let found = editor.at("textDocument/definition", &pod, 7, 36);
    assert_eq!(places(&found), ["config.yaml:3"]);
    let params = |with: bool| {
        json!({
            "textDocument": {"uri": pod}, "position": {"line": 7, "character": 36},
            "context": {"includeDeclaration": with}
        })
    };
    let found = editor.request("textDocument/references", params(true));
    assert_eq!(places(&found["result"]), ["pod.yaml:7", "config.yaml:3"]);
    let found = editor.request("textDocument/references", params(false));
    assert_eq!(places(&found["result"]), ["pod.yaml:7"]);
    assert_eq!(editor.at("textDocument/definition", &pod, 1, 2), Value::Null);
}

#[test]
fn a_rename_reaches_the_other_file() {
    let (_folder, config, pod) = folder("rename");
    let mut editor = Editor::modern();
    editor.open(&pod, POD);
    let rename = |editor: &mut Editor, line: u32, character: u32, name: &str| {
        let position = json!({"line": line, "character": character});
        let params = json!({"textDocument": {"uri": pod}, "position": position, "newName": name});
        editor.request("textDocument/rename", params)
    };
    let done = rename(&mut editor, 7, 36, "settings");
    let changes = &done["result"]["documentChanges"];
    assert_eq!(changes[0]["textDocument"], json!({"uri": pod, "version": 1}));
    assert_eq!(changes[0]["edits"][0]["newText"], "settings");
    assert_eq!(changes[1]["textDocument"], json!({"uri": config, "version": null}));
    assert_eq!(changes[1]["edits"][0]["range"]["start"], json!({"line": 3, "character": 8}));
    let refused = rename(&mut editor, 7, 36, "Settings");
    assert_eq!(refused["error"]["message"], "`Settings` has upper-case letters");
    assert_eq!(refused["error"]["code"], -32602);
    assert!(rename(&mut editor, 0, 2, "x")["error"]["message"].is_string());
}

#[test]
fn names_are_marked_and_offered_for_a_rename() {
    let mut editor = Editor::plain();
    let uri = "file:///pod.yaml";
    editor.open(uri, POD);
    let marked = editor.at("textDocument/documentHighlight", uri, 6, 27);
    let lines: Vec<_> = marked.as_array().unwrap().iter().map(|it| &it["range"]["start"]).collect();
    let at = |line: u32, character: u32| json!({"line": line, "character": character});
    assert_eq!(lines, [&at(6, 26), &at(9, 10)]);
    assert_eq!(marked[1]["kind"], 3);
    // Characters are counted as the editor counts them.
    let range = editor.at("textDocument/prepareRename", uri, 5, 12);
    assert_eq!(range["range"], json!({"start": at(5, 10), "end": at(5, 13)}));
    assert_eq!(range["placeholder"], "é😀");
    assert_eq!(editor.at("textDocument/prepareRename", uri, 0, 3), Value::Null);
}

/// A Service in another file leads to a port by its name.
#[test]
fn a_port_is_renamed_in_the_services_of_other_files() {
    let web = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - name: a\n    ports: [{name: http, containerPort: 80}]\n";
    let service = |app: &str| {
        format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\nspec:\n  selector: {{app: {app}}}\n  ports: [{{port: 80, targetPort: http}}]\n"
        )
    };
    let (own, other) = (service("web"), service("db"));
    let files = [
        ("web.yaml", web.as_bytes()),
        ("own.yaml", own.as_bytes()),
        ("other.yaml", other.as_bytes()),
    ];
    let folder = Folder::new("naming-port", &files);
    let uri = |name: &str| format!("file://{}", folder.path().join(name).display());
    let mut editor = Editor::modern();
    editor.open(&uri("web.yaml"), web);
    let position = json!({"line": 6, "character": 20});
    let params =
        json!({"textDocument": {"uri": uri("web.yaml")}, "position": position, "newName": "main"});
    let done = editor.request("textDocument/rename", params);
    let changes = done["result"]["documentChanges"].as_array().unwrap();
    let changed: Vec<_> =
        changes.iter().map(|it| it["textDocument"]["uri"].as_str().unwrap()).collect();
    assert_eq!(changed, [uri("web.yaml"), uri("own.yaml")]);
    assert_eq!(changes[1]["edits"][0]["range"]["start"], json!({"line": 5, "character": 33}));
}
