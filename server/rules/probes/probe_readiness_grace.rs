//! A readiness probe with a grace period.
//!
//! A failed readiness probe does not stop its container, so there is no grace period. Liveness and
//! startup probes stop their container, and can have a grace period of their own.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     readinessProbe:
//!       tcpSocket:
//!         port: 80
//!       terminationGracePeriodSeconds: 10
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     readinessProbe:
//!       tcpSocket:
//!         port: 80
//! ```
//!
//! ## Fix
//!
//! Removes the grace period.

use super::handlers::may_have_handlers;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::PROBE;
use crate::syntax::write;

const FIELD: &str = "terminationGracePeriodSeconds";

pub(crate) static RULE: Rule = Rule {
    code: "probe-readiness-grace",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PROBE], check)],
    ..Rule::DEFAULT
};

fn check(probe: &Object<'_>, out: &mut Checker<'_>) {
    if probe.held_by() != "readinessProbe" || !may_have_handlers(probe) {
        return;
    }
    let Some(entry) = probe.field(FIELD).and_then(|_| probe.node.entry(FIELD)) else { return };
    out.report(entry.key, format!("`{FIELD}` is not allowed in `readinessProbe`"))
        .suggest(format!("Remove `{FIELD}`"), || write::remove(entry.key));
}
