//! A pod or a container sets root as its user.
//!
//! Pods with a user namespace (`hostUsers: false`) are exempt from Kubernetes 1.35 on, since their
//! root has no rights on the node. `podSecurity: restricted` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     runAsUser: 0
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
//!   securityContext:
//!     runAsUser: 1000
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `runAsUser`; the default is the user of the image.

use super::contexts::{PSS, context, has_own_users, holders, title};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-run-as-user",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("run-as-non-root"),
        Linter::Polaris("runAsRootAllowed"),
        Linter::Checkov("CKV_K8S_23"),
    ],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if has_own_users(pod, out.version) {
        return;
    }
    for holder in holders(pod) {
        let Some(node) = context(holder, "runAsUser") else { continue };
        if node.as_int() == Some(0) {
            let message = format!(
                "`runAsUser: 0` of {} violates Pod Security `restricted`",
                title(pod, holder)
            );
            out.report(node, message).suggest("Remove `runAsUser`", || write::remove(node));
        }
    }
}
