//! A pod or a container is a process of the Windows host.
//!
//! It has full access to the node. `podSecurity: baseline` and `restricted` switch it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
//!   securityContext:
//!     windowsOptions:
//!       hostProcess: true
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
//!     windowsOptions:
//!       hostProcess: false
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `hostProcess`.

use super::contexts::{PSS, context, holders, title};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-windows-host-process",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::Polaris("hostProcess")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for holder in holders(pod) {
        let options = context(holder, "windowsOptions");
        let Some(node) = options.and_then(|options| options.field("hostProcess")) else { continue };
        if node.as_bool() == Some(true) {
            let whose = title(pod, holder);
            out.report(
                node,
                format!("`hostProcess: true` of {whose} violates Pod Security `baseline`"),
            )
            .suggest("Remove `hostProcess`", || write::remove(node));
        }
    }
}
