//! A container has access to all of `/proc`.
//!
//! By default, the runtime hides the parts that reveal or change too much of the node. From
//! Kubernetes 1.35 on, `baseline` allows it in pods with a user namespace (`hostUsers: false`).
//! `podSecurity: baseline` and `restricted` switch it on.
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

use super::contexts::{PSS, context, has_own_users};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-proc-mount",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeLinter("unsafe-proc-mount"), Linter::Polaris("procMount")],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = context(container.node, "procMount") else { return };
    let Some(text) = node.as_str().filter(|text| *text != "Default") else { return };
    if !has_own_users(pod, out.version) {
        out.report(node, format!("`procMount: {text}` violates Pod Security `baseline`"))
            .suggest("Remove `procMount`", || write::remove(node));
    }
}
