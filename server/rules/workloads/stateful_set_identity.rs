//! The template of a StatefulSet sets host names, which the controller overrides.
//!
//! `hostname` and `subdomain` of the template have no effect: the controller names the pods after
//! the StatefulSet and its `serviceName`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
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
//!       hostname: web
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   serviceName: web
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
    code: "stateful-set-identity",
    severity: Severity::Hint,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.workload != Some(Workload::StatefulSet) {
        return;
    }
    for field in ["hostname", "subdomain"] {
        let Some(node) = pod.spec.field(field).filter(|node| node.as_str() != Some("")) else {
            continue;
        };
        out.report_key(node, format!("`{field}` has no effect in a StatefulSet"))
            .tag(Tag::Unnecessary)
            .suggest(format!("Remove `{field}`"), || write::remove(node));
    }
}
