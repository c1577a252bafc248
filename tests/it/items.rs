//! What completion offers in our own manifests, in new lines and as values, and what it writes: `items.txt`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use podls::complete::Item;
use podls::config::Settings;
use podls::ide::Document;

use crate::completing::{columns, manifests};
use crate::generate::ensure;

#[test]
fn every_item_is_there() {
    let mut found = Found::default();
    for (name, text) in manifests().into_iter().filter(|(name, _)| !name.contains(' ')) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 1..=lines.len() {
            found.new_line(&name, &lines, at);
            found.value(&name, &lines, at - 1);
        }
    }
    let mut out = String::from("Written by `cargo test`: what completion offers.\n\n");
    for (labels, place) in &found.lists {
        writeln!(out, "{place}: {labels}").unwrap();
    }
    out.push('\n');
    found.items.iter().for_each(|it| writeln!(out, "{it}").unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/items.txt");
    ensure(&[(path, out)]);
}

#[derive(Default)]
struct Found {
    /// The keys around the places that were tried.
    tried: HashSet<String>,
    /// Each list of items, with the first place that has it.
    lists: BTreeMap<String, String>,
    items: BTreeSet<String>,
}

impl Found {
    fn new_line(&mut self, name: &str, lines: &[&str], at: usize) {
        let full = |line: &&&str| !line.trim().is_empty();
        let above = lines[..at].iter().rev().find(full).copied().unwrap_or_default();
        let below = lines[at..].iter().find(full).copied().unwrap_or_default();
        if !self.tried.insert(format!("{} {}", key(above), key(below))) {
            return;
        }
        let (head, tail) = (lines[..at].concat(), lines[at..].concat());
        for column in columns(above, below) {
            let place = format!("{name}:{}:{column}", at + 1);
            self.add(&place, &format!("{head}{}", " ".repeat(column)), &format!("\n{tail}"));
        }
    }

    /// In the place of the value of a line.
    fn value(&mut self, name: &str, lines: &[&str], at: usize) {
        let Some((head, _)) = lines[at].split_once(": ") else { return };
        let kind = lines[..at].iter().rfind(|it| it.starts_with("kind:")).copied();
        if self.tried.insert(format!("{}: of {}", key(lines[at]), kind.unwrap_or_default())) {
            let head = format!("{}{head}: ", lines[..at].concat());
            let place = format!("{name}:{} {}:", at + 1, key(lines[at]));
            self.add(&place, &head, &format!("\n{}", lines[at + 1..].concat()));
        }
    }

    fn add(&mut self, place: &str, head: &str, tail: &str) {
        let text = format!("{head}{tail}");
        let document = Document::new(&text, &Arc::new(Settings::default()));
        let mut items = document.completions(head.len());
        items.sort_by(|a, b| a.sort.cmp(&b.sort));
        let labels: Vec<_> = items.iter().map(|it| it.label.as_str()).collect();
        self.lists.entry(labels.join(" ")).or_insert_with(|| place.to_owned());
        self.items.extend(items.iter().map(shown));
    }
}

fn key(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '-']);
    line.split([':', ' ', '\n']).next().unwrap_or_default()
}

/// Everything but its place and its blanks.
fn shown(item: &Item) -> String {
    let insert = item.insert.split_whitespace().collect::<Vec<_>>().join(" ");
    let also: String = item.also.iter().map(|it| format!(" and {:?}", it.insert)).collect();
    let deprecated = if item.deprecated { " (deprecated)" } else { "" };
    format!("{} ({}): {insert:?}{deprecated}{also}", item.label, item.detail)
}
