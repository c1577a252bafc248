//! What an editor may say that we do not know, or that is not as it should be: everything else counts.

use serde_json::{Value, json};

use crate::client::Editor;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: nginx:1.27\n    volumeMounts:\n    - name: data\n      \
                   mountPath: /d\n  volumes:\n  - name: data\n    emptyDir: {}\n";

/// What VS Code says of itself, as far as servers of our kind may look at it.
fn vs_code() -> Value {
    let resolve = json!({"properties": ["documentation", "detail"]});
    let symbols = json!({"valueSet": [1, 2, 3, 26]});
    json!({
        "general": {
            "positionEncodings": ["utf-8", "utf-16"],
            "regularExpressions": {"engine": "ECMAScript", "version": "ES2020"},
            "markdown": {"parser": "marked", "version": "1.1.0"},
            "staleRequestSupport": {"cancel": true, "retryOnContentModified": ["a/b"]}
        },
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {
                "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
                "failureHandling": "textOnlyTransactional", "normalizesLineEndings": true,
                "changeAnnotationSupport": {"groupsOnLabel": true}, "snippetEditSupport": true
            },
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "symbol": {"dynamicRegistration": true, "symbolKind": symbols, "tagSupport": {"valueSet": [1]}},
            "codeLens": {"refreshSupport": true}, "diagnostics": {"refreshSupport": true},
            "fileOperations": {"dynamicRegistration": true, "didCreate": true}
        },
        "textDocument": {
            "synchronization": {"dynamicRegistration": true, "didSave": true},
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                "dataSupport": true, "tagSupport": {"valueSet": [1, 2]}
            },
            "diagnostic": {"dynamicRegistration": true, "relatedDocumentSupport": true},
            "completion": {
                "contextSupport": true, "insertTextMode": 2,
                "completionItem": {
                    "snippetSupport": true, "commitCharactersSupport": true,
                    "documentationFormat": ["markdown", "plaintext"], "deprecatedSupport": true,
                    "tagSupport": {"valueSet": [1]}, "resolveSupport": resolve,
                    "insertTextModeSupport": {"valueSet": [1, 2]}
                },
                "completionItemKind": symbols, "completionList": {"itemDefaults": ["editRange"]}
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "signatureHelp": {"signatureInformation": {"documentationFormat": ["markdown"]}},
            "documentSymbol": {"symbolKind": symbols, "hierarchicalDocumentSymbolSupport": true},
            "codeAction": {
                "isPreferredSupport": true, "dataSupport": true, "resolveSupport": resolve,
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}}
            },
            "rename": {"prepareSupport": true, "prepareSupportDefaultBehavior": 1},
            "foldingRange": {"rangeLimit": 5000, "lineFoldingOnly": true, "foldingRangeKind": {"valueSet": ["comment"]}},
            "semanticTokens": {"requests": {"range": true, "full": {"delta": true}}, "tokenTypes": ["a"], "tokenModifiers": [], "formats": ["relative"]},
            "inlayHint": {"resolveSupport": {"properties": ["tooltip"]}}
        },
        "window": {"workDoneProgress": true, "showMessage": {"messageActionItem": {"additionalPropertiesSupport": true}}, "showDocument": {"support": true}},
        "notebookDocument": {"synchronization": {"executionSummarySupport": true}}
    })
}

