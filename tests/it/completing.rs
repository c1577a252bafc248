//! What accepting a completion does to a manifest: it adds, and takes nothing away.
//!
//! On a new line at every line, in every column that somebody's cursor may stand in, every item is
//! accepted. Another parser than ours says what the text means before and after.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use podls::complete::Item;
use podls::config::Settings;
use podls::ide::Document;
use podls::text::{Edit, apply};
use serde::Deserialize;
use serde_yaml::Value;

use crate::corpus::is_thorough;

/// How often a path has a value. Absent values do not count, nor do the places of items in lists.
pub(crate) type Leaves = BTreeMap<(String, String), usize>;

pub(crate) fn leaves(text: &str) -> Option<Leaves> {
    let mut found = Leaves::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        collect(&Value::deserialize(document).ok()?, "", &mut found);
    }
    Some(found)
}

fn collect(value: &Value, path: &str, found: &mut Leaves) {
    let leaf = match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                collect(value, &format!("{path}.{key:?}"), found);
            }
            return;
        }
        Value::Sequence(items) => {
            return items.iter().for_each(|item| collect(item, &format!("{path}[]"), found));
        }
        Value::Null => return,
        leaf => format!("{leaf:?}"),
    };
    if leaf != "String(\"\")" {
        *found.entry((path.to_owned(), leaf)).or_default() += 1;
    }
}

/// Whether `after` has all that `before` has.
pub(crate) fn keeps(before: &Leaves, after: &str) -> bool {
    let Some(after) = leaves(after) else { return false };
    before.iter().all(|(leaf, count)| after.get(leaf).is_some_and(|now| now >= count))
}

/// Our own manifests in the styles that people write, with a name each.
pub(crate) fn manifests() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests/valid");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let unix = text.replace("\r\n", "\n");
        if !text.contains('\r') {
            found.push((format!("{name} with CRLF"), unix.replace('\n', "\r\n")));
        }
        let documents = serde_yaml::Deserializer::from_str(&text).map(Value::deserialize);
        let documents: Option<Vec<Value>> = documents.map(Result::ok).collect();
        if let Some([only]) = documents.as_deref() {
            found.push((format!("{name} as block"), serde_yaml::to_string(only).unwrap()));
            found.push((format!("{name} indented"), block(only, 0)));
            found.push((format!("{name} as KYAML"), flow(only, 0, false) + "\n"));
            found.push((format!("{name} as JSON"), flow(only, 0, true) + "\n"));
        }
        found.push((name, text));
    }
    found.sort();
    found
}

/// Block style with lists deeper than their keys.
fn block(value: &Value, depth: usize) -> String {
    let pad = " ".repeat(depth);
    let mut out = String::new();
    let mut put = |lead: &str, inner: usize, value: &Value| match value {
        Value::Mapping(map) if !map.is_empty() && lead == "-" => {
            let inner = block(value, depth + 2);
            let _ = write!(out, "{pad}- {}", inner.trim_start());
        }
        Value::Mapping(map) if !map.is_empty() => {
            let _ = write!(out, "{pad}{lead}\n{}", block(value, inner));
        }
        Value::Sequence(items) if !items.is_empty() => {
            let _ = write!(out, "{pad}{lead}\n{}", block(value, inner));
        }
        scalar => {
            let _ = writeln!(out, "{pad}{lead} {}", flow(scalar, 0, true));
        }
    };
    match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                put(&format!("{}:", key.as_str().unwrap()), depth + 2, value);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| put("-", depth + 2, item)),
        _ => {}
    }
    out
}

