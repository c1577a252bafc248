//! The grace period is negative.
//!
//! A pod with one is killed after one second. For no grace period at all, delete the pod with
//! `--grace-period=0`; for the usual 30 seconds, leave the field out.
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
//!       labels:
//!         app: web
//!     spec:
//!       terminationGracePeriodSeconds: -1
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
//!       terminationGracePeriodSeconds: 1
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes it to 1, which means the same.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "grace-period-negative",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = pod.spec.field("terminationGracePeriodSeconds") else { return };
    let negative = node.as_int().is_some_and(|seconds| seconds < 0);
    if negative && out.version >= Version::new(27) {
        out.report(node, "a negative grace period is read as 1 s")
            .fix("Change to 1", || write::replace(node, &New::scalar(1)));
    }
}
