//! A pod has both scheduling gates and a `nodeName`.
//!
//! With `schedulingGates` the scheduler ignores the pod until the gates are removed; with `nodeName`
//! it always does. The API server accepts such a template, but refuses its pods.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   nodeName: worker-1
//!   schedulingGates:
//!   - name: example.com/quota
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
//!   schedulingGates:
//!   - name: example.com/quota
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `nodeName` or `schedulingGates`. Both fixes are suggestions: only you can tell whether the pod
//! should wait or run on this node.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Pod;
use crate::schema::core::POD_SPEC;
use crate::schema::dropped;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "scheduling-gate-node-name",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let gates = pod.spec.field("schedulingGates").filter(|it| it.items().next().is_some());
    let name = pod.spec.field("nodeName").filter(|name| name.as_str() != Some(""));
    let (Some(gates), Some(name)) = (gates, name) else { return };
    if dropped(POD_SPEC, "schedulingGates", out.version) {
        return;
    }
    let (severity, message) = match pod.is_template() {
        false => (Severity::Error, "`nodeName` cannot be combined with `schedulingGates`"),
        true => (
            Severity::Warning,
            "the pods of this template are rejected: `nodeName` cannot be combined with `schedulingGates`",
        ),
    };
    out.report(name, message)
        .severity(severity)
        .related(gates.key().unwrap_or(gates), "the gates")
        .suggest("Remove `nodeName`", || write::remove(name))
        .suggest("Remove `schedulingGates`", || write::remove(gates));
}
