//! Parameters as lsp-types can read them.
//!
//! It refuses a whole message for one value of a later version of the protocol. What we do not look at
//! is left out before it sees it, and what is no value at all becomes the usual one.

use std::mem::take;

use serde_json::{Map, Value, json};
use tower_lsp::lsp_types::Url;

use crate::lsp::{uris, written};

/// The highest number of findings of a request whose fixes are offered.
const MOST_ASKED: usize = 1_000;

/// `message` with parameters that can be read.
pub(super) fn readable(mut message: Value) -> Value {
    let Some(map) = message.as_object_mut() else { return message };
    let method = map.get("method").and_then(Value::as_str).unwrap_or_default().to_owned();
    match (method.as_str(), map.get_mut("params")) {
        // Editors send `null`, or an empty object, where the protocol wants no parameters at all.
        ("shutdown" | "exit", _) | (_, Some(Value::Null)) if method != "initialize" => {
            map.remove("params");
        }
        ("initialize", params) => {
            let params = params.map(Value::take).unwrap_or_default();
            map.insert("params".to_owned(), initialize(params));
        }
        (_, Some(Value::Object(params))) => known(&method, params),
        _ => {}
    }
    if let Some(inside) = written::method_inside(&method) {
        map.insert("method".to_owned(), inside.into());
    }
    message
}

/// What we look at when an editor starts us. Its capabilities stay as they are, in a place that
/// lsp-types does not look into; `capabilities::Editor` reads them.
fn initialize(params: Value) -> Value {
    let Value::Object(mut params) = params else { return json!({"capabilities": {}}) };
    let mut take = |name: &str| params.remove(name).unwrap_or_default();
    let is_url = |it: &Value| it.as_str().is_some_and(|it| Url::parse(it).is_ok());
    let process = take("processId").as_u64().and_then(|it| u32::try_from(it).ok());
    let path = take("rootPath").as_str().and_then(|it| Url::from_file_path(it).ok());
    let root = Some(take("rootUri")).filter(is_url).or(path.map(|it| json!(it)));
    let folders = take("workspaceFolders").as_array_mut().map(std::mem::take).unwrap_or_default();
    let folders = folders.into_iter().filter_map(|it| it.get("uri").cloned()).filter(is_url);
    let folders: Vec<_> = folders.map(|uri| json!({"uri": uri, "name": ""})).collect();
    let client =
        take("clientInfo").get("name").and_then(Value::as_str).map(|it| json!({"name": it}));
    let capabilities = Some(take("capabilities")).filter(Value::is_object);
    json!({
        "processId": process,
        "clientInfo": client,
        "rootUri": root,
        "workspaceFolders": folders,
        "initializationOptions": take("initializationOptions"),
        "capabilities": {"experimental": capabilities},
    })
}

/// Leaves in `params` what we look at.
fn known(method: &str, params: &mut Map<String, Value>) {
    for unused in ["workDoneToken", "partialResultToken", "identifier"] {
        params.remove(unused);
    }
    for name in ["position", "range", "positions"] {
        params.get_mut(name).into_iter().for_each(clamp);
    }
    let document = params.get_mut("textDocument");
    let document = document.and_then(Value::as_object_mut);
    if let Some(Value::String(uri)) = document.and_then(|it| it.get_mut("uri")) {
        *uri = uris::carried(uri);
    }
    match method {
        "textDocument/didOpen" => opened(params),
        "textDocument/didChange" => changed(params),
        "textDocument/completion" => drop(params.remove("context")),
        "textDocument/codeAction" => {
            let mut context = params.get_mut("context");
            let mut list = |name: &str| context.as_mut()?.get_mut(name)?.as_array_mut().map(take);
            let (found, kinds) = (list("diagnostics").unwrap_or_default(), list("only"));
            let found: Vec<_> = found.iter().take(MOST_ASKED).filter_map(asked).collect();
            let kinds = kinds.map(|it| it.into_iter().filter(Value::is_string).collect::<Value>());
            params.insert("context".to_owned(), json!({"diagnostics": found, "only": kinds}));
        }
        "textDocument/references" => {
            let wanted = params.get("context").and_then(|it| it["includeDeclaration"].as_bool());
            let context = json!({"includeDeclaration": wanted.unwrap_or(true)});
            params.insert("context".to_owned(), context);
        }
        "textDocument/diagnostic"
            if !params.get("previousResultId").is_some_and(Value::is_string) =>
        {
            params.remove("previousResultId");
        }
        "workspace/didChangeWatchedFiles" => {
            let files = params.get_mut("changes").and_then(Value::as_array_mut);
            let files = files.map(take).unwrap_or_default().into_iter();
            let uris = files.filter_map(|it| Some(uris::carried(it.get("uri")?.as_str()?)));
            let changes: Vec<_> = uris.map(|uri| json!({"uri": uri, "type": 2})).collect();
            params.insert("changes".to_owned(), changes.into());
        }
        _ => {}
    }
}

