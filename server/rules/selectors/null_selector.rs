//! A spread constraint or an affinity selects no pods.
//!
//! Without `labelSelector` the term matches no pods, so it has no effect. To select all pods, use an
//! empty selector: `labelSelector: {}`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   affinity:
//!     podAntiAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!       - topologyKey: kubernetes.io/hostname
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
//!   affinity:
//!     podAntiAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!       - topologyKey: kubernetes.io/hostname
//!         labelSelector:
//!           matchLabels:
//!             app: web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds a selector with the labels of this pod.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{POD_AFFINITY_TERM, POD_SPEC, TOPOLOGY_SPREAD_CONSTRAINT};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "null-selector",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_AFFINITY_TERM, TOPOLOGY_SPREAD_CONSTRAINT], check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "labelSelector";

fn check(term: &Object<'_>, out: &mut Checker<'_>) {
    let keys = ["matchLabelKeys", "mismatchLabelKeys"].iter().any(|it| term.field(it).is_some());
    // With label keys a selector is required, which is another rule's.
    if term.field(FIELD).is_some() || keys || out.version < Version::new(28) {
        return;
    }
    let message = format!("`{FIELD}` is missing, so no pod is selected");
    let diagnostic = out.unset(term.node, FIELD, message);
    if let Some(labels) = labels(term) {
        diagnostic
            .suggest("Set the selector to the labels of this pod", || edits(term.node, labels));
    }
}

/// The labels of the pod around, as they would be written.
fn labels(term: &Object<'_>) -> Option<Vec<(String, New)>> {
    let owner = term.ancestors().find(|it| it.ty == POD_SPEC)?.parent?;
    let labels = owner.field("metadata")?.field("labels")?;
    let pair = |entry: crate::syntax::Entry<'_>| {
        let value = entry.value.resolved()?.as_str()?;
        Some((entry.key.text()?.to_owned(), New::text(value)))
    };
    Some(labels.fields().filter_map(pair).collect()).filter(|pairs: &Vec<_>| !pairs.is_empty())
}

fn edits(term: Node<'_>, labels: Vec<(String, New)>) -> Option<Edit> {
    let new = New::Map(vec![("matchLabels".to_owned(), New::Map(labels))]);
    write::put(term, FIELD, &new, Place::Last)
}
