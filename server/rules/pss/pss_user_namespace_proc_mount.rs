//! A container in a pod with users of its own sees all of `/proc`.
//!
//! What `baseline` allows there from Kubernetes 1.35 on, `restricted` does not. `podSecurity:
//! restricted` switches it on.
//!
//! ```yaml bad
//! # podls: kubernetes 1.36
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostUsers: false
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     securityContext:
//!       procMount: Unmasked
//! ```
//!
//! ```yaml good
//! # podls: kubernetes 1.36
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostUsers: false
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
    code: "pss-user-namespace-proc-mount",
    severity: Severity::Error,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Findings<'_>) {
    let Some(node) = context(container.node, "procMount") else { return };
    let Some(text) = node.as_str().filter(|text| *text != "Default") else { return };
    if has_own_users(pod, out.version) {
        out.report(node, format!("`procMount: {text}` violates Pod Security `restricted`"))
            .suggest("Remove `procMount`", || write::remove(node));
    }
}
