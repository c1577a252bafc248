//! A map has the same key twice.
//!
//! kubectl keeps the last one and silently drops the others. YAML forbids duplicate keys, and strict
//! parsers refuse the file. In JSON it is an error: the API server gets the text unchanged, and
//! refuses it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   name: api
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! ```

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::further_objects;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let root = out.parse.tree.root();
    // `missing-document-start` reports two objects in one document.
    let several = root.filter(|root| !further_objects(*root).is_empty());
    let maps = out.parse.tree.nodes().filter(|node| node.is_map() && Some(*node) != several);
    for map in maps {
        check_map(map, out);
    }
}

fn check_map(map: Node<'_>, out: &mut Checker<'_>) {
    let few = map.entries().nth(24).is_none();
    if few {
        // Most maps are small, and comparing all pairs needs no memory.
        let doubled = map.entries().filter(|entry| !entry.is_merge() && entry.is_overridden());
        for entry in doubled {
            let name = entry.key.text().unwrap_or_default();
            let later = map.entry(name).map_or(entry.key, |last| last.key);
            report(entry.key, later, out);
        }
        return;
    }
    let mut seen: HashMap<&str, Node<'_>> = HashMap::new();
    for entry in map.entries().filter(|entry| !entry.is_merge()) {
        let Some(name) = entry.key.text() else { continue };
        if let Some(earlier) = seen.insert(name, entry.key) {
            report(earlier, entry.key, out);
        }
    }
}

fn report(earlier: Node<'_>, later: Node<'_>, out: &mut Checker<'_>) {
    let name = earlier.text().unwrap_or_default();
    if name.is_empty() || earlier.is_incomplete() {
        return;
    }
    if out.parse.tree.is_json() {
        out.report(later, format!("duplicate key `{name}`"))
            .severity(Severity::Error)
            .related(earlier, format!("the first `{name}`"));
        return;
    }
    out.report(earlier, format!("duplicate key `{name}`; kubectl keeps the last one"))
        .related(later, format!("the `{name}` that is kept"));
}
