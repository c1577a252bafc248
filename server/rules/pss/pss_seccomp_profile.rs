//! A container has no seccomp profile.
//!
//! Without one, its processes can make every system call. The pod can set one for all its
//! containers. Pods for Windows are exempt. `podSecurity: restricted` switches it on.
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
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets the profile of the runtime for the pod.

use super::contexts::{CONTEXT, PSS, context, holders};
use super::seccomp::check_profile;
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pss-seccomp-profile",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeScore("container-seccomp-profile"), Linter::Checkov("CKV_K8S_31")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.is_windows() {
        return;
    }
    for holder in holders(pod) {
        check_profile(pod, holder, out);
    }
    let has_one = |holder| context(holder, "seccompProfile").is_some_and(Node::is_map);
    if has_one(pod.spec) {
        return;
    }
    let Some(without) = pod.containers.iter().find(|container| !has_one(container.node)) else {
        return;
    };
    let path = [CONTEXT, "seccompProfile", "type"];
    let message = format!(
        "a seccomp profile is required in {} for Pod Security `restricted`",
        without.title()
    );
    out.missing(pod.spec, &path.join("."), message)
        .suggest("Set `seccompProfile.type: RuntimeDefault` for the pod", || {
            write::set(pod.spec, &path, &New::text("RuntimeDefault"))
        });
}
