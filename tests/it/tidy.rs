//! The house rules that the compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("stop", &[]),
    ("text", &[]),
    ("syntax", &["stop", "text"]),
    ("schema", &["text"]),
    ("config", &["text", "schema"]),
    ("formats", &["text", "schema"]),
    ("pod", &["text", "syntax", "schema", "formats"]),
    ("check", &["stop", "text", "syntax", "schema", "config", "formats", "pod"]),
    ("parity", &["text", "syntax", "check"]),
    ("rules", &["text", "syntax", "schema", "formats", "pod", "check"]),
    ("actions", &["text", "syntax", "schema", "formats", "pod", "check", "rules"]),
    ("complete", &["text", "syntax", "schema", "formats", "pod"]),
    ("features", &["text", "syntax", "schema", "formats", "pod"]),
    (
        "ide",
        &[
            "text", "syntax", "schema", "config", "formats", "pod", "check", "rules", "parity",
            "actions", "complete", "features",
        ],
    ),
    ("folder", &["text", "schema", "config", "check", "rules", "ide"]),
    ("cli", &["text", "schema", "config", "check", "rules", "parity", "ide", "folder"]),
    (
        "lsp",
        &[
            "stop", "folder", "text", "schema", "config", "check", "rules", "parity", "actions",
            "complete", "features", "ide",
        ],
    ),
];

/// Crates and std modules that only the outermost layers may name.
const OUTER_ONLY: &[&str] = &[
    "tower_lsp",
    "tokio",
    "std::fs",
    "std::env",
    "TcpStream",
    "UdpSocket",
    "std::process",
    "println!",
];

/// Crates that one layer keeps to itself.
const CONFINED: &[(&str, &[&str])] =
    &[("yaml_rust2", &["syntax"]), ("serde_yaml", &["config", "actions"]), ("ropey", &["text"])];

