//! `matchLabelKeys` or `mismatchLabelKeys` contradicts the selector beside it.
//!
//! `matchLabelKeys` adds `<key> in (<value of the pod's label>)` to the `labelSelector`, so a
//! selector is required, and it must not contain the same key. `mismatchLabelKeys` must not contain
//! that key either. In some cases the API server accepts a template but refuses its pods; the
//! finding is a warning then.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: DoNotSchedule
//!     matchLabelKeys: [pod-template-hash]
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
//! spec:
//!   topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: DoNotSchedule
//!     matchLabelKeys: [pod-template-hash]
//!     labelSelector:
//!       matchLabels:
//!         app: web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the key from one of the two.

use super::matching::label;
use crate::check::duplicates;
use crate::check::{Check, Checker, DiagnosticBuilder, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{POD, POD_AFFINITY_TERM, POD_TEMPLATE_SPEC, TOPOLOGY_SPREAD_CONSTRAINT};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "match-label-keys",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_AFFINITY_TERM, TOPOLOGY_SPREAD_CONSTRAINT], check)],
    ..Rule::DEFAULT
};

const MATCH: &str = "matchLabelKeys";
const MISMATCH: &str = "mismatchLabelKeys";

fn check(term: &Object<'_>, out: &mut Checker<'_>) {
    if term.is_dropped(MATCH, out.version) {
        return;
    }
    let keys = |field| term.field(field).filter(|list: &Node<'_>| list.items().next().is_some());
    let Some(selector) = term.field("labelSelector") else {
        for list in [MATCH, MISMATCH].into_iter().filter_map(keys) {
            let name = list.key().and_then(Node::text).unwrap_or_default();
            out.report_absence(
                list.key().unwrap_or(list),
                format!("`{name}` requires `labelSelector`"),
            )
            .suggest(format!("Remove `{name}`"), || write::remove(list));
        }
        return;
    };
    check_repeated(term, keys(MATCH), out);
    let mismatch = keys(MISMATCH).filter(|_| term.ty == POD_AFFINITY_TERM);
    for node in keys(MATCH).into_iter().flat_map(Node::items).filter_map(Node::resolved) {
        let Some(key) = node.as_str() else { continue };
        let mut others = mismatch.into_iter().flat_map(Node::items).filter_map(Node::resolved);
        if let Some(other) = others.find(|it| it.as_str() == Some(key)) {
            report(
                node,
                other,
                format!("`{key}` must not be in `{MISMATCH}` too"),
                Severity::Error,
                out,
            )
            .path(node.path());
        }
        check_selector(term, selector, node, key, out);
    }
}

/// A key that is listed twice is added to the selector twice.
fn check_repeated(term: &Object<'_>, list: Option<Node<'_>>, out: &mut Checker<'_>) {
    let Some(list) = list else { return };
    let keys = list.items().filter_map(Node::resolved);
    for (first, node) in duplicates(keys.filter_map(|node| Some((node.as_str()?, node)))) {
        let key = node.as_str().unwrap_or_default();
        if let Some(severity) = has_label(term, key) {
            report(node, first, format!("duplicate key `{key}`"), severity, out);
        }
    }
}

fn check_selector(
    term: &Object<'_>,
    selector: Node<'_>,
    node: Node<'_>,
    key: &str,
    out: &mut Checker<'_>,
) {
    let labels = selector.field("matchLabels").and_then(|it| it.entry(key)).map(|it| it.key);
    let expressions = selector.items_of("matchExpressions");
    let expressions = expressions.filter_map(|it| it.resolved()?.field("key"));
    let expressions = expressions.filter(|it| it.as_str() == Some(key));
    let uses: Vec<_> = labels.into_iter().chain(expressions).collect();
    let Some(other) = uses.last() else { return };
    let merged = term.ty == POD_AFFINITY_TERM || out.version >= Version::new(34);
    // Two uses, the later one in an expression, look as if the server had added one of them.
    let severity = match (merged, has_label(term, key)) {
        (false, _) => Severity::Error,
        (true, _) if uses.len() > 1 => Severity::Error,
        (true, Some(severity)) => severity,
        (true, None) => return,
    };
    report(node, *other, format!("`{key}` must not be in `labelSelector` too"), severity, out);
}

/// The severity if the server adds the key to the selector; `None` if the pod has no such label,
/// so that it does not.
fn has_label(term: &Object<'_>, key: &str) -> Option<Severity> {
    let owner = term.ancestors().find(|it| it.ty == POD || it.ty == POD_TEMPLATE_SPEC)?;
    let labels = owner.field("metadata").and_then(|it| it.field("labels"));
    label(labels, key).flatten()?;
    Some(if owner.ty == POD { Severity::Error } else { Severity::Warning })
}

fn report<'f>(
    node: Node<'_>,
    other: Node<'_>,
    message: String,
    severity: Severity,
    out: &'f mut Checker<'_>,
) -> DiagnosticBuilder<'f> {
    out.report(node, message)
        .severity(severity)
        .related(other, "the other one")
        .suggest("Remove it here", || write::remove(node))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn pods_and_templates() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
spec:
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: zone
        labelSelector: {matchLabels: {app: web, tier: front}}
        matchLabelKeys: [app, tier, other]
                         ^^^ `app` must not be in `labelSelector` too
                                    ^^^^^ `other` must not be in `mismatchLabelKeys` too
        mismatchLabelKeys: [other]
  containers: []
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels: {app: web}
    spec:
      topologySpreadConstraints:
      - topologyKey: zone
        labelSelector: {matchLabels: {app: web}}
        matchLabelKeys: [app]
                         ^^^ `app` must not be in `labelSelector` too
      containers: []
"#,
        );
    }
}
