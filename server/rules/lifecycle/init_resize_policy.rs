//! An init container that restarts when it is resized.
//!
//! An init container runs once, so it cannot restart. Sidecars can.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: prepare
//!     image: busybox:1.37
//!     resizePolicy:
//!     - resourceName: memory
//!       restartPolicy: RestartContainer
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
//!   initContainers:
//!   - name: prepare
//!     image: busybox:1.37
//!     resizePolicy:
//!     - resourceName: memory
//!       restartPolicy: NotRequired
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to `NotRequired`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;

pub(crate) static RULE: Rule = Rule {
    code: "init-resize-policy",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::Init || out.version < Version::new(36) {
        return;
    }
    for item in container.items("resizePolicy") {
        let Some(policy) = item.field("restartPolicy") else { continue };
        if policy.as_str() == Some("RestartContainer") {
            out.report(
                policy,
                format!("`RestartContainer` is not allowed in {}", container.title()),
            )
            .fix("Change to `NotRequired`", || [crate::syntax::write::word(policy, "NotRequired")]);
        }
    }
}
