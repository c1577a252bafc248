//! Answers that are written as JSON where they are found.
//!
//! tower-lsp makes values of JSON of an answer, which take ten times the memory of its text. So the
//! requests with long answers are methods of our own to it, whose answers are texts.

use serde::{Serialize, Serializer};
use serde_json::Value;
use tower_lsp::jsonrpc::Response;

/// The protocol's name of a request, and the one that tower-lsp knows. Code actions are among them for one
/// more reason: lsp-types has no snippets in edits.
const METHODS: [(&str, &str); 6] = [
    ("textDocument/codeAction", CODE_ACTION),
    ("textDocument/completion", COMPLETION),
    ("textDocument/diagnostic", DIAGNOSTIC),
    ("textDocument/documentSymbol", DOCUMENT_SYMBOL),
    ("textDocument/foldingRange", FOLDING_RANGE),
    ("textDocument/inlayHint", INLAY_HINT),
];

pub(super) const CODE_ACTION: &str = "podls/codeAction";
pub(super) const COMPLETION: &str = "podls/completion";
pub(super) const DIAGNOSTIC: &str = "podls/diagnostic";
pub(super) const DOCUMENT_SYMBOL: &str = "podls/documentSymbol";
pub(super) const FOLDING_RANGE: &str = "podls/foldingRange";
pub(super) const INLAY_HINT: &str = "podls/inlayHint";

/// What the request `method` is called inside, if its answer is written.
pub(super) fn method_inside(method: &str) -> Option<&'static str> {
    METHODS.iter().find(|(outside, _)| *outside == method).map(|(_, inside)| *inside)
}

/// Whether answers to the request that is called `method` inside are written.
pub(super) fn is_written(method: &str) -> bool {
    METHODS.iter().any(|(_, inside)| *inside == method)
}

/// The JSON of an answer.
pub(super) struct Written(String);

impl Written {
    /// The values of the protocol can all be written, so there is no fault to tell of.
    pub(super) fn new(answer: &impl Serialize) -> Self {
        Self(serde_json::to_string(answer).unwrap_or_else(|_| "null".to_owned()))
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The message that brings `response`, whose answer is written.
pub(super) fn message(response: Response) -> Vec<u8> {
    match response.into_parts() {
        (id, Ok(Value::String(json))) => {
            let id = serde_json::to_string(&id).unwrap_or_default();
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{json}}}").into_bytes()
        }
        (id, answer) => serde_json::to_vec(&Response::from_parts(id, answer)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::jsonrpc::{Error, Id};

    use super::*;

    #[test]
    fn answers_are_as_they_were() {
        for answer in [json!(null), json!({"a": ["\"", "\n"]}), json!("text")] {
            let id = || Id::String("\"7\"".to_owned());
            let written = serde_json::to_value(Written::new(&answer)).unwrap();
            let sent = message(Response::from_ok(id(), written));
            let sent: Value = serde_json::from_slice(&sent).unwrap();
            assert_eq!(sent, serde_json::to_value(Response::from_ok(id(), answer)).unwrap());
        }
        let nothing = Response::from_ok(Id::Number(1), Value::Null);
        assert_eq!(message(nothing.clone()), serde_json::to_vec(&nothing).unwrap());
        let error = Response::from_error(Id::Number(1), Error::request_cancelled());
        assert_eq!(message(error.clone()), serde_json::to_vec(&error).unwrap());
    }
}
