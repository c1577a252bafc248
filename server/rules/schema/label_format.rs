//! An invalid label, or an invalid key or value that is compared with labels.
//!
//! Keys are `name` or `prefix/name`, where the prefix is a DNS name in lower case. Values are at
//! most 63 bytes of letters, digits, `-`, `_` and `.` that start and end with a letter or digit, or
//! nothing at all. The same holds for selectors, tolerations, topology keys, gates and conditions.
//! For labels of claim templates and of the `jobTemplate` itself the finding is a warning: the
//! object is accepted, but the objects made from it are refused.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web server
//!     example.com/team/name: retail
//! spec:
//!   nodeSelector:
//!     disk: ssd!
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web-server
//!     example.com/team-name: retail
//! spec:
//!   nodeSelector:
//!     disk: ssd
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the most likely label. Selectors of the old label must be changed too.

use super::label_format_table::{LabelField, Part, TABLE, TYPES};
use super::table;
use super::unknown_field::is_glued;
use crate::check::{Check, Checker, Echo, Fixes, Rule, Severity};
use crate::formats::names::{label_value, qualified_name};
use crate::formats::suggest::{Format, suggest};
use crate::pod::Object;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "label-format",
    fixes: Fixes::Safe,
    link: Some(
        "[Labels and selectors](https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(severity) = (row.when)(object, out.version) else { continue };
        if object.is_dropped(row.field, out.version) {
            continue;
        }
        let Some(value) = object.field(row.field) else {
            if row.required && object.node.is_map() {
                let message = format!("missing {}", row.noun);
                let echo = Echo::Label(object.node.id());
                out.missing(object.node, row.field, message).severity(severity).echo(echo);
            }
            continue;
        };
        match row.part {
            Part::Map => check_map(value, severity, out),
            part if value.is_seq() => value
                .items()
                .filter_map(Node::resolved)
                .for_each(|item| check_text(item, part, row, severity, out)),
            // Outside of lists an empty text is an absent one.
            _ if value.as_str() == Some("") && !row.required => {}
            part => check_text(value, part, row, severity, out),
        }
    }
}

fn check_map(map: Node<'_>, severity: Severity, out: &mut Checker<'_>) {
    for entry in map.fields() {
        let key = entry.key.text().unwrap_or_default();
        if is_glued(entry) {
            let message = format!("missing space after `{key}:`");
            out.report(entry.key, message)
                .severity(severity)
                .echo(Echo::Label(entry.key.id()))
                .fix("Add a space", || [Edit::insert(entry.key.span().end + 1, " ")]);
        } else if let Err(fault) = qualified_name(key) {
            let message = format!("invalid label key `{key}`: it {fault}");
            report(entry.key, key, Format::QualifiedName, message, severity, out);
        }
        let Some(value) = entry.value.resolved() else { continue };
        let Some(text) = value.as_str() else { continue };
        if let Err(fault) = label_value(text) {
            let message = format!("invalid value `{text}` of label `{key}`: it {fault}");
            report(value, text, Format::LabelValue, message, severity, out);
        }
    }
}

fn check_text(
    node: Node<'_>,
    part: Part,
    row: &LabelField,
    severity: Severity,
    out: &mut Checker<'_>,
) {
    let text = if node.is_null() { Some("") } else { node.as_str() };
    let Some(text) = text else { return };
    let (verdict, format) = match part {
        Part::Value => (label_value(text), Format::LabelValue),
        _ => (qualified_name(text), Format::QualifiedName),
    };
    let Err(fault) = verdict else { return };
    if text.is_empty() {
        out.report_absence(node, format!("empty {}", row.noun)).severity(severity);
        return;
    }
    report(node, text, format, format!("invalid {} `{text}`: it {fault}", row.noun), severity, out);
}

fn report(
    node: Node<'_>,
    text: &str,
    format: Format,
    message: String,
    severity: Severity,
    out: &mut Checker<'_>,
) {
    let diagnostic = out.report(node, message).severity(severity).echo(Echo::Label(node.id()));
    if let Some(made) = suggest(text, format).filter(|_| !selects(node)) {
        diagnostic.suggest(format!("Change to `{made}`"), || edits(node, &made));
    }
}

/// Whether it is about the labels of the template beside it, which have to match what is written
/// here: one of them alone is not to be changed.
fn selects(node: Node<'_>) -> bool {
    let selector = node.ancestors().find(|it| it.key().and_then(Node::text) == Some("selector"));
    selector.and_then(Node::parent).is_some_and(|spec| spec.get("template").is_some())
}

/// Keys are replaced as they stand; `write::replace` is for values.
fn edits(node: Node<'_>, text: &str) -> Option<Edit> {
    if node.is_key() {
        return Some(Edit::replace(node.content_span(), text));
    }
    write::replace(node, &New::text(text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn labels_and_what_is_compared_with_them() {
        check_rule(
            &RULE,
            r#"
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "@daily"
  jobTemplate:
    metadata:
      labels:
        team: a b
              ^^^ invalid value `a b` of label `team`: it contains characters other than letters, digits, `-`, `_` and `.`
    spec:
      template:
        metadata:
          labels:
            /x: ""
            ^^ invalid label key `/x`: it has no domain before the `/`
        spec:
          restartPolicy: Never
          tolerations:
          - key: a b
                 ^^^ invalid taint key `a b`: it contains characters other than letters, digits, `-`, `_` and `.`
            operator: Exists
          - operator: Exists
          readinessGates:
          - conditionType: ""
                           ^^ empty condition type
          topologySpreadConstraints:
          - maxSkew: 1
            topologyKey: zone
            whenUnsatisfiable: DoNotSchedule
            labelSelector: {}
            matchLabelKeys: [a, ~]
                                ^ empty label key
          affinity:
            nodeAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
              - weight: 1
                preference:
                  matchExpressions:
                  - key: disk
                    operator: In
                    values: [s s d]
                             ^^^^^ invalid label value `s s d`: it contains characters other than letters, digits, `-`, `_` and `.`
          containers:
          - name: backup
            image: restic/restic:0.17.0
"#,
        );
    }
}
