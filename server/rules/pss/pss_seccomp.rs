//! A pod or a container turns its seccomp profile off.
//!
//! Without one, its processes can make every call to the kernel. Under `restricted` the rule
//! `pss-seccomp-profile` takes its place. `podSecurity: baseline` switches it on.
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
//!
//! [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)

use super::contexts::holders;
use super::seccomp::check_profile;
use crate::pod::Pod;
use crate::rules::{Check, Findings, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "pss-seccomp",
    severity: Severity::Error,
    on: false,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    for holder in holders(pod) {
        check_profile(pod, holder, out);
    }
}
