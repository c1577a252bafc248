//! A pod sets both `shareProcessNamespace` and `hostPID`.
//!
//! The API server refuses the combination. With `hostPID` the containers see each other's processes
//! anyway.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostPID: true
//!   shareProcessNamespace: true
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
//!   shareProcessNamespace: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `shareProcessNamespace` or `hostPID`. Both fixes are suggestions: without `hostPID` the
//! containers no longer see the processes of the node.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "share-process-host-pid",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if !pod.flag("shareProcessNamespace") || !pod.flag("hostPID") {
        return;
    }
    let (Some(share), Some(host)) =
        (pod.spec.field("shareProcessNamespace"), pod.spec.field("hostPID"))
    else {
        return;
    };
    out.report(share, "`shareProcessNamespace` cannot be combined with `hostPID`")
        .related(host, "`hostPID`")
        .suggest("Remove `shareProcessNamespace`", || write::remove(share))
        .suggest("Remove `hostPID`", || write::remove(host));
}
