//! An app container has a `restartPolicy`, which requires Kubernetes 1.35.
//!
//! Up to 1.33 only init containers could have one, and only `Always`, which makes them sidecars. The
//! policy of the pod applies to the others.
//!
//! ```yaml bad
//! # podls: kubernetes 1.33
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     restartPolicy: Always
//! ```
//!
//! ```yaml good
//! # podls: kubernetes 1.33
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   restartPolicy: Always
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the field.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "container-restart-policy",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let applies = (Version::new(28)..=Version::new(33)).contains(&out.version);
    let Some(policy) = container.node.field("restartPolicy") else { return };
    if applies && container.role == Role::App {
        out.report_key(policy, "`restartPolicy` of app containers requires Kubernetes 1.35")
            .suggest("Remove `restartPolicy`", || write::remove(policy));
    }
}
