//! What a user sees while writing a manifest, through the real server and the real command line.

use serde_json::{Value, json};

use crate::cli::{Folder, check_code, stdout};
use crate::client::{Editor, capabilities};

const URI: &str = "file:///manifests/pod.yaml";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: wait
    image: busybox:1.36
  containers:
  - name: app
    image: nginx:1.27
";

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({
        "start": {"line": line, "character": start}, "end": {"line": line, "character": end}
    })
}

/// The only diagnostic with `code`.
#[track_caller]
fn one<'a>(diagnostics: &'a [Value], code: &str) -> &'a Value {
    let found: Vec<_> = diagnostics.iter().filter(|it| it["code"] == code).collect();
    assert_eq!(found.len(), 1, "{code}: {diagnostics:?}");
    found[0]
}

fn actions(editor: &mut Editor, range: &Value, context: Value) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    let reply = editor.request("textDocument/codeAction", params);
    reply["result"].as_array().unwrap().clone()
}

/// The text after the edits of an action. Its lines must hold ASCII only.
fn applied(text: &str, action: &Value) -> String {
    let edits = match &action["edit"]["documentChanges"] {
        Value::Null => &action["edit"]["changes"][URI],
        changes => &changes[0]["edits"],
    };
    let offset = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        before + position["character"].as_u64().unwrap() as usize
    };
    let mut edits: Vec<_> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| offset(&edit["range"]["start"]));
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        let span = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        out.replace_range(span, edit["newText"].as_str().unwrap());
    }
    out
}

fn is_error(diagnostic: &Value) -> bool {
    diagnostic["severity"] == 1
}

#[test]
fn faults_are_told_where_they_are() {
    let mut editor = Editor::modern();
    let text = POD.replace("    image: nginx", "    imagePolicy: Always\r\n    image: nginx");
    editor.open(URI, &text);
    let diagnostics = editor.diagnostics(URI, 1);
    let unknown = one(&diagnostics, "unknown-field");
    assert_eq!(unknown["range"], range(10, 4, 15));
    assert_eq!(unknown["severity"], 1);
    assert_eq!(unknown["source"], "podls");
    assert_eq!(unknown["data"]["path"], "spec.containers[0].imagePolicy");

    editor.open(URI, &POD.replace("  - name: app\n    image", "  - image"));
    let diagnostics = editor.diagnostics(URI, 1);
    assert_eq!(one(&diagnostics, "required-field")["range"]["start"]["line"], 9);

    editor.open(URI, &format!("{POD}    args: [a, b\n"));
    let diagnostics = editor.diagnostics(URI, 1);
    assert_eq!(one(&diagnostics, "yaml-syntax")["range"]["start"]["line"], 11);
}

#[test]
fn a_mount_of_no_volume_is_told() {
    let mut editor = Editor::modern();
    editor.open(URI, &format!("{POD}    volumeMounts:\n    - name: data\n      mountPath: /a\n"));
    let diagnostics = editor.diagnostics(URI, 1);
    assert_eq!(one(&diagnostics, "volume-not-found")["range"], range(12, 12, 16));
}

#[test]
fn places_count_in_the_encoding_of_the_editor() {
    let text = POD.replace("image: nginx:1.27", "{é: 1}").replace(
        "  - name: app\n    {é: 1}",
        "  - {name: app, args: [\"é日😀\"], imagePolicy: x, image: nginx}",
    );
    for (encoding, start) in [("utf-8", 37), ("utf-16", 32), ("utf-32", 31)] {
        let mut editor = Editor::with(json!({"general": {"positionEncodings": [encoding]}}));
        editor.open(URI, &text);
        let diagnostics = editor.diagnostics(URI, 1);
        let unknown = one(&diagnostics, "unknown-field");
        assert_eq!(unknown["range"], range(9, start, start + 11), "{encoding}");
        // Typing behind the wide characters hits the same place.
        let fixed = range(9, start, start + 11);
        editor.change(URI, 2, json!([{"range": fixed, "text": "imagePullPolicy"}]));
        let diagnostics = editor.diagnostics(URI, 2);
        assert!(diagnostics.iter().all(|it| it["code"] != "unknown-field"), "{diagnostics:?}");
    }
}

#[test]
fn diagnostics_follow_the_typing() {
    let mut editor = Editor::modern();
    editor.open(URI, POD);
    assert!(!editor.diagnostics(URI, 1).iter().any(is_error));
    let line = 11;
    let mut text = String::new();
    for (at, char) in "    tty: true".chars().enumerate() {
        text.push(char);
        let version = 2 + at as i32;
        let place = range(line, at as u32, at as u32);
        editor.change(URI, version, json!([{"range": place, "text": char.to_string()}]));
        editor.diagnostics(URI, version);
    }
    let last = 1 + text.len() as i32;
    editor.change(URI, last + 1, json!([{"range": range(line, 4, 5), "text": "x"}]));
    let diagnostics = editor.diagnostics(URI, last + 1);
    assert_eq!(one(&diagnostics, "unknown-field")["range"], range(line, 4, 7));
    editor.change(URI, last + 2, json!([{"range": range(line, 4, 5), "text": "t"}]));
    assert!(!editor.diagnostics(URI, last + 2).iter().any(is_error));
}

