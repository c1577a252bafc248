//! A container sees all of `/proc`.
//!
//! The runtime hides what tells or changes too much about the node. From Kubernetes 1.35 on,
//! `baseline` lets pods with users of their own (`hostUsers: false`) see it. `podSecurity: baseline`
//! and `restricted` switch it on.
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
//!       procMount: Unmasked
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
//!       procMount: Default
//! ```
//!
//! ## Fix
//!
//! Removes `procMount`.
//!
//! [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)

use super::contexts::{context, has_own_users};
use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-proc-mount",
    severity: Severity::Error,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Findings<'_>) {
    let Some(node) = context(container.node, "procMount") else { return };
    let Some(text) = node.as_str().filter(|text| *text != "Default") else { return };
    if !has_own_users(pod, out.version) {
        out.report(node, format!("`procMount: {text}` violates Pod Security `baseline`"))
            .suggest("Remove `procMount`", || write::remove(node));
    }
}
