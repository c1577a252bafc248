//! A manifest without a valid `apiVersion` or `kind`.
//!
//! Every object needs both. The rule reports only documents that have one of the two and otherwise
//! look like an object. In a file with other objects, every document must be one.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds the version of the kind, or the kind that fits the fields, or changes the version 1 to `v1`.

use crate::check::{Check, Checker, Finding, Fix, Fixes, Rule};
use crate::pod::kind_of_fields;
use crate::schema::kinds;
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Kind, Node, Parse, Templated, Trust};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "missing-kind",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let Some(root) = parse.tree.root().filter(|root| root.is_map()) else { return };
    check_types(root, out);
    check_items(root, out);
    if root.field("metadata").is_none_or(|metadata| !metadata.is_map()) {
        return;
    }
    let text = |field| root.field(field).and_then(Node::as_str).filter(|text| !text.is_empty());
    match (text("apiVersion"), text("kind")) {
        (Some(version), None) if kinds().any(|known| known.api_version == version) => {
            let fitting = kind_of_fields(root, version);
            report(root, "kind", fitting, Place::After("apiVersion"), out);
        }
        (None, Some(name)) => {
            let versions = kinds().filter(|known| known.kind == name);
            let mut versions = versions.map(|known| known.api_version);
            if let Some(version) = versions.next() {
                report(root, "apiVersion", Some(version), Place::First, out);
            }
        }
        _ => {}
    }
}

/// The server does not accept a number or a boolean as a name. A document without a valid `apiVersion`
/// or `kind` need not be a manifest.
fn check_types(root: Node<'_>, out: &mut Checker<'_>) {
    let is_text = |field| root.field(field).is_some_and(|it| it.as_str().is_some());
    for (field, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
        let value = root.field(field).filter(|it| it.is_scalar() && it.as_str().is_none());
        let Some(value) = value.filter(|_| is_text(other)) else { continue };
        let diagnostic =
            out.report(value, format!("`{field}` must be a string, not {}", got(value)));
        if field == "apiVersion" && value.as_int() == Some(1) {
            diagnostic.suggest("Change to `v1`", || write::replace(value, &New::text("v1")));
        } else if let Some(kind) = corrected(root, field) {
            let title = format!("Change to `{kind}`");
            diagnostic.suggest(title, || write::replace(value, &New::text(kind)));
        }
    }
}

/// The kind that has these fields.
fn corrected(root: Node<'_>, field: &str) -> Option<&'static str> {
    let version = root.field("apiVersion").and_then(Node::as_str).filter(|_| field == "kind")?;
    kind_of_fields(root, version)
}

/// The finding of a document that is not an object. kubectl refuses the file.
pub fn stray_document(parse: &Parse) -> Option<Finding> {
    let root = parse.tree.root().filter(|_| parse.trust == Trust::Exact)?;
    let has = |field| root.get(field).is_some() || root.entry(field).is_some();
    if parse.templated != Templated::No || root.is_null() || has("apiVersion") || has("kind") {
        return None;
    }
    let got = match root.kind() {
        Kind::Map { .. } => None,
        Kind::Seq { .. } => Some("a list"),
        _ => Some(got(root)),
    };
    let message = match got {
        None => "missing `apiVersion` and `kind` in this document".to_owned(),
        Some(got) => {
            format!("this document must be an object with `apiVersion` and `kind`, not {got}")
        }
    };
    let fixes = continued(root).map(|fix| vec![fix]).unwrap_or_default();
    let finding = Finding::new(RULE.code, RULE.severity, root.head_span(), message);
    Some(Finding { fixes, ..finding })
}

/// Removes the `---` above text that is indented like a part of the previous document.
fn continued(root: Node<'_>) -> Option<Fix> {
    let text = root.tree().text();
    let line = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---")?;
    let is_part = root.kind().is_block() && root.indent() > 0;
    let edits = vec![Edit::remove(Span::new(0, line.len()))];
    is_part.then(|| Fix { title: "Remove the `---`".to_owned(), edits, safe: false })
}

fn got(value: Node<'_>) -> &'static str {
    value.scalar().map_or("a map", crate::syntax::Scalar::name)
}

/// kubectl reads the items of a list one by one, and refuses all of them for one without a type.
fn check_items(root: Node<'_>, out: &mut Checker<'_>) {
    let is = |field: &str, wanted: &str| root.field(field).and_then(Node::as_str) == Some(wanted);
    if !is("apiVersion", "v1") || !is("kind", "List") {
        return;
    }
    let items = root.items_of("items").filter_map(Node::resolved);
    for item in items.filter(|item| item.is_map()) {
        for (field, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
            if item.field(field).is_none() && item.field(other).is_some() {
                out.missing(item, field, format!("missing field `{field}`"));
            }
        }
    }
}

fn report(
    root: Node<'_>,
    field: &str,
    value: Option<&str>,
    place: Place<'_>,
    out: &mut Checker<'_>,
) {
    // Another rule reports a misspelt key, with the right one.
    let misspelt = |entry: crate::syntax::Entry<'_>| {
        entry.key.text().is_some_and(|key| key != field && key.eq_ignore_ascii_case(field))
    };
    if root.entries().any(misspelt) {
        return;
    }
    let message = format!("missing field `{field}`");
    let diagnostic = match root.entry(field) {
        Some(entry) if !entry.value.is_null() => return,
        _ => out.unset(root, field, message),
    };
    let Some(value) = value else { return };
    diagnostic.suggest(format!("Add `{field}: {value}`"), || {
        write::put(root, field, &New::text(value), place)
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule, errors};

    #[test]
    fn types_are_strings() {
        check_rule(
            &RULE,
            "
apiVersion: 1
            ^ `apiVersion` must be a string, not a number
kind: Pod
metadata: {name: a}
---
apiVersion: v1
kind: yes
      ^^^ `kind` must be a string, not a boolean
metadata: {name: a}
---
version: 1
kind: 2
",
        );
    }

    /// The kind follows from the fields, so the pod is checked.
    #[test]
    fn the_pod_below_a_wrong_type_is_checked() {
        let spec = "spec: {containers: [{name: a, image: b, imagePullPolicy: always}]}";
        for head in [
            "apiVersion: 1\nkind: Pod",
            "apiVersion: 1.0\nkind: Pod",
            "apiVersion: v1\nkind: yes",
            "apiVersion: v1\nkind: 1",
        ] {
            let pod = format!("{head}\nmetadata: {{name: a}}\n{spec}\n");
            assert_eq!(errors(&pod), [RULE.code, "enum-value"], "{pod}");
        }
        for head in
            ["apiVersion: v1\nkind:", "apiVersion: 1\nkind: 2", "apiVersion: 1\nkind: Event"]
        {
            let pod = format!("{head}\nmetadata: {{name: a}}\n{spec}\n");
            assert!(!errors(&pod).contains(&"enum-value"), "{pod}");
        }
        check_fix(
            &RULE,
            "apiVersion: v1\nkind: yes\nspec: {containers: []}\n",
            "apiVersion: v1\nkind: Pod\nspec: {containers: []}\n",
        );
    }

    #[test]
    fn items_have_a_type() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
- kind: Pod
  ^^^^ missing field `apiVersion`
  metadata: {name: a}
- apiVersion: v1
  ^^^^^^^^^^ missing field `kind`
  metadata: {name: a}
",
        );
    }
}
