//! A pod template has ephemeral containers.
//!
//! They can only be added to a running pod, as `kubectl debug` does.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!       ephemeralContainers:
//!       - name: debug
//!         image: busybox:1.37
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the ephemeral containers.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "ephemeral-in-template",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(list) = pod.spec.field("ephemeralContainers") else { return };
    if !pod.is_template() || list.items().next().is_none() {
        return;
    }
    out.report_key(list, "ephemeral containers are not allowed in a pod template")
        .suggest("Remove `ephemeralContainers`", || write::remove(list));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn pods_are_no_templates() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
spec:
  ephemeralContainers:
  - name: shell
",
        );
    }
}