/// A finding that the editor asks about: its code and where it starts.
fn asked(diagnostic: &Value) -> Option<Value> {
    let code = diagnostic["code"].as_str()?;
    let start = &diagnostic["range"]["start"];
    let number = |name: &str| Some(start[name].as_u64()?.min(u64::from(u32::MAX)));
    let start = json!({"line": number("line")?, "character": number("character")?});
    Some(json!({"code": code, "range": {"start": start, "end": start}, "message": ""}))
}

fn opened(params: &mut Map<String, Value>) {
    let Some(Value::Object(document)) = params.get_mut("textDocument") else { return };
    document.insert("version".to_owned(), version(document));
    if !document.get("languageId").is_some_and(Value::is_string) {
        document.insert("languageId".to_owned(), "".into());
    }
}

fn changed(params: &mut Map<String, Value>) {
    if let Some(Value::Object(document)) = params.get_mut("textDocument") {
        document.insert("version".to_owned(), version(document));
    }
    let changes = params.get_mut("contentChanges").and_then(Value::as_array_mut);
    for change in changes.into_iter().flatten().filter_map(Value::as_object_mut) {
        change.remove("rangeLength");
        change.get_mut("range").into_iter().for_each(clamp);
    }
}

/// Old editors count no versions.
fn version(document: &Map<String, Value>) -> Value {
    let number = document.get("version").and_then(Value::as_i64);
    number.and_then(|it| i32::try_from(it).ok()).unwrap_or_default().into()
}

/// Makes positions of numbers that cannot be some: the nearest ones.
fn clamp(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(clamp),
        Value::Object(map) => map.values_mut().for_each(clamp),
        Value::Number(number) if number.as_u64().is_none_or(|it| it > u64::from(u32::MAX)) => {
            let near = number.as_f64().unwrap_or_default().clamp(0.0, f64::from(u32::MAX));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let near = near as u32;
            *value = near.into();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::*;

    use super::*;

    fn read<T: serde::de::DeserializeOwned>(method: &str, params: Value) -> T {
        let message = readable(json!({"method": method, "params": params}));
        serde_json::from_value(message["params"].clone()).unwrap()
    }

    #[test]
    fn what_later_versions_may_send_is_read() {
        let document = json!({"uri": "a b"});
        let junk = [json!(null), json!(7), json!(-1), json!("x"), json!([{}]), json!({"a": [1]})];
        for junk in junk {
            let at = json!({"line": 1, "character": 2});
            let params = json!({"textDocument": document, "position": at, "context": junk, "workDoneToken": junk});
            let completion: CompletionParams = read("textDocument/completion", params.clone());
            assert_eq!(completion.text_document_position.position, Position::new(1, 2));
            let references: ReferenceParams = read("textDocument/references", params);
            assert!(references.context.include_declaration);
            let range = json!({"start": at, "end": at});
            let context =
                json!({"diagnostics": junk, "only": ["quickfix", junk], "triggerKind": junk});
            let params = json!({"textDocument": document, "range": range, "context": context});
            let actions: CodeActionParams = read("textDocument/codeAction", params);
            assert_eq!(actions.context.only.unwrap()[0].as_str(), "quickfix");
            let change = json!({"range": range, "rangeLength": junk, "text": "x"});
            let document = json!({"uri": "a", "version": junk});
            let params = json!({"textDocument": document, "contentChanges": [change]});
            let change: DidChangeTextDocumentParams = read("textDocument/didChange", params);
            assert_eq!(change.content_changes[0].text, "x");
            let document = json!({"uri": "a", "version": junk, "languageId": junk, "text": ""});
            let _: DidOpenTextDocumentParams =
                read("textDocument/didOpen", json!({"textDocument": document}));
            let changes = json!({"changes": [{"uri": "a", "type": junk}, junk]});
            let files: DidChangeWatchedFilesParams =
                read("workspace/didChangeWatchedFiles", changes);
            assert_eq!(files.changes.len(), 1);
            let params = json!({
                "processId": junk, "rootUri": junk, "rootPath": junk, "capabilities": junk,
                "workspaceFolders": [junk, {"uri": junk}, {"uri": "file:///a"}], "trace": junk,
                "clientInfo": junk, "locale": junk,
            });
            let start: InitializeParams = read("initialize", params);
            assert_eq!(start.workspace_folders.unwrap().len(), 1);
            let _: InitializeParams = read("initialize", junk);
        }
    }

    #[test]
    fn positions_are_clamped() {
        for (number, near) in [
            (json!(-3), 0),
            (json!(1.9), 1),
            (json!(u64::MAX), u32::MAX),
            (json!(1e300), u32::MAX),
            (json!(u32::MAX), u32::MAX),
        ] {
            let position = json!({"line": number, "character": 0});
            let params = json!({"textDocument": {"uri": ""}, "position": position});
            let hover: HoverParams = read("textDocument/hover", params);
            assert_eq!(hover.text_document_position_params.position.line, near);
        }
    }
}
