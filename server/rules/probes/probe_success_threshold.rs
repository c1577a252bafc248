//! A liveness or startup probe that has to succeed more than once.
//!
//! Only readiness probes can require several successes in a row.
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
//!     livenessProbe:
//!       tcpSocket:
//!         port: 80
//!       successThreshold: 3
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
//!     livenessProbe:
//!       tcpSocket:
//!         port: 80
//!       successThreshold: 1
//! ```
//!
//! ## Fix
//!
//! Changes it to 1.

use super::handlers::may_have_handlers;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::PROBE;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "probe-success-threshold",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[PROBE], check)],
    ..Rule::DEFAULT
};

/// Zero means that it is not set; what is below is another rule's.
fn check(probe: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = probe.field("successThreshold") else { return };
    let several = node.as_int().is_some_and(|times| times > 1);
    if several && probe.held_by() != "readinessProbe" && may_have_handlers(probe) {
        out.report(
            node,
            format!("invalid `successThreshold` for `{}`: expected 1", probe.held_by()),
        )
        .fix("Change to 1", || [Edit::replace(node.content_span(), "1")]);
    }
}
