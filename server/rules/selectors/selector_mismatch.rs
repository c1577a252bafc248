//! The labels of the pod template do not match the selector.
//!
//! Pods made from the template would not belong to the workload, so the API server refuses it. This
//! usually happens when one of the two is renamed.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!       tier: front
//!   template:
//!     metadata:
//!       labels:
//!         app: www
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
//!       tier: front
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!         tier: front
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds the labels of the selector to the template.

use super::matching::{Unmet, unmet, unmet_labels};
use crate::check::{Check, Checker, DiagnosticBuilder, Fixes, Rule};
use crate::pod::{Manifest, Workload};
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Entry, Node};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "selector-mismatch",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(workload) = manifest.workload() else { return };
    let Some(spec) = manifest.root.field("spec") else { return };
    let Some(selector) = spec.field("selector").filter(|it| it.is_map()) else { return };
    let template = spec.field("template");
    let labels = template.and_then(|it| it.field("metadata")?.field("labels"));
    let unmet = match workload {
        Workload::ReplicationController => unmet_labels(selector, labels, false),
        Workload::Deployment
        | Workload::ReplicaSet
        | Workload::StatefulSet
        | Workload::DaemonSet => unmet(selector, labels),
        Workload::Job if is_manual(spec) => unmet(selector, labels),
        _ => return,
    };
    let Some(unmet) = unmet.filter(|unmet| !unmet.is_empty()) else { return };
    if let Some(template) = template.filter(|it| it.is_map()) {
        report(selector, template, &unmet, out);
    }
}

/// Whether the selector of a Job is its own.
pub(super) fn is_manual(spec: Node<'_>) -> bool {
    spec.field("manualSelector").and_then(Node::as_bool) == Some(true)
}

fn report(selector: Node<'_>, template: Node<'_>, unmet: &[Unmet<'_>], out: &mut Checker<'_>) {
    let metadata = template.field("metadata");
    let labels = metadata.and_then(|it| it.entry("labels"));
    let parts: Vec<_> = unmet.iter().map(|part| format!("`{}`", part.text)).collect();
    let message =
        format!("the labels of the template do not match the selector: {}", parts.join(", "));
    let has_other = |entry: Entry<'_>| {
        let mut wanted = unmet.iter().filter_map(|part| part.label);
        let label = |key| entry.value.get(key).and_then(Node::as_str);
        wanted.any(|(key, wanted)| label(key).is_some_and(|it| !wanted.starts_with(it)))
    };
    let diagnostic = match (labels, metadata) {
        (Some(entry), _) if has_other(entry) => {
            if !out.knows_absence(entry.key) {
                return;
            }
            // The label is there and has another value, not the start of the right one.
            out.report(entry.key, message)
        }
        (Some(entry), _) => out.report_absence(entry.key, message),
        (None, Some(metadata)) => out.missing(metadata, "labels", message),
        (None, None) => out.missing(template, "metadata.labels", message),
    };
    let diagnostic = diagnostic.related(selector.key().unwrap_or(selector), "the selector");
    add_fix(diagnostic, template, unmet);
}

fn add_fix(diagnostic: DiagnosticBuilder<'_>, template: Node<'_>, unmet: &[Unmet<'_>]) {
    let wanted: Option<Vec<_>> = unmet.iter().map(|part| part.label).collect();
    let Some(wanted) = wanted else { return };
    diagnostic.suggest("Add the selector's labels to the template", || edits(template, &wanted));
}

fn edits(template: Node<'_>, wanted: &[(&str, &str)]) -> Vec<Edit> {
    let pairs = |wanted: &[(&str, &str)]| -> Vec<(String, New)> {
        wanted.iter().map(|(key, value)| ((*key).to_owned(), New::text(*value))).collect()
    };
    let Some(metadata) = template.get("metadata") else {
        let new = New::map([("labels", New::Map(pairs(wanted)))]);
        return Vec::from_iter(write::insert(template, "metadata", &new, Place::First));
    };
    let Some(labels) = metadata.get("labels") else {
        let new = New::Map(pairs(wanted));
        return Vec::from_iter(write::insert(metadata, "labels", &new, Place::Last));
    };
    let there = |(key, _): &(&str, &str)| labels.get(key).is_some();
    let (changed, added): (Vec<_>, Vec<_>) = wanted.iter().copied().partition(there);
    let mut edits: Vec<Edit> = changed
        .iter()
        .filter_map(|(key, value)| write::replace(labels.get(key)?, &New::text(*value)))
        .collect();
    if !added.is_empty() {
        edits.extend(write::insert_all(labels, pairs(&added), Place::Last));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn expressions() {
        check_rule(
            &RULE,
            r#"
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web
spec:
  selector:
    matchExpressions:
    - {key: app, operator: In, values: [web, api]}
    - {key: tier, operator: NotIn, values: [back]}
    - {key: old, operator: DoesNotExist}
    - {key: zone, operator: Exists}
  template:
    metadata:
      labels:
      ^^^^^^ the labels of the template do not match the selector: `tier NotIn (back)`, `zone Exists`
        app: api
        tier: back
    spec:
      containers: []
"#,
        );
    }

    #[test]
    fn what_cannot_be_compared() {
        check_rule(
            &RULE,
            r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: ${NAME}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers: []
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: not valid
  template:
    metadata:
      labels:
        app: web
    spec:
      containers: []
---
apiVersion: batch/v1
kind: Job
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    spec:
      containers: []
"#,
        );
    }

    #[test]
    fn the_template_gets_the_labels() {
        check_fix(
            &RULE,
            r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web, tier: front}
  template:
    metadata:
      labels: {app: www}
    spec:
      containers: []
"#,
            r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web, tier: front}
  template:
    metadata:
      labels: {app: web, tier: front}
    spec:
      containers: []
"#,
        );
    }
}
