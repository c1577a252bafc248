//! Places to fill in, as editors with snippets in edits get them.

use serde_json::{Value, json};

use crate::client::{Editor, capabilities};

const URI: &str = "file:///manifests/pod.yaml";

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
  - name: app
    image: redis:8 # the cache
";

const FLOW: &str = "apiVersion: v1
kind: Pod
metadata: {name: cache}
spec: {
  containers: [
    {
      name: app,
      image: redis:8,
    },
  ],
}
";

/// Right in front of `containers:` end the volumes, and start the init containers.
const VOLUMES: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  volumes:
  - name: a
    emptyDir: {}
  containers:
  - name: web
    image: nginx
";

/// What can be added to `text`, for an editor with snippets in edits and for one without.
fn patterns(text: &str) -> [Vec<Value>; 2] {
    [true, false].map(|snippets| {
        let mut can = capabilities();
        can["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(snippets);
        let mut editor = Editor::with(can);
        editor.open(URI, text);
        editor.at("podls/patterns", URI, 7, 4).as_array().unwrap().clone()
    })
}

fn edits(of: &Value) -> &[Value] {
    of["edit"]["documentChanges"][0]["edits"].as_array().unwrap()
}

/// A snippet as it is written when nothing is filled in.
fn plain(snippet: &str) -> String {
    let (mut out, mut chars) = (String::new(), snippet.chars());
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            '$' => assert!(chars.by_ref().find(|it| *it == ':').is_some(), "{snippet}"),
            '}' => {}
            _ => out.push(char),
        }
    }
    out
}

/// `text` after `edits`. In a change with snippets, VS Code indents all lines like the one that they go
/// into.
fn applied(text: &str, edits: &[Value]) -> String {
    let indents = edits.iter().any(|it| it.get("snippet").is_some());
    let place = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        (start, start + position["character"].as_u64().unwrap() as usize)
    };
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort_by_key(|edit| place(&edit["range"]["start"]).1);
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        let (line, start) = place(&edit["range"]["start"]);
        let mut insert = match edit["snippet"]["value"].as_str() {
            Some(snippet) => plain(snippet),
            None => edit["newText"].as_str().unwrap().to_owned(),
        };
        if indents {
            let before = &text[line..start];
            let indentation = &before[..before.len() - before.trim_start().len()];
            insert = insert.replace('\n', &format!("\n{indentation}"));
        }
        out.replace_range(start..place(&edit["range"]["end"]).1, &insert);
    }
    out
}

#[test]
fn places_to_fill_in_are_snippets_where_wanted() {
    let [snippets, plain] = patterns(POD);
    let of = |found: &[Value]| found.iter().find(|it| it["name"] == "git-sync").unwrap().clone();
    let (snippets, plain) = (of(&snippets), of(&plain));
    let edit = &edits(&snippets)[0];
    assert_eq!(edit["snippet"]["kind"], "snippet");
    assert_eq!(edit.get("newText"), None);
    let text = edit["snippet"]["value"].as_str().unwrap();
    assert!(text.contains("--repo=${1:https://example.com/org/repository.git}\n"), "{text}");
    assert!(text.contains("--ref=${2:main}\n"), "{text}");
    // An edit without such places stays plain.
    assert_eq!(edits(&snippets)[1].get("snippet"), None);
    let written = edits(&plain)[0]["newText"].as_str().unwrap().to_owned();
    assert!(written.contains("--ref=main\n"), "{written}");
}

#[test]
fn code_actions_have_them_too() {
    let mut can = capabilities();
    can["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(true);
    let mut editor = Editor::with(can);
    editor.open(URI, POD);
    let range = json!({"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 4}});
    let params = json!({
        "textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": []}
    });
    let actions = editor.request("textDocument/codeAction", params)["result"].clone();
    let actions = actions.as_array().unwrap();
    let clone = actions.iter().find(|it| it["title"] == "Add init container: clone a repository");
    let text = edits(clone.unwrap())[0]["snippet"]["value"].as_str().unwrap();
    assert!(text.contains("${2:main}"), "{text}");
}

#[test]
fn snippets_write_what_plain_edits_do() {
    let crlf = VOLUMES.replace('\n', "\r\n");
    for (text, least) in [(POD, 10), (FLOW, 0), (VOLUMES, 10), (&crlf, 10)] {
        let [snippets, plain] = patterns(text);
        assert!(plain.len() >= 28);
        let mut seen = 0;
        for (snippet, plain) in snippets.iter().zip(&plain) {
            seen += usize::from(edits(snippet).iter().any(|it| it.get("snippet").is_some()));
            let (ours, wanted) = (applied(text, edits(snippet)), applied(text, edits(plain)));
            assert_eq!(ours, wanted, "{}", snippet["name"]);
            check_order(text, snippet, &wanted);
        }
        assert!(seen >= least, "{seen}");
    }
}

/// No two edits start at one place, for editors carry out such edits in either order; places to fill in
/// are numbered from top to bottom; the text is YAML.
fn check_order(text: &str, choice: &Value, after: &str) {
    let name = &choice["name"];
    let mut starts: Vec<String> = Vec::new();
    let mut last = 0;
    for edit in edits(choice) {
        let start = edit["range"]["start"].to_string();
        assert!(!starts.contains(&start), "{name} in {text}");
        starts.push(start);
        let snippet = edit["snippet"]["value"].as_str().unwrap_or_default();
        for place in snippet.split("${").skip(1) {
            let number: usize = place.split(':').next().unwrap().parse().unwrap();
            assert!(number <= last + 1, "{name}: {snippet}");
            last = last.max(number);
        }
    }
    serde_yaml::from_str::<serde_yaml::Value>(after).unwrap();
}