#[test]
fn layers() {
    let server = server();
    let mut wrong = Vec::new();
    for path in rust_files() {
        let rel = path.strip_prefix(&server).unwrap();
        let layer = rel.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else { continue };
        let text = without_comments(&fs::read_to_string(&path).unwrap());
        // Tests may use what all tests share, but reach no further down than what they test.
        let (code, tests) = text.split_at(code(&path).len().min(text.len()));
        let mut faults = faults(layer, code);
        let reached = used(code).into_iter().filter(|it| !allowed.contains(it));
        let by_tests =
            used(tests).into_iter().filter(|it| !allowed.contains(it) && *it != "testing");
        let reached = reached.chain(by_tests).filter(|it| *it != layer);
        faults.extend(reached.map(|used| format!("`{layer}` must not use `{used}`")));
        wrong.extend(faults.into_iter().map(|it| format!("{}: {it}", rel.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text with blanks in the place of lines that are comments, so that offsets stay.
fn without_comments(text: &str) -> String {
    let line = |line: &str| match line.trim_start().starts_with("//") {
        true => format!("{}\n", " ".repeat(line.trim_end_matches('\n').len())),
        false => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The modules that follow `crate::`, alone or in a group.
fn used(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let (mut depth, mut starts) = (0, true);
        for (at, char) in group.char_indices() {
            match char {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                char if starts && !char.is_whitespace() => {
                    names.push(word(&group[at..]));
                    starts = false;
                }
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty() && !name.starts_with(char::is_uppercase));
    names
}

fn word(text: &str) -> &str {
    text.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default()
}

#[test]
fn grouped_imports_are_seen() {
    let code =
        "use crate::{ide::{Document, Item}, rules};\ncrate::text::Span; use crate::{\n    lsp,\n};";
    assert_eq!(used(code), ["ide", "rules", "text", "lsp"]);
}

fn faults(layer: &str, code: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let outer = ["folder", "cli", "lsp"].contains(&layer);
    for name in OUTER_ONLY.iter().filter(|name| !outer && code.contains(**name)) {
        wrong.push(format!("`{layer}` must not use `{name}`"));
    }
    for (name, layers) in CONFINED {
        if code.contains(name) && !layers.contains(&layer) {
            wrong.push(format!("`{layer}` must not use `{name}`"));
        }
    }
    wrong
}

#[test]
fn files_are_short() {
    // Lists that `generate.rs` writes are as long as they have to be.
    let by_hand = rust_files().into_iter().filter(|path| !path.ends_with("list.rs"));
    let long = by_hand.filter_map(|path| {
        let lines = code(&path).lines().count();
        let all = fs::read_to_string(&path).unwrap().lines().count();
        (lines > 400 || all > 600).then(|| format!("{}: {lines} of {all} lines", path.display()))
    });
    let long: Vec<_> = long.collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn files_say_what_they_are() {
    let silent = rust_files()
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! "));
    let silent: Vec<_> = silent.map(|path| path.display().to_string()).collect();
    assert!(silent.is_empty(), "no `//!` in the first line: {}", silent.join(", "));
}

/// Words of the first version that have no place among the names of types, functions and modules, each
/// with the usual one.
const OLD_WORDS: &[(&str, &str)] = &[
    ("Thing", "Symbol"),
    ("Spoken", "ReferenceTarget"),
    ("Offer", "Assist"),
    ("Draft", "DiagnosticBuilder"),
    ("Around", "WorkspaceContext"),
    ("Skeleton", "Snippet"),
    ("Tolerant", "Recovered"),
    ("Told", "a noun for what it holds"),
    ("Judge", "FixSafety"),
    ("Row", "what a row describes"),
    ("skeleton", "snippet"),
    ("doubles", "duplicates"),
    ("lasting", "long_running"),
    ("meant", "corrected or nearest"),
    ("told", "summary or message"),
    ("judge", "check or assign"),
    ("judging", "safety"),
    ("judged", "checked"),
    ("vain", "before_start"),
    ("vain_calls", "calls_before_start"),
    ("lacking", "missing"),
    ("is_partial", "is_fragment"),
    ("partial", "fragment"),
    ("is_read", "what is validated"),
    ("is_claim_template", "is_in_claim_templates"),
    ("Meaning", "NameUse"),
    ("wanted", "expected or required"),
    ("unread", "unchecked"),
];

#[test]
fn old_words_do_not_come_back() {
    let mut found = Vec::new();
    for path in rust_files() {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let name = defined(line);
            let old = OLD_WORDS.iter().find(|(word, _)| Some(*word) == name);
            found.extend(old.map(|(word, usual)| {
                format!("{}:{}: not `{word}`, but {usual}", path.display(), number + 1)
            }));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The name that a line gives to a type, a function, a module or a constant.
fn defined(line: &str) -> Option<&str> {
    const KEYWORDS: [&str; 8] = ["struct", "enum", "trait", "type", "fn", "mod", "const", "static"];
    let mut words = line.split(|char: char| !char.is_alphanumeric() && char != '_');
    if line.trim_start().starts_with("//") {
        return None;
    }
    words.find(|word| KEYWORDS.contains(word))?;
    words.find(|word| !KEYWORDS.contains(word))
}

#[test]
fn definitions_are_found() {
    assert_eq!(defined("    pub(super) struct Offer<'a> {"), Some("Offer"));
    assert_eq!(defined("const fn judge("), Some("judge"));
    assert_eq!(defined("pub(crate) mod partial;"), Some("partial"));
    assert_eq!(defined("// fn told"), None);
    assert_eq!(defined("let offer = 1;"), None);
}

pub(crate) fn server() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("server")
}

/// The text of a file before its tests.
pub(crate) fn code(path: &Path) -> String {
    // A folder's `tests.rs` or `tests/` is all tests.
    if path.iter().any(|part| part == "tests.rs" || part == "tests") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

pub(crate) fn rust_files() -> Vec<PathBuf> {
    fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, out);
            } else if path.extension().is_some_and(|it| it == "rs") {
                out.push(path);
            }
        }
    }
    let mut out = Vec::new();
    collect(&server(), &mut out);
    out
}
