//! A scheduling gate is listed twice.
//!
//! A controller opens a gate by removing its entry, so the API server accepts each only once.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   schedulingGates:
//!   - name: example.com/quota
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
//! Removes the second entry.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::schema::core::POD_SPEC;
use crate::schema::dropped;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-scheduling-gate",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(gates) = pod.spec.field("schedulingGates") else { return };
    if dropped(POD_SPEC, "schedulingGates", out.version) {
        return;
    }
    let named = gates.items().filter_map(|gate| {
        let name = gate.resolved()?.field("name")?;
        Some((name.as_str()?, (gate, name)))
    });
    for ((_, first), (gate, name)) in duplicates(named) {
        let name = name.as_str().unwrap_or_default();
        out.report(gate, format!("duplicate scheduling gate `{name}`"))
            .related(first, "the first one")
            .fix("Remove it", || write::remove(gate));
    }
}
