//! What accepting a completion does to a manifest: it adds, and takes nothing away.
//!
//! On a new line at every line, in every column that somebody's cursor may stand in, every item is
//! accepted. Another parser than ours says what the text means before and after.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::complete::Item;
use podls::config::Settings;
use podls::ide::Document;
use podls::syntax::{self, Node, Tree, Trust};
use podls::text::apply;
use serde::Deserialize;
use serde_yaml::Value;

use crate::corpus::{corpus, is_thorough};

/// How often a path has a value. Absent values do not count, nor do the places of items in lists.
type Leaves = BTreeMap<(String, String), usize>;

fn leaves(text: &str) -> Option<Leaves> {
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
fn keeps(before: &Leaves, after: &str) -> bool {
    let Some(after) = leaves(after) else { return false };
    before.iter().all(|(leaf, count)| after.get(leaf).is_some_and(|now| now >= count))
}

/// Our own manifests in the styles that people write, with a name each.
fn manifests() -> Vec<(String, String)> {
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
fn columns(above: &str, below: &str) -> Vec<usize> {
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

#[derive(Default)]
struct Score {
    places: usize,
    offers: usize,
    harmful: Vec<String>,
}

/// Accepts every item in the columns of one new line.
fn try_line(name: &str, lines: &[&str], at: usize, before: &Leaves, score: &mut Score) {
    let full = |line: &&&str| !line.trim().is_empty();
    let above = lines[..at].iter().rev().find(full).copied().unwrap_or_default();
    let below = lines[at..].iter().find(full).copied().unwrap_or_default();
    let line_break = if above.ends_with("\r\n") { "\r\n" } else { "\n" };
    let head = lines[..at].concat();
    for column in columns(above, below) {
        let text = format!("{head}{}{line_break}{}", " ".repeat(column), lines[at..].concat());
        // In a text of several lines a new one is a change of its own.
        if leaves(&text).as_ref() != Some(before) {
            continue;
        }
        let document = Document::new(&text, &Arc::new(Settings::default()));
        let items = document.completions(head.len() + column);
        score.places += 1;
        for item in &items {
            score.offers += 1;
            let after = apply(&text, &item.edits());
            let ends = after.matches('\n').count() == after.matches(line_break).count();
            if !keeps(before, &after) || !ends {
                let place = format!("{name}:{}:{column}", at + 1);
                score.harmful.push(format!("{place} `{}` {:?}", item.label, item.insert));
            }
        }
    }
}

#[test]
fn accepting_an_item_takes_nothing_away() {
    let step = if is_thorough() { 1 } else { 997 };
    let mut score = Score::default();
    let mut number = 0;
    let manifests = manifests();
    assert!(manifests.len() >= 80);
    for (name, text) in &manifests {
        let Some(before) = leaves(text) else { continue };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 1..=lines.len() {
            number += 1;
            if number % step == 0 {
                try_line(name, &lines, at, &before, &mut score);
            }
        }
    }
    let Score { places, offers, harmful } = &score;
    eprintln!("{offers} items accepted at {places} places, {} do harm", harmful.len());
    assert!(*places > 50 && *offers > 200);
    assert!(harmful.is_empty(), "{}", harmful[..harmful.len().min(30)].join("\n"));
}

/// An entry of a block map that is taken out of its manifest: whole, or its key alone.
struct Gap {
    /// The text with a line of blanks where the entry or its key was.
    text: String,
    cursor: usize,
    key: String,
    path: String,
    /// Whether the children of the entry still stand there.
    children: bool,
}

/// The entries of `text` with lines of their own.
fn gaps(text: &str, tree: &Tree) -> Vec<Gap> {
    let mut found = Vec::new();
    for key in tree.nodes().filter(|node| node.is_key() && !node.in_flow()) {
        let (Some(value), Some(name)) = (key.next_sibling(), key.text()) else { continue };
        let start = text[..key.span().start].rfind('\n').map_or(0, |at| at + 1);
        let column = key.span().start - start;
        let alone = key.parent().is_some_and(|map| map.entries().count() == 1);
        if !text[start..key.span().start].trim().is_empty() || alone || value.is_null() {
            continue;
        }
        let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |len| at + len);
        let end = text[..value.span().end.max(key.span().end)].trim_end().len();
        let blanks = " ".repeat(column);
        let mut add = |end: usize, children: bool| {
            found.push(Gap {
                text: format!("{}{blanks}{}", &text[..start], &text[line_end(end)..]),
                cursor: start + column,
                key: name.to_owned(),
                path: value.path(),
                children,
            });
        };
        add(end, false);
        let block = (value.is_map() || value.is_seq()) && !value.in_flow();
        let own_lines = block && value.span().start > line_end(key.span().start);
        if own_lines && value.children().next().is_some_and(|it| !it.in_flow()) {
            add(key.span().end, true);
        }
    }
    found
}

/// Whether the schema knows the field at a path of this manifest.
fn is_known(node: Node<'_>) -> bool {
    node.parent().and_then(podls::pod::expected).is_some_and(|it| {
        it.ty.object().is_some_and(|ty| node.text().is_some_and(|key| ty.field(key).is_some()))
    })
}

fn accepted<'a>(items: &'a [Item], gap: &Gap) -> Option<&'a Item> {
    items.iter().find(|item| item.label == gap.key)
}

