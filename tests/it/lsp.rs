//! The language server as an editor sees it: how it starts and ends, what it makes of messages that
//! are not as they should be, and what it says without being asked.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Editor, PODLS, capabilities};

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: nginx:1.27\n";
const URI: &str = "file:///manifests/pod.yaml";

fn code(reply: &Value) -> i64 {
    reply["error"]["code"].as_i64().unwrap()
}

// How it starts and ends.

#[test]
fn leaving_in_order_is_exit_code_0() {
    let editor = Editor::modern();
    assert_eq!(editor.server["serverInfo"]["name"], "podls");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn leaving_without_shutdown_is_exit_code_1() {
    let mut editor = Editor::modern();
    editor.notify("exit", Value::Null);
    assert_eq!(editor.exit_code(), 1);
}

#[test]
fn it_ends_with_its_input() {
    let mut editor = Editor::modern();
    editor.open(URI, &POD.repeat(5_000));
    editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    editor.close_input();
    assert_eq!(editor.exit_code(), 1);

    let mut editor = Editor::modern();
    editor.request("shutdown", Value::Null);
    editor.close_input();
    assert_eq!(editor.exit_code(), 0);
}

#[test]
fn it_ends_when_nobody_reads_its_output() {
    let mut command = Command::new(PODLS);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = pipes.spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"x"}"#;
    let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    std::io::Write::write_all(&mut input, message.as_bytes()).unwrap();
    // The input stays open.
    assert_eq!(child.wait().unwrap().code(), Some(1));
    drop(input);
}

#[cfg(target_os = "linux")]
#[test]
fn it_ends_when_the_process_of_the_editor_does() {
    let mut process = Command::new("sleep").arg("100").spawn().unwrap();
    let mut editor = Editor::spawn();
    editor.initialize(json!({"processId": process.id(), "rootUri": null, "capabilities": {}}));
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(editor.exit_code(), 1);
}