/// The places of all values that hold no others.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            map.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found));
        }
        Value::Array(items) if !items.is_empty() => {
            let each = items.iter().enumerate();
            each.for_each(|(index, item)| leaves(item, &format!("{path}/{index}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// `value` without what stands at `path`.
fn without(mut value: Value, path: &str) -> Value {
    let (holder, name) = path.rsplit_once('/').unwrap();
    match value.pointer_mut(holder).unwrap() {
        Value::Object(map) => drop(map.remove(name)),
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        _ => unreachable!(),
    }
    value
}

fn initialized(params: Value) -> Value {
    let mut editor = Editor::spawn();
    let reply = editor.request("initialize", params);
    assert!(reply["result"]["capabilities"].is_object(), "{reply}");
    reply["result"]["capabilities"].clone()
}

/// Neovim before 0.10 shows NUL bytes for the line breaks of plain items.
#[test]
fn neovim_without_snippets_gets_items_of_one_line() {
    let lines = |client: &str| {
        let mut editor = Editor::spawn();
        let params = json!({"processId": null, "clientInfo": {"name": client, "version": "0.7.2"}, "capabilities": {}});
        editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  \n";
        let document =
            json!({"uri": "file:///a.yaml", "languageId": "yaml", "version": 1, "text": text});
        editor.notify("textDocument/didOpen", json!({"textDocument": document}));
        let at = json!({"textDocument": {"uri": "file:///a.yaml"}, "position": {"line": 5, "character": 2}});
        let items = editor.request("textDocument/completion", at)["result"]["items"].to_string();
        assert!(items.contains("containers"), "{items}");
        items.contains("\\n")
    };
    assert_eq!((lines("Neovim"), lines("other")), (false, true));
}

#[test]
fn one_capability_we_cannot_read_costs_nothing_but_itself() {
    let full = vs_code();
    let mut paths = Vec::new();
    leaves(&full, "", &mut paths);
    assert!(paths.len() > 70);
    let junk = [
        json!(null),
        json!(-7),
        json!("asciidoc"),
        json!(["x", 99]),
        json!({"later": {"version": 4}}),
    ];
    // Those that are looked at get every kind of junk; the others one.
    for (index, path) in paths.iter().enumerate() {
        let expected = initialized(json!({"capabilities": without(full.clone(), path)}));
        let looked_at = path.contains("positionEncodings") || path.contains("/diagnostic/");
        let junk = junk.iter().enumerate().filter(|(at, _)| looked_at || *at == index % junk.len());
        for (_, junk) in junk {
            let mut changed = full.clone();
            *changed.pointer_mut(path).unwrap() = junk.clone();
            assert_eq!(initialized(json!({"capabilities": changed})), expected, "{path}: {junk}");
        }
    }
}

#[test]
fn parameters_of_initialize_may_be_anything() {
    let expected = initialized(json!({"capabilities": vs_code()}));
    for name in [
        "processId",
        "rootUri",
        "rootPath",
        "workspaceFolders",
        "trace",
        "clientInfo",
        "locale",
        "workDoneToken",
        "initializationOptions",
    ] {
        for junk in [
            json!(null),
            json!(-1),
            json!(1e300),
            json!(""),
            json!("compact"),
            json!([{"uri": ""}]),
            json!({"a": []}),
        ] {
            let mut params = json!({"processId": null, "capabilities": vs_code()});
            params[name] = junk.clone();
            assert_eq!(initialized(params), expected, "{name}: {junk}");
        }
    }
    for nothing in [
        json!(null),
        json!([]),
        json!({}),
        json!({"capabilities": null}),
        json!({"capabilities": []}),
    ] {
        assert_eq!(initialized(nothing)["positionEncoding"], "utf-16");
    }
}

#[test]
fn it_follows_the_phases_of_the_protocol() {
    let mut editor = Editor::spawn();
    let code = |reply: Value| reply["error"]["code"].as_i64();
    for method in
        ["textDocument/hover", "shutdown", "podls/nothing", "$/nothing", "workspace/executeCommand"]
    {
        assert_eq!(code(editor.request(method, json!({}))), Some(-32002), "{method}");
    }
    // Dropped, whatever they are.
    editor.open("untitled:a", "a: [\n");
    editor.notify("shutdown", Value::Null);
    editor.notify("initialize", json!({"capabilities": {}}));
    editor.notify("initialized", json!({}));
    assert_eq!(code(editor.request("textDocument/hover", json!({}))), Some(-32002));
    editor.initialize(json!({"capabilities": {}}));
    editor.notify("shutdown", Value::Null);
    assert_eq!(code(editor.request("initialize", json!({"capabilities": {}}))), Some(-32600));
    editor.open("untitled:b", "a: [\n");
    editor.diagnostics("untitled:b", 1);
    assert_eq!(code(editor.request("shutdown", json!({"odd": 1}))), None);
    for method in ["textDocument/hover", "shutdown", "initialize", "podls/nothing", "$/nothing"] {
        assert_eq!(code(editor.request(method, json!({}))), Some(-32600), "{method}");
    }
    editor.open("untitled:c", "a: [\n");
    assert!(!editor.was_sent("textDocument/publishDiagnostics"));
    editor.notify("exit", json!({}));
    assert_eq!(editor.exit_code(), 0);

    let mut editor = Editor::spawn();
    editor.request("shutdown", Value::Null);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.exit_code(), 1);
}

const URIS: [&str; 14] = [
    "file:///c%3A/a%20b/%C3%BC.yaml",
    "file:///c%3a/a%20b/%c3%bc.yaml",
    "file:///C:/a b/ü.yaml",
    "FILE:///tmp/../x.yaml",
    "file:/a",
    "file://server/share/x.yaml",
    "untitled:Untitled-1",
    "vscode-notebook-cell:/a.ipynb#W2sZmlsZQ%3D%3D",
    "kubectl-edit:x?y#z",
    "http://example.com:80/a.yaml",
    "pod.yaml",
    "",
    "x:",
    "a b \u{202e}%zz",
];

/// Every string in `value` that stands where a URI does.
fn uris<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| uris(it, found)),
        Value::Object(map) => {
            found.extend(map.get("uri").and_then(Value::as_str));
            let changes = map.get("changes").and_then(Value::as_object);
            found.extend(changes.into_iter().flatten().map(|(uri, _)| uri.as_str()));
            map.values().for_each(|it| uris(it, found));
        }
        _ => {}
    }
}