/// Whether the text with the key back has it where it was, and all else as it was.
fn restores(gap: &Gap, before: &Leaves, after: &str) -> bool {
    if gap.children {
        return leaves(after).as_ref() == Some(before);
    }
    let parse = syntax::parse(after);
    let back = parse.tree.nodes().any(|node| !node.is_key() && node.path() == gap.path);
    let rest = leaves(&gap.text);
    parse.trust == Trust::Exact && back && rest.is_none_or(|rest| keeps(&rest, after))
}

#[test]
fn what_is_deleted_can_be_completed_again() {
    let Some(corpus) = corpus() else { return };
    let wanted = if is_thorough() { 1_500 } else { 40 };
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let usable: Vec<_> = corpus.iter().filter(|it| it.accepted && it.text.len() < 20_000).collect();
    let (mut tried, mut offered, mut restored) = (0, 0, 0);
    let mut missed = Vec::new();
    while tried < wanted {
        let manifest = usable[next(usable.len())];
        let text = &manifest.text;
        let (Some(before), parse) = (leaves(text), syntax::parse(text)) else { continue };
        let one = syntax::Stream::new(text, |_| ()).documents().count() == 1;
        if !one || parse.trust != Trust::Exact || text.contains("<<:") {
            continue;
        }
        let known = parse.tree.nodes().filter(|it| it.is_key() && is_known(*it));
        let known: Vec<String> = known.filter_map(|it| Some(it.next_sibling()?.path())).collect();
        let gaps = gaps(text, &parse.tree);
        let gaps: Vec<_> = gaps.iter().filter(|gap| known.contains(&gap.path)).collect();
        let Some(gap) = gaps.get(next(gaps.len())) else { continue };
        tried += 1;
        // Where the lines below could go on with what is above, their key comes with its first letters.
        let begun = gap.key.get(..2).unwrap_or_default();
        let done = ["", begun].into_iter().find_map(|typed| {
            let (head, tail) = gap.text.split_at(gap.cursor);
            let text = format!("{head}{typed}{tail}");
            let document = Document::new(&text, &Arc::new(Settings::default()));
            let items = document.completions(gap.cursor + typed.len());
            Some(apply(&text, &accepted(&items, gap)?.edits()))
        });
        offered += usize::from(done.is_some());
        let was_offered = done.is_some();
        let after = done;
        let right = after.is_some_and(|after| restores(gap, &before, &after));
        restored += usize::from(right);
        if !right {
            let how = if gap.children { "key" } else { "entry" };
            missed.push(format!("{} {} ({how}, offered {})", manifest.name, gap.path, was_offered));
        }
    }
    eprintln!("{tried} entries: offered {offered}, restored {restored}\n{}", missed.join("\n"));
    assert!(offered * 1_000 >= tried * 995 && restored * 1_000 >= tried * 995);
}