#[test]
fn an_init_container_may_become_a_sidecar() {
    let mut editor = Editor::modern();
    editor.open(URI, &POD.replace("busybox:1.36\n", "busybox:1.36\n    \n"));
    let items = editor.at("textDocument/completion", URI, 8, 4)["items"].clone();
    let items = items.as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "restartPolicy").unwrap();
    assert_eq!(item["textEdit"]["range"], range(8, 4, 4));
    assert_eq!(item["insertTextFormat"], 2);
    assert!(!items.iter().any(|item| item["label"] == "image"), "it is there already");
    let resolved = editor.request("completionItem/resolve", item.clone());
    let docs = &resolved["result"]["documentation"];
    assert_eq!(docs["kind"], "markdown");
    assert!(docs["value"].as_str().unwrap().len() > 50, "{docs}");
}

#[test]
fn an_editor_without_snippets_gets_plain_text() {
    let mut editor = Editor::plain();
    editor.open(URI, &POD.replace("busybox:1.36\n", "busybox:1.36\n    \n"));
    let items = editor.at("textDocument/completion", URI, 8, 4)["items"].clone();
    let mut lines = 0;
    for item in items.as_array().unwrap() {
        let text = item["textEdit"]["newText"].as_str().unwrap();
        assert!(!text.contains('$'), "{text}");
        assert_eq!(item.get("insertTextFormat"), None);
        // What goes into other lines stands where it belongs.
        assert!(text.lines().skip(1).all(|line| line.starts_with("    ")), "{text}");
        lines += text.lines().count();
    }
    assert!(lines > 20);
}

#[test]
fn hovers_are_as_the_editor_shows_them() {
    for (format, bold) in [("markdown", true), ("plaintext", false)] {
        let mut capabilities = capabilities();
        capabilities["textDocument"]["hover"]["contentFormat"] = json!([format]);
        let mut editor = Editor::with(capabilities);
        editor.open(URI, POD);
        let hover = editor.at("textDocument/hover", URI, 10, 6);
        assert_eq!(hover["contents"]["kind"], format);
        assert_eq!(hover["range"], range(10, 4, 9));
        let text = hover["contents"]["value"].as_str().unwrap();
        assert_eq!(text.contains("**"), bold, "{text}");
        assert_eq!(editor.at("textDocument/hover", URI, 99, 0), Value::Null);
    }
}

#[test]
fn a_sidecar_can_be_added() {
    for editor in [Editor::modern(), Editor::plain()] {
        let mut editor = editor;
        editor.open(URI, POD);
        let offers = actions(&mut editor, &range(9, 4, 4), json!({"diagnostics": []}));
        let title = |offer: &Value| offer["title"].as_str().unwrap().to_owned();
        let offer = offers.iter().find(|it| title(it).starts_with("Add sidecar")).unwrap();
        assert!(offer["kind"].as_str().unwrap().starts_with("refactor"));
        let text = applied(POD, offer);
        assert!(text.contains("    restartPolicy: Always\n"), "{text}");
        assert!(text.find("restartPolicy: Always") < text.find("  containers:"), "{text}");
        editor.change(URI, 2, json!([{"text": text}]));
        let diagnostics = editor.diagnostics(URI, 2);
        assert!(!diagnostics.iter().any(is_error), "{diagnostics:?}");
        // Only kinds that are asked for come back.
        let only = |kind| json!({"diagnostics": [], "only": [kind]});
        assert!(actions(&mut editor, &range(9, 4, 4), only("source.organizeImports")).is_empty());
        assert!(!actions(&mut editor, &range(9, 4, 4), only("refactor")).is_empty());
    }
}

