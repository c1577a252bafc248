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
    assert_eq!(refused["error"]["message"], "`Settings` contains upper-case letters");
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

/// The labels of what is offered at the `$0` of `text`.
fn offered(editor: &mut Editor, uri: &str, text: &str) -> Vec<String> {
    let at = text.find("$0").unwrap();
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
    editor.open(uri, &text.replace("$0", ""));
    let (line, column) = (line.try_into().unwrap(), column.try_into().unwrap());
    let found = editor.at("textDocument/completion", uri, line, column);
    let items = found["items"].as_array().unwrap();
    items.iter().map(|it| it["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_files_beside_make_is_offered() {
    let pod = |text: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n  - name: a\n    {text}\n"
        )
    };
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: token}\nstringData: {key: x}\n";
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk}\n";
    let files = [("config.yaml", CONFIG), ("secret.yaml", secret), ("claim.yml", claim)];
    let files = files.map(|(name, text)| (name, text.as_bytes()));
    let folder = Folder::new("naming-offered", &files);
    let mut editor = Editor::modern();
    for (number, (text, expected)) in [
        ("envFrom: [{configMapRef: {name: $0}}]", "cfg"),
        ("env: [{name: A, valueFrom: {configMapKeyRef: {name: cfg, key: $0}}}]", "a"),
        ("env: [{name: A, valueFrom: {secretKeyRef: {name: token, key: $0}}}]", "key"),
        ("envFrom: [{secretRef: {name: $0}}]", "token"),
        ("image: x\n  volumes: [{persistentVolumeClaim: {claimName: $0}}]", "disk"),
        ("image: x\n  volumes: [{secret: {secretName: $0}}]", "token"),
    ]
    .into_iter()
    .enumerate()
    {
        let uri = format!("file://{}/pod-{number}.yaml", folder.path().display());
        assert_eq!(offered(&mut editor, &uri, &pod(text)), [expected], "{text}");
    }
    // What the editor shows of a file counts, and not what is on the disk.
    editor.open(&format!("file://{}/config.yaml", folder.path().display()), "# empty\n");
    let uri = format!("file://{}/pod-9.yaml", folder.path().display());
    assert!(offered(&mut editor, &uri, &pod("envFrom: [{configMapRef: {name: $0}}]")).is_empty());
}

#[test]
fn a_patch_is_offered_the_containers_of_its_base() {
    let web = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - name: ";
    let base = format!("{web}app\n      - name: proxy\n      initContainers: [{{name: setup}}]\n");
    let other = web.replace("name: web", "name: api") + "none\n";
    let files = [
        (".git/HEAD", ""),
        ("base/kustomization.yaml", "resources: [web.yaml, api.yaml]\n"),
        ("base/web.yaml", &*base),
        ("base/api.yaml", &*other),
        (
            "overlays/prod/kustomization.yaml",
            "resources: [../../base]\npatches: [{path: web.yaml}]\n",
        ),
    ];
    let folder = Folder::new("naming-base", &files.map(|(name, text)| (name, text.as_bytes())));
    let uri = format!("file://{}/overlays/prod/web.yaml", folder.path().display());
    let mut editor = Editor::modern();
    assert_eq!(offered(&mut editor, &uri, &format!("{web}$0\n")), ["app", "proxy"]);
    let second = format!("{web}app\n      - name: $0\n");
    let uri = uri.replace("web.yaml", "second.yaml");
    assert_eq!(offered(&mut editor, &uri, &second), ["proxy"]);
}