#[test]
fn a_process_that_it_cannot_see_is_not_missed() {
    let mut editor = Editor::spawn();
    editor.initialize(json!({"processId": 4_000_000_000_u32, "rootUri": null, "capabilities": {}}));
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn arguments_that_editors_add_are_taken() {
    for arguments in [["--stdio"].as_slice(), &["serve", "--stdio"], &["--clientProcessId=1"]] {
        let mut command = Command::new(PODLS);
        let status = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn requests_out_of_season_are_refused() {
    let mut editor = Editor::spawn();
    let params = json!({"textDocument": {"uri": URI}});
    assert_eq!(code(&editor.request("textDocument/documentSymbol", params.clone())), -32002);
    editor.initialize(json!({"processId": null, "rootUri": null, "capabilities": {}}));
    let again = json!({"processId": null, "rootUri": null, "capabilities": {}});
    assert_eq!(code(&editor.request("initialize", again)), -32600);
    editor.request("shutdown", Value::Null);
    assert_eq!(code(&editor.request("textDocument/documentSymbol", params)), -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.exit_code(), 0);
    assert!(editor.is_silent());
}

// Messages that are not as they should be.

#[test]
fn bad_frames_are_answered_and_survived() {
    let mut editor = Editor::plain();
    for (bytes, expected) in [
        (b"Content-Length: 3\r\n\r\n{{{".as_slice(), -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 0\r\n\r\n", -32700),
        (b"Content-Length: abc\r\n\r\n", -32700),
        (b"Content-Length: 99999999999999\r\n\r\n", -32700),
        (b"hello\r\n\r\n", -32700),
        (b"Content-Length: 23\r\n\r\n{\"id\":5,\"method\":\"foo\"}", -32600),
    ] {
        editor.send_raw(bytes);
        assert_eq!(code(&editor.reply(&Value::Null)), expected);
        assert_eq!(code(&editor.request("podls/nothing", json!({}))), -32601);
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn headers_may_be_written_in_many_ways() {
    let mut editor = Editor::plain();
    let body = r#"{"jsonrpc":"2.0","id":"a","method":"x"}"#;
    let length = body.len();
    for header in [
        format!("content-length: {length}\r\n\r\n"),
        format!("Content-Length: {length}\n\n"),
        format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n"),
        format!("Content-Type: x; charset=\"utf-8\"\r\nX: 1\r\nContent-Length:{length}\r\n\r\n"),
    ] {
        editor.send_raw(format!("{header}{body}").as_bytes());
        assert_eq!(code(&editor.reply(&json!("a"))), -32601, "{header}");
    }
}

#[test]
fn a_message_may_come_in_pieces() {
    let mut editor = Editor::plain();
    let body = r#"{"jsonrpc":"2.0","id":7,"method":"é"}"#;
    for byte in format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes() {
        editor.send_raw(&[byte]);
    }
    assert_eq!(code(&editor.reply(&json!(7))), -32601);
}

#[test]
fn unknown_methods_and_bad_parameters_are_refused() {
    let mut editor = Editor::plain();
    assert_eq!(code(&editor.request("podls/nothing", json!({}))), -32601);
    assert_eq!(code(&editor.request("$/nothing", json!({}))), -32601);
    assert_eq!(code(&editor.request("textDocument/hover", json!({"a": 1}))), -32602);
    editor.notify("$/nothing", json!({}));
    editor.notify("podls/nothing", json!([1]));
    editor.notify("textDocument/didOpen", json!({"a": 1}));
    editor.notify("$/cancelRequest", json!({"id": 12345}));
    editor.send(&json!({"jsonrpc": "2.0", "id": 99, "result": null}));
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn half_a_character_is_survived() {
    let mut editor = Editor::plain();
    editor.open(URI, POD);
    let change = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":
        {"uri":"file:///manifests/pod.yaml","version":2},"contentChanges":[{"text":"a: \ud83d\n"}]}}"#;
    editor.send_body(change.as_bytes());
    editor.diagnostics(URI, 2);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn every_cancelled_request_is_answered() {
    let mut editor = Editor::plain();
    editor.open(URI, &format!("{POD}---\n").repeat(5_000));
    let params = json!({"textDocument": {"uri": URI}});
    let ids: Vec<_> =
        (0..10).map(|_| editor.ask("textDocument/documentSymbol", params.clone())).collect();
    for id in &ids {
        editor.notify("$/cancelRequest", json!({"id": id}));
    }
    for id in ids {
        let reply = editor.reply(&json!(id));
        assert!(reply.get("result").is_some() || code(&reply) == -32800, "{reply}");
    }
}

#[test]
fn an_editor_that_does_not_read_is_read_from() {
    let mut editor = Editor::deaf();
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let start = editor.ask("initialize", params);
    let text = "# 0123456789\n".repeat(500);
    editor.open(URI, &text);
    // Far more than the pipes hold, both ways.
    for version in 2..2_000 {
        editor.change(URI, version, json!([{"text": format!("{text}# {version}\n")}]));
        editor.ask("podls/nothing", json!({}));
    }
    editor.listen();
    editor.reply(&json!(start));
    editor.diagnostics(URI, 1_999);
    assert_eq!(editor.leave(), 0);
}

// Documents.

#[test]
fn diagnostics_name_the_version_and_come_in_order() {
    let mut editor = Editor::plain();
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
    for version in 2..=500 {
        let start = json!({"line": 0, "character": 0});
        let range = json!({"start": start, "end": start});
        editor.change(URI, version, json!([{"range": range, "text": "#\n"}]));
    }
    let mut last = 1;
    while last < 500 {
        let sent = editor.sent("textDocument/publishDiagnostics");
        let version = sent["params"]["version"].as_i64().unwrap();
        assert!(version > last, "{version} after {last}");
        last = version;
    }
}

#[test]
fn closing_clears_the_diagnostics() {
    let mut editor = Editor::plain();
    editor.open(URI, "a: [\n");
    editor.diagnostics(URI, 1);
    editor.close(URI);
    let cleared = editor.sent("textDocument/publishDiagnostics");
    assert_eq!(cleared["params"], json!({"uri": URI, "diagnostics": []}));
    // Versions may start again.
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
}

#[test]
fn other_languages_are_left_alone() {
    let mut editor = Editor::plain();
    for language in ["helm", "dockercompose", "rust", "yaml.docker-compose"] {
        editor.open_as(language, "file:///manifests/other", "a: [\n");
        editor.change("file:///manifests/other", 2, json!([{"text": "a: ["}]));
        editor.close("file:///manifests/other");
    }
    editor.open(URI, POD);
    let first = editor.sent("textDocument/publishDiagnostics");
    assert_eq!(first["params"]["uri"], URI);
}

#[test]
fn documents_that_are_not_open_have_no_answers() {
    let mut editor = Editor::plain();
    assert_eq!(editor.at("textDocument/hover", URI, 0, 0), Value::Null);
    assert_eq!(editor.at("textDocument/completion", URI, 0, 0), Value::Null);
    editor.change(URI, 2, json!([{"text": "a: 1"}]));
    editor.close(URI);
    assert!(!editor.was_sent("textDocument/publishDiagnostics"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn uris_come_back_as_they_were() {
    let mut editor = Editor::plain();
    for uri in ["untitled:Untitled-1", "file:///c%3A/a%20b/%C3%BC.yaml", "kubectl-edit:x?y#z"] {
        editor.open(uri, POD);
        editor.diagnostics(uri, 1);
    }
}

#[test]
fn positions_outside_the_text_are_clamped() {
    let mut editor = Editor::modern();
    editor.open(URI, POD);
    for (line, character) in [(0, 9_999), (9_999, 0), (u32::MAX, u32::MAX)] {
        for method in ["textDocument/hover", "textDocument/completion"] {
            editor.at(method, URI, line, character);
        }
    }
    let far = json!({"line": 9_999, "character": 9});
    editor.change(URI, 2, json!([{"range": {"start": far, "end": far}, "text": "# tail\n"}]));
    editor.diagnostics(URI, 2);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn an_editor_that_pulls_is_not_pushed() {
    let mut editor = Editor::with(json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}},
    }));
    editor.open(URI, POD);
    let mut pull = |known: &Value| {
        let params = json!({"textDocument": {"uri": URI}, "previousResultId": known});
        editor.request("textDocument/diagnostic", params)["result"].clone()
    };
    let first = pull(&Value::Null);
    assert_eq!(first["kind"], "full");
    assert!(first["items"].is_array());
    assert_eq!(
        pull(&first["resultId"]),
        json!({"kind": "unchanged", "resultId": first["resultId"]})
    );
    assert_eq!(pull(&json!("other"))["kind"], "full");
    editor.change(URI, 2, json!([{"text": "a: 1\n"}]));
    let params = json!({"textDocument": {"uri": URI}, "previousResultId": first["resultId"]});
    assert_eq!(editor.request("textDocument/diagnostic", params)["result"]["kind"], "full");
    // It is told when the answers may have changed although the text has not.
    let settings = json!({"settings": {"podls": {"kubernetesVersion": "1.30"}}});
    editor.notify("workspace/didChangeConfiguration", settings);
    editor.sent("workspace/diagnostic/refresh");
    assert!(!editor.was_sent("textDocument/publishDiagnostics"));
}

#[test]
fn the_encoding_is_what_the_editor_can_count_in() {
    for (offered, taken) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-32"]), "utf-32"),
    ] {
        let editor = Editor::with(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(editor.server["capabilities"]["positionEncoding"], taken);
    }
    assert_eq!(Editor::plain().server["capabilities"]["positionEncoding"], "utf-16");
}

// Settings.

#[test]
fn settings_are_asked_for_and_checked() {
    let mut capabilities = capabilities();
    let dynamic = json!({"dynamicRegistration": true});
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = dynamic.clone();
    capabilities["workspace"]["didChangeWatchedFiles"] = dynamic;
    let mut editor = Editor::with(capabilities);
    let registered = editor.sent("client/registerCapability");
    editor.send(&json!({"jsonrpc": "2.0", "id": registered["id"], "result": null}));
    let methods = &registered["params"]["registrations"];
    assert_eq!(methods[0]["method"], "workspace/didChangeConfiguration");
    assert_eq!(methods[1]["method"], "workspace/didChangeWatchedFiles");

    // The server answers although the editor does not answer it.
    let asked = editor.sent("workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{"section": "podls"}]));
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);

    let settings = json!({"kubernetesVersoin": "1.31", "server": {"path": "x"}, "trace": null});
    editor.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": [settings]}));
    let told = editor.sent("window/showMessage");
    let expected = "podls settings: unknown setting `kubernetesVersoin`; \
                    did you mean `kubernetesVersion`?";
    assert_eq!(told["params"]["message"], expected);

    editor.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    let asked = editor.sent("workspace/configuration");
    editor.send(&json!({
        "jsonrpc": "2.0", "id": asked["id"], "result": [{"kubernetesVersion": "1.30"}]
    }));
    // Other settings: everything that is open is looked at again.
    editor.diagnostics(URI, 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_can_be_sent() {
    let mut editor = Editor::plain();
    editor.open(URI, POD);
    editor.diagnostics(URI, 1);
    let settings = json!({"settings": {"podls": {"kubernetesVersion": "0.9"}, "yaml": {}}});
    editor.notify("workspace/didChangeConfiguration", settings);
    let told = editor.sent("window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("`0.9`"), "{told}");
    let settings = json!({"settings": {"podls": {"kubernetesVersion": "1.29"}}});
    editor.notify("workspace/didChangeConfiguration", settings);
    editor.diagnostics(URI, 1);
}

#[test]
fn the_file_beside_the_manifest_is_read() {
    let folder = std::env::temp_dir().join(format!("podls-lsp-{}", std::process::id()));
    let below = folder.join("a/b");
    fs::create_dir_all(&below).unwrap();
    let settings = folder.join("podls.yaml");
    fs::write(&settings, "kubernetesVersoin: '1.31'\n").unwrap();
    let uri = format!("file://{}/pod.yaml", below.display());
    let settings_uri = format!("file://{}", settings.display());

    let mut editor = Editor::plain();
    editor.open(&uri, POD);
    let told = editor.sent("window/showMessage")["params"]["message"].clone();
    assert!(told.as_str().unwrap().contains("podls.yaml:1:1: unknown setting"), "{told}");
    editor.diagnostics(&uri, 1);
    fs::write(&settings, "kubernetesVersion: '1.31'\n").unwrap();
    let change = json!({"changes": [{"uri": settings_uri, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", change);
    editor.diagnostics(&uri, 1);
    fs::write(&settings, "kubernetesVersion: '1.32'\n").unwrap();
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": settings_uri}}));
    editor.diagnostics(&uri, 1);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn inlay_hints_stand_behind_names() {
    let mut editor = Editor::modern();
    assert_eq!(editor.server["capabilities"]["inlayHintProvider"], true);
    editor.open(URI, &format!("{POD}  - name: redis-exporter\n"));
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}});
    let params = json!({"textDocument": {"uri": URI}, "range": range});
    let answer = editor.request("textDocument/inlayHint", params);
    let hints = answer["result"].as_array().unwrap();
    let shown: Vec<_> = hints.iter().map(|it| (&it["label"], &it["position"]["line"])).collect();
    assert_eq!(shown, [(&json!("BestEffort"), &json!(4)), (&json!("adapter"), &json!(8))]);
}

#[test]
fn a_finding_leads_to_its_page() {
    let mut editor = Editor::modern();
    editor.open(URI, &POD.replace("name: web", "name: Web"));
    let diagnostics = editor.diagnostics(URI, 1);
    let link = diagnostics[0]["codeDescription"]["href"].as_str().unwrap();
    assert!(link.starts_with("https://kubernetes.io/docs/"), "{link}");
}
