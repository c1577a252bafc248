//! The editor's URIs come back to it byte for byte.
//!
//! lsp-types reads them as URLs, which changes some (`FILE:///a b`) and refuses others. So what it gets
//! is a URL that carries the editor's own words, and answers are given back in these.

use std::path::{Path, PathBuf};

use memchr::{memchr, memmem};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use tower_lsp::lsp_types::Url;

/// No editor has a scheme of this name.
const CARRIER: &str = "podls-carried";

/// The URL that stands for what the editor calls `uri`.
pub(super) fn carried(uri: &str) -> String {
    format!("{CARRIER}:{}", utf8_percent_encode(uri, NON_ALPHANUMERIC))
}

/// What the editor calls it.
pub(super) fn spelled(url: &Url) -> String {
    if url.scheme() == CARRIER { decoded(url.path()) } else { url.to_string() }
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The URL as the standard writes it, by which spellings of one file are the same.
pub(super) fn normal(url: &Url) -> Option<Url> {
    Url::parse(&spelled(url)).ok()
}

/// The file that it names.
pub(super) fn path(url: &Url) -> Option<PathBuf> {
    normal(url)?.to_file_path().ok()
}

/// The URL of a file that the editor has not named.
pub(super) fn of_file(path: &Path) -> Option<Url> {
    let url = Url::from_file_path(path).ok()?;
    Url::parse(&carried(url.as_str())).ok()
}

/// The last part of its path.
pub(super) fn file_name(url: &Url) -> String {
    let url = normal(url);
    let name = url.as_ref().and_then(|it| it.path_segments()).and_then(Iterator::last);
    name.map(decoded).unwrap_or_default()
}

/// Whether replies to this method hold URIs.
pub(super) fn holds(method: &str) -> bool {
    let (_, name) = method.rsplit_once('/').unwrap_or_default();
    let places = ["definition", "references", "documentSymbol", "diagnostic"];
    let edits = ["rename", "codeAction", "patterns"];
    places.contains(&name) || edits.contains(&name)
}

/// Gives the editor's words back in a message of JSON: in the values of `uri`, and in keys, which only
/// `changes` has of that kind. A quote inside of a text is escaped, so what looks like either is one.
pub(super) fn spell(json: Vec<u8>) -> Vec<u8> {
    let mark = format!("\"{CARRIER}:");
    let mut found = memmem::find_iter(&json, mark.as_bytes()).peekable();
    if found.peek().is_none() {
        return json;
    }
    let (mut out, mut done) = (Vec::with_capacity(json.len()), 0);
    for start in found {
        let path = start + mark.len();
        let Some(len) = memchr(b'"', &json[path..]) else { break };
        let end = path + len;
        let is_value = json[..start].ends_with(b"\"uri\":");
        // Within a text; a quote that opens one stands behind no backslash.
        let is_inside = json[..start].ends_with(b"\\") || json[path..end].contains(&b'\\');
        if !is_inside && (is_value || json.get(end + 1) == Some(&b':')) {
            let uri = decoded(&String::from_utf8_lossy(&json[path..end]));
            out.extend_from_slice(&json[done..start]);
            out.extend(serde_json::to_vec(&uri).unwrap_or_default());
            done = end + 1;
        }
    }
    out.extend_from_slice(&json[done..]);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sent(message: &Value) -> Value {
        serde_json::from_slice(&spell(serde_json::to_vec(message).unwrap())).unwrap()
    }

    const URIS: [&str; 12] = [
        "file:///c%3A/a%20b/%C3%BC.yaml",
        "file:///c%3a/x",
        "file:///a b/ü.yaml",
        "FILE:///A/../b",
        "file:/a",
        "file://server/share/x.yaml",
        "untitled:Untitled-1",
        "vscode-notebook-cell:/a.ipynb#W2sZmlsZQ%3D%3D",
        "kubectl-edit:x?y#z",
        "pod.yaml",
        "",
        "::%zz\n\u{202e} ",
    ];

    #[test]
    fn every_spelling_comes_back() {
        for uri in URIS {
            let url = Url::parse(&carried(uri)).unwrap();
            assert_eq!(url.as_str(), carried(uri), "{uri}");
            assert_eq!(spelled(&url), uri);
            let message = json!([{"uri": url, "changes": {url.as_str(): [{"uri": url}]}}]);
            assert_eq!(sent(&message), json!([{"uri": uri, "changes": {uri: [{"uri": uri}]}}]));
        }
    }

    #[test]
    fn paths_are_those_of_files() {
        let of = |uri: &str| path(&Url::parse(&carried(uri)).unwrap());
        for (uri, expected) in [
            ("file:///a%20b/%C3%BC.yaml", Some("/a b/ü.yaml")),
            ("file:///a b/ü.yaml", Some("/a b/ü.yaml")),
            ("FILE:///a", Some("/a")),
            ("file:/a", Some("/a")),
            ("untitled:Untitled-1", None),
            ("pod.yaml", None),
            ("", None),
        ] {
            assert_eq!(of(uri).as_deref(), expected.map(Path::new), "{uri}");
        }
        assert_eq!(path(&of_file(Path::new("/a b/%")).unwrap()).unwrap(), Path::new("/a b/%"));
        assert_eq!(file_name(&Url::parse(&carried("file:///a/b%20c.yaml")).unwrap()), "b c.yaml");
    }

    #[test]
    fn other_words_stay() {
        let text = "\"uri\":\"podls-carried:a\",\"podls-carried:b\":";
        for text in ["podls-carried:a", "podls-carried:\"a\":", text] {
            let message = json!({"text": text, "uri": "x:podls-carried", "changes": [1, text]});
            assert_eq!(sent(&message), message);
        }
    }
}