#[test]
fn uris_come_back_byte_for_byte() {
    for versioned in [false, true] {
        let edit = json!({"documentChanges": versioned});
        let publish = json!({"relatedInformation": true});
        let mut editor = Editor::with(json!({
            "workspace": {"workspaceEdit": edit}, "textDocument": {"publishDiagnostics": publish}
        }));
        for uri in URIS {
            editor.open(uri, &format!("{POD}  - name: data\n    emptyDir: {{}}\n"));
            let sent = editor.diagnostics(uri, 1);
            let document = json!({"uri": uri});
            let place = json!({"line": 9, "character": 14});
            let range =
                json!({"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}});
            let at = |name: &str, value: Value| {
                let mut params = json!({"textDocument": document, "position": place});
                params[name] = value;
                params
            };
            let actions =
                json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
            for (method, params) in [
                ("textDocument/definition", at("a", Value::Null)),
                ("textDocument/references", at("context", json!({"includeDeclaration": true}))),
                ("textDocument/rename", at("newName", json!("new"))),
                ("textDocument/codeAction", actions),
                ("podls/patterns", at("a", Value::Null)),
            ] {
                let reply = editor.request(method, params);
                let mut found = Vec::new();
                uris(&reply["result"], &mut found);
                assert!(!found.is_empty(), "{uri}: {method}: {reply}");
                assert!(found.iter().all(|it| *it == uri), "{uri}: {method}: {found:?}");
            }
            let sent = json!(sent);
            let mut found = Vec::new();
            uris(&sent, &mut found);
            assert!(!found.is_empty() && found.iter().all(|it| *it == uri), "{uri}: {sent}");
            editor.close(uri);
            let cleared = editor.sent("textDocument/publishDiagnostics");
            assert_eq!(cleared["params"], json!({"uri": uri, "diagnostics": []}));
        }
    }
}

#[test]
fn spellings_of_two_documents_are_not_mixed_up() {
    let mut editor = Editor::plain();
    let (one, other) = ("file:///tmp/a%2Fb.yaml", "FILE:///tmp/a%2Fb.yaml");
    editor.open(one, POD);
    editor.diagnostics(one, 1);
    // A document is found by another spelling, as long as there is but one.
    assert!(editor.at("textDocument/hover", other, 0, 1).is_object());
    editor.open(other, "kind: [\n");
    assert!(!editor.diagnostics(other, 1).is_empty());
    assert!(editor.at("textDocument/hover", one, 0, 1).is_object());
    assert!(editor.at("textDocument/hover", other, 0, 1).is_null());
    editor.change(one, 2, json!([{"text": POD}]));
    editor.close(other);
    assert!(editor.diagnostics(one, 2).is_empty());
    assert!(editor.at("textDocument/hover", one, 0, 1).is_object());
}