#[test]
fn a_fix_removes_its_fault() {
    let mut editor = Editor::modern();
    let text = format!("{POD}    imagePulPolicy: Always\n");
    editor.open(URI, &text);
    let diagnostics = editor.diagnostics(URI, 1);
    let fault = one(&diagnostics, "unknown-field");
    let context = json!({"diagnostics": [fault], "only": ["quickfix"]});
    let offers = actions(&mut editor, &range(11, 6, 6), context);
    let offer = offers.iter().find(|it| it["diagnostics"][0] == *fault).unwrap();
    assert_eq!(offer["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert_eq!(applied(&text, offer), format!("{POD}    imagePullPolicy: Always\n"));
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    for offer in actions(&mut editor, &range(0, 0, 0), context) {
        assert_eq!(offer["kind"], "source.fixAll.podls");
    }
}

#[test]
fn the_outline_is_a_tree_or_a_list() {
    let ask = |editor: &mut Editor| {
        editor.open(URI, POD);
        let params = json!({"textDocument": {"uri": URI}});
        editor.request("textDocument/documentSymbol", params)["result"].clone()
    };
    let tree = ask(&mut Editor::modern());
    assert_eq!(tree[0]["name"], "Pod web");
    assert_eq!(tree[0]["children"][0]["children"][0]["name"], "wait");
    let list = ask(&mut Editor::plain());
    let names: Vec<_> = list.as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["Pod web", "initContainers", "wait", "containers", "app"]);
    assert_eq!(list[2]["containerName"], "initContainers");
}

#[test]
fn whole_lines_can_be_folded() {
    let mut editor = Editor::plain();
    editor.open(URI, &format!("{POD}---\nkind: Other\n"));
    let params = json!({"textDocument": {"uri": URI}});
    let folds = editor.request("textDocument/foldingRange", params)["result"].clone();
    let lines: Vec<_> = folds.as_array().unwrap().iter().map(|it| &it["startLine"]).collect();
    assert!(lines.contains(&&json!(4)), "{folds}");
    for fold in folds.as_array().unwrap() {
        assert!(fold["endLine"].as_u64().unwrap() > fold["startLine"].as_u64().unwrap());
        assert!(fold["endLine"].as_u64().unwrap() <= 12, "{fold}");
    }
}

#[test]
fn settings_choose_what_is_told() {
    let text = format!("{POD}    imagePolicy: Always\n");
    let mut editor = Editor::spawn();
    let options = json!({"rules": {"unknown-field": "off"}});
    editor.initialize(json!({
        "processId": null, "rootUri": null, "capabilities": {}, "initializationOptions": options
    }));
    editor.open(URI, &text);
    assert!(editor.diagnostics(URI, 1).iter().all(|it| it["code"] != "unknown-field"));
    let settings = json!({"settings": {"podls": {"rules": {"unknown-field": "hint"}}}});
    editor.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(one(&editor.diagnostics(URI, 1), "unknown-field")["severity"], 4);
}

#[test]
fn of_a_large_document_the_newest_diagnostics_come() {
    let mut editor = Editor::modern();
    let text = format!("{POD}    args:\n{}", "    - abcdefghijklmnopqrstuvwxyz\n".repeat(8_000));
    editor.open(URI, &text);
    let end = 8_012;
    for version in 2..=20 {
        let insert = json!([{"range": range(end, 0, 0), "text": "#"}]);
        editor.change(URI, version, insert);
    }
    let fault = json!([{"range": range(end, 0, 19), "text": "    imagePolicy: x\n"}]);
    editor.change(URI, 21, fault);
    // A request meanwhile is answered from the newest text.
    let hover = editor.at("textDocument/hover", URI, 10, 6);
    assert_eq!(hover["range"], range(10, 4, 9));
    assert_eq!(one(&editor.diagnostics(URI, 21), "unknown-field")["range"], range(end, 4, 15));
    assert!(!editor.was_sent("$/progress"));
}

#[test]
fn check_tells_people_and_programs() {
    let faulty = format!("{POD}    imagination: \"é\"\n");
    let files = [("a.yaml", POD.as_bytes()), ("sub/b.yaml", faulty.as_bytes())];
    let folder = Folder::new("faults", &files);
    let output = folder.podls(&["check", "--format", "json"]);
    check_code(&output, 1);
    let findings: Value = serde_json::from_str(stdout(&output)).unwrap();
    let mut unknown = one(findings.as_array().unwrap(), "unknown-field").clone();
    assert!(unknown["message"].as_str().unwrap().contains("`imagination`"));
    unknown["message"].take();
    let expected = json!({
        "file": if cfg!(windows) { "sub\\b.yaml" } else { "sub/b.yaml" },
        "line": 12, "column": 5, "endLine": 12, "endColumn": 16, "code": "unknown-field",
        "severity": "error", "message": null, "path": "spec.containers[0].imagination"
    });
    assert_eq!(unknown, expected);

    let output = folder.podls(&["check", "sub", "a.yaml"]);
    check_code(&output, 1);
    let text = stdout(&output);
    assert!(text.contains("12 |     imagination: \"é\"\n   |     ^^^^^^^^^^^\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours in a pipe: {text}");
    let output = folder.podls(&["check", "--color", "always", "sub"]);
    assert!(stdout(&output).contains("\u{1b}["));
    check_code(&folder.podls(&["check", "a.yaml"]), 0);
}
