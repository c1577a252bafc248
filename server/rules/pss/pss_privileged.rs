//! A container is privileged.
//!
//! It can take over the node.
//!
//! The profile `hardened` switches it on, and `podSecurity: baseline` or `restricted`.
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

use super::contexts::{PSS, context};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::{PodSecurity, Profile};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-privileged",
    when: When::ProfileOrPodSecurity(
        Profile::Hardened,
        &[PodSecurity::Baseline, PodSecurity::Restricted],
    ),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("privileged-container"),
        Linter::KubeScore("container-security-context"),
        Linter::KubeScore("container-security-context-privileged"),
        Linter::Polaris("runAsPrivileged"),
        Linter::Checkov("CKV_K8S_16"),
    ],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = context(container.node, "privileged") else { return };
    if node.as_bool() == Some(true) {
        out.report(
            node,
            format!("privileged {} violates Pod Security `baseline`", container.title()),
        )
        .suggest("Remove `privileged`", || write::remove(node));
    }
}
