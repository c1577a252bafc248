//! Nothing is offered that `check` refuses: each item is accepted, and no error comes with it, apart from
//! what is left to fill in. What the server drops or refuses stands last, with the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use podls::check::Severity;
use podls::complete::Item;
use podls::config::Settings;
use podls::ide::Document;
use podls::text::apply;

use crate::completing::{columns, leaves, manifests};
use crate::corpus::is_thorough;

/// How often an error is found.
type Errors = BTreeMap<(&'static str, String), usize>;

fn errors(document: &Document) -> Errors {
    let mut found = Errors::new();
    for finding in document.findings() {
        if finding.severity == Severity::Error {
            *found.entry((finding.code, finding.message)).or_default() += 1;
        }
    }
    found
}

/// What an error says of something that is not there yet: of a field, of a value, of what it names.
const ABSENT: [&str; 9] = [
    " has no ",
    "has neither",
    " needs ",
    "empty",
    "``",
    "missing",
    "needs `",
    "limit ",
    "without",
];

/// Whether an error says that something is not there yet.
fn is_left_to_fill_in((code, message): &(&str, String)) -> bool {
    *code == "required-field"
        || code.starts_with("missing-")
        || ["volume-not-found", "pod-limit-too-small"].contains(code)
        || ABSENT.iter().any(|word| message.contains(word))
}

/// Whether the item stands last.
fn is_doubtful(item: &Item) -> bool {
    item.sort.trim_start_matches('9').starts_with('8')
}

/// The errors that `item` brings.
fn brought(text: &str, before: &Errors, item: &Item, settings: &Arc<Settings>) -> Vec<String> {
    let after = errors(&Document::new(&apply(text, &item.edits()), settings));
    let new = after.iter().filter(|(error, count)| {
        !is_left_to_fill_in(error) && before.get(error).is_none_or(|was| was < *count)
    });
    new.map(|((code, message), _)| format!("{code}: {message}")).collect()
}

#[test]
fn nothing_is_offered_that_check_refuses() {
    let step = if is_thorough() { 7 } else { 1_201 };
    let settings = Arc::new(Settings::default());
    let (mut number, mut offers, mut refused) = (0, 0, BTreeMap::<String, Vec<String>>::new());
    for (name, text) in manifests() {
        let before = leaves(&text);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 1..=lines.len() {
            number += 1;
            if number % step != 0 {
                continue;
            }
            let head = lines[..at].concat();
            let line_break = if lines[at - 1].ends_with("\r\n") { "\r\n" } else { "\n" };
            let below = lines.get(at).copied().unwrap_or_default();
            for column in columns(lines[at - 1], below) {
                let text =
                    format!("{head}{}{line_break}{}", " ".repeat(column), lines[at..].concat());
                if leaves(&text) != before {
                    continue;
                }
                let document = Document::new(&text, &settings);
                let errors = errors(&document);
                let items = document.completions(head.len() + column);
                for item in items.iter().filter(|item| !is_doubtful(item)) {
                    offers += 1;
                    for error in brought(&text, &errors, item, &settings) {
                        let place = format!("{name}:{}:{column} `{}`", at + 1, item.label);
                        refused.entry(error).or_default().push(place);
                    }
                }
            }
        }
    }
    let count: usize = refused.values().map(Vec::len).sum();
    eprintln!("{offers} items accepted, {count} refused");
    let told: Vec<String> =
        refused.iter().map(|(error, at)| format!("{} {error}: {}", at.len(), at[0])).collect();
    assert!(offers > 50 && refused.is_empty(), "{}", told.join("\n"));
}
