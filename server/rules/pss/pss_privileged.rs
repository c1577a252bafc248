//! A container is privileged.
//!
//! Nothing but its own image keeps it from taking over the node. `podSecurity: baseline` and
//! `restricted` switch it on.
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
//!     securityContext:
//!       privileged: true
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
//!     securityContext:
//!       privileged: false
//! ```
//!
//! ## Fix
//!
//! Removes `privileged`.
//!
//! [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)

use super::contexts::context;
use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-privileged",
    severity: Severity::Error,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Findings<'_>) {
    let Some(node) = context(container.node, "privileged") else { return };
    if node.as_bool() == Some(true) {
        out.report(
            node,
            format!("privileged {} violates Pod Security `baseline`", container.title()),
        )
        .suggest("Remove `privileged`", || write::remove(node));
    }
}
