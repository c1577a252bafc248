//! What each rule says of its examples if something in them is missing or has another value: `variants.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use podls::check::{Finding, Rule, run_one};
use podls::parity::server_path;
use podls::rules;
use podls::schema::Version;
use podls::syntax::write::{self, New};
use podls::syntax::{Node, Parse, parse};
use podls::text::{Edit, apply};

use crate::generate::ensure;

#[test]
fn every_variant_is_there() {
    let mut out = String::from("Written by `cargo test`: examples of rules with small changes.\n");
    for rule in rules::ALL {
        writeln!(out, "\n{}", rule.code).unwrap();
        let manual = rules::explain(rule.code).unwrap_or_default();
        for (kind, number, text) in examples(manual) {
            of_example(rule, &format!("{kind} {number}"), text, &mut out);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/variants.txt");
    ensure(&[(path, out)]);
}

/// Those of one document and a usual size, with their kind and their number among those of the kind.
fn examples(manual: &str) -> impl Iterator<Item = (&str, usize, &str)> {
    ["bad", "good"].into_iter().flat_map(|kind| {
        let blocks = manual.split("```yaml ").filter_map(move |it| it.strip_prefix(kind));
        let texts = blocks.filter_map(|it| it.split("```").next());
        let texts = texts.enumerate().map(move |(at, text)| (kind, at + 1, text.trim_start()));
        texts.filter(|(.., text)| !text.contains("<256 KiB>") && !text.contains("\n---"))
    })
}

/// Each change after which the rule says something else, by what it then says.
fn of_example(rule: &'static Rule, name: &str, text: &str, out: &mut String) {
    let version = text.lines().find_map(|it| it.strip_prefix("# podls: kubernetes "));
    let version = version.and_then(Version::parse).unwrap_or_default();
    let example = parse(text);
    let before = said(text, &run_one(rule, &example, version));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (change, edit) in changes(&example) {
        let changed = apply(text, &[edit]);
        let after = said(&changed, &run_one(rule, &parse(&changed), version));
        if after != before {
            found.entry(after).or_default().push(change);
        }
    }
    for (said, changes) in found {
        let said = if said.is_empty() { "\n    nothing" } else { &said };
        writeln!(out, "  {name}, {}:{said}", changes.join(", ")).unwrap();
    }
}

fn changes(example: &Parse) -> Vec<(String, Edit)> {
    let mut changes = Vec::new();
    for node in example.tree.nodes().filter(|it| it.key().is_some() || it.parent().is_some()) {
        let path = node.path();
        let Some(name) = path.rsplit('.').next().filter(|it| !it.is_empty()) else { continue };
        if ["apiVersion", "kind"].contains(&name) || node.is_key() {
            continue;
        }
        changes.extend(write::remove(node).map(|edit| (format!("no `{path}`"), edit)));
        for value in others(node) {
            let edit = write::replace(node, &New::scalar(&value));
            changes.extend(edit.map(|edit| (format!("`{path}` is `{value}`"), edit)));
        }
    }
    changes
}

/// Values near the one of a scalar.
fn others(node: Node<'_>) -> Vec<String> {
    if let Some(number) = node.as_int() {
        let others = BTreeSet::from([number - 1, number + 1, 0]);
        return others.iter().filter(|it| **it != number).map(i64::to_string).collect();
    }
    match (node.as_bool(), node.as_str()) {
        (Some(value), _) => vec![(!value).to_string()],
        (None, Some(text)) if !text.contains(['\n', '\'']) => {
            vec!["''".to_owned(), format!("'{text}x'")]
        }
        _ => Vec::new(),
    }
}

fn said(text: &str, findings: &[Finding]) -> String {
    let mut out = String::new();
    for it in findings {
        let source = text[it.span.start..it.span.end].lines().next().unwrap_or_default();
        write!(out, "\n    `{source}` at `{}`: {}", server_path(it), it.message).unwrap();
        for fix in &it.fixes {
            let inserted: String = fix.edits.iter().map(|it| format!(" {:?}", it.insert)).collect();
            write!(out, "\n      {}{inserted}", fix.title).unwrap();
        }
    }
    out
}