/// KYAML, or JSON.
fn flow(value: &Value, depth: usize, json: bool) -> String {
    let (pad, inner) = ("  ".repeat(depth), "  ".repeat(depth + 1));
    let around = |open: char, parts: Vec<String>, close: char| match parts.is_empty() {
        true => format!("{open}{close}"),
        false => {
            let comma = if json { "" } else { "," };
            let body = parts.join(&format!(",\n{inner}"));
            format!("{open}\n{inner}{body}{comma}\n{pad}{close}")
        }
    };
    match value {
        Value::Mapping(map) => {
            let part = |(key, value): (&Value, &Value)| {
                let key = key.as_str().unwrap();
                let key = if json { format!("{key:?}") } else { key.to_owned() };
                format!("{key}: {}", flow(value, depth + 1, json))
            };
            around('{', map.iter().map(part).collect(), '}')
        }
        Value::Sequence(items) => {
            around('[', items.iter().map(|it| flow(it, depth + 1, json)).collect(), ']')
        }
        scalar => serde_json::to_string(scalar).unwrap(),
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The columns in which a cursor may stand between two lines.
pub(crate) fn columns(above: &str, below: &str) -> Vec<usize> {
    let mut columns = vec![0];
    for line in [above, below] {
        let indent = indent(line);
        columns.extend([indent, indent + 2]);
        if line.trim_start().starts_with("- ") {
            columns.push(indent + 1);
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// The text of a snippet when nothing is filled in, with the numbers of its places from top to bottom.
fn expanded(snippet: &str) -> (String, Vec<usize>) {
    let (mut out, mut places, mut open) = (String::new(), Vec::new(), 0);
    let mut chars = snippet.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            '$' => {
                open += usize::from(chars.next_if_eq(&'{').is_some());
                let mut number = String::new();
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                places.push(number.parse().unwrap());
                chars.next_if_eq(&':');
                // Of several words to choose from, the first.
                if chars.next_if_eq(&'|').is_some() {
                    let words: String = chars.by_ref().take_while(|it| *it != '|').collect();
                    out.push_str(words.split(',').next().unwrap());
                }
            }
            '}' if open > 0 => open -= 1,
            char => out.push(char),
        }
    }
    (out, places)
}

/// What an editor with snippets makes of an item, which indents its lines like the one that they go into.
fn with_snippet(text: &str, item: &Item) -> String {
    let head = &text[..item.replace.start];
    let line = &head[head.rfind('\n').map_or(0, |at| at + 1)..];
    let (snippet, places) = expanded(&item.insert);
    let mut first: Vec<usize> = Vec::new();
    for place in places {
        if !first.contains(&place) {
            first.push(place);
        }
    }
    // The last place is called 0.
    let order: Vec<usize> = first.iter().map(|it| if *it == 0 { 99 } else { *it }).collect();
    assert!(order.is_sorted(), "{}", item.insert);
    let snippet = snippet.replace('\n', &format!("\n{}", " ".repeat(indent(line))));
    let mut edits = vec![Edit::replace(item.replace, snippet)];
    edits.extend(item.also.iter().cloned());
    apply(text, &edits)
}

/// What accepting an item makes of `text`: with all of its lines, and in an editor that writes one line
/// only.
fn accepted(text: &str, item: &Item) -> Vec<String> {
    let whole = apply(text, &item.edits());
    if item.snippet {
        assert_eq!(with_snippet(text, item), whole, "{item:?}");
    }
    let short = item.clone().on_one_line().filter(|it| it.insert != item.insert);
    let short = short.map(|it| apply(text, &it.edits()));
    [whole].into_iter().chain(short).collect()
}

#[derive(Default)]
struct Score {
    places: usize,
    offers: usize,
    harmful: Vec<String>,
}

/// What somebody may have typed on a new line: a dash, a word. It may stand where it breaks the
/// text; then what is accepted mends it, or nothing is offered.
const TYPED: [&str; 6] = ["-", "- ", "na", "- na", "  -", "? "];

/// Accepts every item in the columns of one new line.
fn try_line(name: &str, lines: &[&str], at: usize, before: &Leaves, score: &mut Score) {
    let full = |line: &&&str| !line.trim().is_empty();
    let above = lines[..at].iter().rev().find(full).copied().unwrap_or_default();
    let below = lines[at..].iter().find(full).copied().unwrap_or_default();
    let line_break = if above.ends_with("\r\n") { "\r\n" } else { "\n" };
    let head = lines[..at].concat();
    let tail = lines[at..].concat();
    // Most lines are tried with one of them only.
    let typed = ["", TYPED[at % TYPED.len()]];
    let each = columns(above, below).into_iter().flat_map(|it| typed.map(|typed| (it, typed)));
    for (column, typed) in each {
        let blank = format!("{head}{}{line_break}{tail}", " ".repeat(column));
        // In a text of several lines a new one is a change of its own.
        if leaves(&blank).as_ref() != Some(before) {
            continue;
        }
        let text = format!("{head}{}{typed}{line_break}{tail}", " ".repeat(column));
        let document = Document::new(&text, &Arc::new(Settings::default()));
        let items = document.completions(head.len() + column + typed.len());
        score.places += 1;
        for item in &items {
            score.offers += 1;
            let is_right = |after: &String| {
                let ends = after.matches('\n').count() == after.matches(line_break).count();
                keeps(before, after) && ends && !after.contains('\0')
            };
            if !accepted(&text, item).iter().all(is_right) {
                let place = format!("{name}:{}:{column} {typed:?}", at + 1);
                score.harmful.push(format!("{place} `{}` {:?}", item.label, item.insert));
            }
        }
    }
}

/// A share of all new lines, so that as many threads as there are can try them at once.
fn try_share(manifests: &[(String, String)], share: usize, shares: usize, step: usize) -> Score {
    let (mut score, mut number) = (Score::default(), 0);
    for (name, text) in manifests {
        let Some(before) = leaves(text) else { continue };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 1..=lines.len() {
            number += 1;
            if number % step == 0 && (number / step) % shares == share {
                try_line(name, &lines, at, &before, &mut score);
            }
        }
    }
    score
}

#[test]
fn accepting_an_item_takes_nothing_away() {
    let step = if is_thorough() { 1 } else { 997 };
    let manifests = manifests();
    assert!(manifests.len() >= 80);
    let shares = thread::available_parallelism().map_or(1, usize::from).min(8);
    let scores = thread::scope(|scope| {
        let manifests = &manifests;
        let run = |share| scope.spawn(move || try_share(manifests, share, shares, step));
        let threads: Vec<_> = (0..shares).map(run).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let mut score = Score::default();
    for part in scores {
        score.places += part.places;
        score.offers += part.offers;
        score.harmful.extend(part.harmful);
    }
    let Score { places, offers, harmful } = &score;
    eprintln!("{offers} items accepted at {places} places, {} do harm", harmful.len());
    assert!(*places > 50 && *offers > 200);
    assert!(harmful.is_empty(), "{}", harmful[..harmful.len().min(30)].join("\n"));
}
