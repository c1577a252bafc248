//! A pod or a container turns its seccomp profile off.
//!
//! Without one, its processes can make every system call. Under `restricted` the rule
//! `pss-seccomp-profile` replaces it. `podSecurity: baseline` switches it on.
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
//!       seccompProfile:
//!         type: Unconfined
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
//!       seccompProfile:
//!         type: RuntimeDefault
//! ```
//!
//! ## Fix
//!
//! Changes it to the profile of the runtime.

use super::contexts::{PSS, holders};
use super::seccomp::check_profile;
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;

pub(crate) static RULE: Rule = Rule {
    code: "pss-seccomp",
    when: When::PodSecurity(&[PodSecurity::Baseline]),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeScore("container-seccomp-profile"), Linter::Checkov("CKV_K8S_31")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for holder in holders(pod) {
        check_profile(pod, holder, out);
    }
}
