//! How much of a manifest is understood while somebody types: a score that must not get worse.
//!
//! Every line with a key and a value is edited in the ways people leave lines behind. What stands
//! on the other lines is known, so it can be counted how much of it is still there, whether the
//! cursor is where it should be, and whether a finding blames what is right.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;
use podls::syntax::{self, Cursor, Tree};

/// A text in the middle of being edited.
struct State {
    kind: &'static str,
    text: String,
    /// The edited line.
    line: usize,
    cursor: usize,
    /// Where the cursor is: the path of the map or list item, or of the value.
    path: String,
}

#[derive(Default)]
struct Score {
    states: usize,
    right_cursor: usize,
    leaves: usize,
    leaves_kept: usize,
    /// States with a finding that blames a line that is right, away from the edited one.
    false_findings: usize,
    examples: Vec<String>,
}

#[test]
fn what_is_understood_of_half_typed_text() {
    let mut score = Score::default();
    let step = if std::env::var_os("PODLS_THOROUGH").is_some() { 1 } else { 12 };
    for (name, text) in manifests().into_iter().step_by(step) {
        let settings = Arc::new(Settings::default());
        let clean: HashSet<String> = messages(&Document::new(&text, &settings), None);
        let tree = syntax::parse(&text).tree;
        let leaves = leaves(&tree);
        for state in states(&text, &tree) {
            judge(&name, &state, &leaves, &clean, &settings, &mut score);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole as f64;
    let cursor = share(score.right_cursor, score.states);
    let kept = share(score.leaves_kept, score.leaves);
    let blamed = share(score.false_findings, score.states);
    eprintln!(
        "{} states: cursor right {cursor:.2} %, leaves kept {kept:.2} %, false findings {blamed:.2} %",
        score.states
    );
    score.examples.truncate(30);
    eprintln!("{}", score.examples.join("\n"));
    assert!(score.states > 500);
    assert!(cursor >= 99.0 && kept >= 99.0 && blamed <= 0.5);
}

/// Our own valid manifests with one document in block style.
fn manifests() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests/valid");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let block =
            !text.trim_start().starts_with('{') && !text.contains("---") && !text.contains('\r');
        if block && !text.contains("<<") && !text.contains(": |") && !text.contains(": >") {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), text));
        }
    }
    found.sort();
    found
}

/// Path, line and value of each scalar that is no key.
fn leaves(tree: &Tree) -> Vec<(String, usize, String)> {
    let line = |at: usize| tree.text()[..at].matches('\n').count();
    let scalars = tree.nodes().filter(|node| node.is_scalar() && !node.is_key());
    scalars
        .map(|node| (node.path(), line(node.span().start), node.text().unwrap().to_owned()))
        .collect()
}

/// The states of every line `key: value`.
fn states(text: &str, tree: &Tree) -> Vec<State> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut states = Vec::new();
    let mut start = 0;
    for (number, line) in lines.iter().enumerate() {
        let body = line.trim_end();
        let at_start = start;
        start += line.len();
        let key = tree.nodes().find(|node| {
            node.is_key() && (at_start..at_start + body.len()).contains(&node.span().start)
        });
        let Some(key) = key else { continue };
        let value = key.next_sibling().unwrap();
        let plain = value.is_scalar()
            && !value.in_flow()
            && !body.contains(['"', '\'', '#', '*', '&', '!']);
        if !plain || value.span().is_empty() || key.span().end > value.span().start {
            continue;
        }
        let (colon, end) = (key.span().end - at_start, body.len());
        let mut add = |kind, edited: String, column: usize, path: String| {
            let mut text: String = lines[..number].concat();
            let cursor = text.len() + column;
            text.push_str(&edited);
            text.push('\n');
            text.push_str(&lines[number + 1..].concat());
            states.push(State { kind, text, line: number, cursor, path });
        };
        let parent = key.parent().unwrap().path();
        let own = value.path();
        // Typed letter by letter: first the key, then the value.
        for column in key.span().start - at_start + 1..=colon {
            add("half a key", body[..column].to_owned(), column, parent.clone());
        }
        for column in colon + 2..=end {
            if body.is_char_boundary(column) {
                add("half a value", body[..column].to_owned(), column, own.clone());
            }
        }
        let value_at = value.span().start - at_start;
        add("no colon", format!("{} {}", &body[..colon], &body[value_at..]), colon, parent.clone());
        for (kind, open) in [("open quote", "\""), ("open bracket", "["), ("open brace", "{")] {
            let edited = format!("{}{open}{}", &body[..value_at], &body[value_at..]);
            let inner = if open == "[" { format!("{own}[0]") } else { own.clone() };
            add(kind, edited, value_at + 1, inner);
        }
        add(
            "two colons",
            format!("{}: {}", &body[..value_at], &body[value_at..]),
            end,
            own.clone(),
        );
        let pad = " ".repeat(key.span().start - at_start);
        add("a new word", format!("{body}\n{pad}na"), end + 1 + pad.len() + 2, parent.clone());
        add("a new line", format!("{body}\n{pad}"), end + 1 + pad.len(), parent);
    }
    states
}

fn judge(
    name: &str,
    state: &State,
    leaves: &[(String, usize, String)],
    clean: &HashSet<String>,
    settings: &Arc<Settings>,
    score: &mut Score,
) {
    score.states += 1;
    let tree = syntax::parse(&state.text).tree;
    let now: HashSet<(String, String)> =
        self::leaves(&tree).into_iter().map(|(path, _, text)| (path, text)).collect();
    let others = leaves.iter().filter(|(_, line, _)| *line != state.line);
    let (mut all, mut kept) = (0, 0);
    for (path, _, text) in others {
        all += 1;
        kept += usize::from(now.contains(&(path.clone(), text.clone())));
    }
    score.leaves += all;
    score.leaves_kept += kept;
    let place = cursor_path(state);
    let right = place.as_deref() == Some(state.path.as_str());
    score.right_cursor += usize::from(right);
    let document = Document::new(&state.text, settings);
    let blamed: Vec<_> = messages(&document, Some(state.line))
        .into_iter()
        .filter(|it| !clean.contains(it))
        .collect();
    score.false_findings += usize::from(!blamed.is_empty());
    if kept < all || !right || !blamed.is_empty() {
        score.examples.push(format!(
            "{name}:{} {}: kept {kept} of {all}, cursor {place:?} for {:?}, blamed {blamed:?}",
            state.line + 1,
            state.kind,
            state.path
        ));
    }
}

/// The path of the map that a key at the cursor is in, or of the value at the cursor.
fn cursor_path(state: &State) -> Option<String> {
    let cursor = Cursor::at(&state.text, state.cursor)?;
    let node = cursor.node();
    let node = if node.is_key() { node.parent()? } else { node };
    Some(node.path())
}

/// Findings about the structure of the text. Others may be right: half a name is another name.
const STRUCTURE: [&str; 6] = [
    "required-field",
    "missing-containers",
    "missing-selector",
    "unknown-field",
    "wrong-type",
    "duplicate-key",
];

/// The findings, those of the edited line and of its neighbours left out.
fn messages(document: &Document, line: Option<usize>) -> HashSet<String> {
    let findings = document.findings().into_iter();
    let apart = findings.filter(|it| {
        let at = document.text().line_col(it.span.start).0;
        STRUCTURE.contains(&it.code) && line.is_none_or(|line| at.abs_diff(line) > 1)
    });
    apart.map(|it| format!("{} {} {}", it.code, it.path, it.message)).collect()
}
