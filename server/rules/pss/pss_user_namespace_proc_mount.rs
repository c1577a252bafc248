//! A container in a pod with a user namespace has access to all of `/proc`.
//!
//! From Kubernetes 1.35 on, `baseline` allows this, but `restricted` does not.
//! `podSecurity: restricted` switches it on.
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

use super::contexts::{PSS, context, has_own_users};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-user-namespace-proc-mount",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeLinter("unsafe-proc-mount"), Linter::Polaris("procMount")],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = context(container.node, "procMount") else { return };
    let Some(text) = node.as_str().filter(|text| *text != "Default") else { return };
    if has_own_users(pod, out.version) {
        out.report(node, format!("`procMount: {text}` violates Pod Security `restricted`"))
            .suggest("Remove `procMount`", || write::remove(node));
    }
}
