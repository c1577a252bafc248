//! Real manifests with faults that are none of indentation: misspelt and foreign fields, wrong values,
//! signs that went astray. Nothing of them may be moved.

use std::sync::Arc;

use podls::actions::AssistKind;
use podls::config::Settings;
use podls::ide::Document;
use podls::syntax::{self, Node, Trust};
use podls::text::{Edit, Span, apply};

use crate::corpus::{Manifest, corpus, is_thorough};

const THOROUGH: usize = 6_000;
const QUICK: usize = 150;

/// Kinds of faults.
const UNKNOWN: usize = 0;
const MISSPELT: usize = 1;
const WRONG_TYPE: usize = 2;
const WRONG_VALUE: usize = 3;
const FOREIGN: usize = 4;
const PLACEHOLDER: usize = 5;
const NO_BREAK_SPACE: usize = 6;
const NO_BLANK: usize = 7;
const TWICE: usize = 8;
const REMOVED: usize = 9;
const KINDS: usize = 10;

/// A row of numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// Accepted manifests that are read as they are.
fn manifests() -> Option<Vec<&'static Manifest>> {
    let plain = |it: &&Manifest| {
        let parse = syntax::parse(&it.text);
        it.accepted && it.text.lines().count() <= 150 && parse.trust == Trust::Exact
    };
    Some(corpus()?.iter().filter(plain).collect())
}

/// The text with one more fault, and where that is.
fn planted(text: &str, kind: usize, numbers: &mut Numbers) -> Option<(String, usize)> {
    let (tree, _) = syntax::parse_tolerant(text);
    let keys: Vec<Node<'_>> = tree.nodes().filter(|it| it.is_key() && !it.in_flow()).collect();
    let key = keys.get(numbers.below(keys.len()))?;
    let (start, end) = (key.span().start, key.span().end);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = " ".repeat(text[line..start].chars().count());
    let value =
        text[end..line_end].strip_prefix(": ").filter(|it| !it.starts_with(['|', '>', '&', '#']));
    let of_value = Span::new(end + 2, line_end);
    let edit = match kind {
        UNKNOWN => value.map(|_| {
            let line = numbers.one_of(&["foo: bar", "foo: []", "depends_on: [a]", "x-y: 1"]);
            Edit::replace(Span::at(line_end), format!("\n{indent}{line}"))
        }),
        MISSPELT => Some(Edit::replace(key.span(), misspelt(&text[start..end], numbers)?)),
        WRONG_TYPE => value
            .map(|_| Edit::replace(of_value, numbers.one_of(&["[a]", "{a: b}", "17", "true", ""]))),
        WRONG_VALUE => value
            .map(|_| Edit::replace(of_value, numbers.one_of(&["Sometimes", "-1", "a b", "A_B"]))),
        FOREIGN => value.map(|_| {
            let fields = [
                "replicas: 1",
                "image: nginx",
                "restartPolicy: Never",
                "containerPort: 80",
                "name: a",
                "mountPath: /x",
                "startupProbe: {exec: {command: [a]}}",
                "hostNetwork: true",
                "key: a",
                "labels: {a: b}",
                "volumes: []",
                "command: [a]",
                "serviceName: a",
                "cpu: 1",
                "path: /",
            ];
            Edit::replace(Span::at(line_end), format!("\n{indent}{}", numbers.one_of(&fields)))
        }),
        PLACEHOLDER => value
            .map(|_| Edit::replace(of_value, numbers.one_of(&["$OS", "<name>", "@X@", "%name%"]))),
        NO_BREAK_SPACE => match numbers.below(2) {
            0 => value.map(|_| Edit::replace(Span::new(end + 1, end + 2), "\u{a0}")),
            _ => Some(Edit::replace(Span::at(start), "\u{a0}")),
        },
        NO_BLANK => value.map(|_| Edit::replace(Span::new(end + 1, end + 2), "")),
        TWICE => value.map(|_| {
            Edit::replace(Span::at(line_end), format!("\n{indent}{}: other", &text[start..end]))
        }),
        REMOVED => Some(Edit::replace(Span::new(line, (line_end + 1).min(text.len())), "")),
        _ => None,
    };
    Some((apply(text, &[edit?]), line))
}

/// A key with a slip of the finger.
fn misspelt(key: &str, numbers: &mut Numbers) -> Option<String> {
    if key.len() < 4 || !key.bytes().all(|it| it.is_ascii_alphabetic()) {
        return None;
    }
    let at = 1 + numbers.below(key.len() - 2);
    let (before, behind) = key.split_at(at);
    let next = &behind[..1];
    Some(match numbers.below(5) {
        0 => format!("{before}{}", &behind[1..]),
        1 => format!("{before}{next}{behind}"),
        2 => format!("{before}{}{next}{}", &behind[1..2], &behind[2..]),
        3 => format!("{before}{}{behind}", numbers.one_of(&["a", "e", "x", "s"])),
        _ => format!("{key}s"),
    })
}

/// Whether a repair is offered or made.
fn is_moved(text: &str, at: usize, settings: &Arc<Settings>) -> bool {
    let document = Document::new(text, settings);
    if document.reindented().text != text {
        return true;
    }
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let selections =
        [Span::at(at), Span::new(at, (end + 1).min(text.len())), Span::new(0, text.len())];
    let offers = selections.into_iter().flat_map(|selection| document.actions(selection));
    offers.into_iter().any(|offer| offer.kind == AssistKind::RepairIndentation)
}

#[test]
fn other_faults_are_left_alone() {
    let Some(manifests) = manifests() else { return };
    let settings = Arc::new(Settings::default());
    let tries = if is_thorough() { THOROUGH } else { QUICK };
    let (mut tried, mut moved, mut numbers) = (0, Vec::new(), Numbers(7));
    while tried < tries {
        let manifest = manifests[numbers.below(manifests.len())];
        let (mut text, mut at, mut kinds) = (manifest.text.clone(), 0, Vec::new());
        for _ in 0..=numbers.below(6) {
            let kind = numbers.below(KINDS);
            if let Some((next, line)) = planted(&text, kind, &mut numbers) {
                (text, at) = (next, line);
                kinds.push(kind);
            }
        }
        if kinds.is_empty() {
            continue;
        }
        tried += 1;
        if is_moved(&text, at.min(text.len()), &settings) {
            moved.push(format!("{} {kinds:?} number {tried}", manifest.name));
        }
    }
    eprintln!("planted: {tried} tried, {} moved", moved.len());
    moved.iter().for_each(|it| eprintln!("  {it}"));
    assert!(moved.len() * 1000 <= tried, "moved although nothing was lost");
}
