//! The metadata of a pod template has a field without effect.
//!
//! Only its labels and annotations are copied to the pods. Their names, namespace and owners come
//! from the controller.
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
//!   template:
//!     metadata:
//!       name: web
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
//! Removes the field.

use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::{Pod, Workload};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "template-metadata-ignored",
    severity: Severity::Hint,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const IGNORED: [&str; 4] = ["name", "generateName", "namespace", "ownerReferences"];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if matches!(pod.workload, None | Some(Workload::Pod)) {
        return;
    }
    let Some(metadata) = pod.metadata() else { return };
    for field in IGNORED {
        let Some(node) = metadata.field(field).filter(|node| node.as_str() != Some("")) else {
            continue;
        };
        // The last field takes `metadata` along.
        let alone = metadata.entries().nth(1).is_none();
        let unneeded = if alone { metadata } else { node };
        out.report_key(node, format!("`{field}` has no effect in a pod template"))
            .tag(Tag::Unnecessary)
            .suggest(format!("Remove `{field}`"), || write::remove(unneeded));
    }
}
