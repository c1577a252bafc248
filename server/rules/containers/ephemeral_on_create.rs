//! A new pod has ephemeral containers.
//!
//! They can only be added to a running pod, as `kubectl debug` does.
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
//!   ephemeralContainers:
//!   - name: debug
//!     image: busybox:1.37
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
//! ```
//!
//! ## Fix
//!
//! Removes the ephemeral containers.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "ephemeral-on-create",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(list) = pod.spec.field("ephemeralContainers") else { return };
    if pod.is_template() || list.items().next().is_none() {
        return;
    }
    out.report_key(list, "ephemeral containers are not allowed in a new pod")
        .suggest("Remove `ephemeralContainers`", || write::remove(list));
}
