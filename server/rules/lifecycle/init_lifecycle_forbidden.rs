//! An init container with hooks.
//!
//! An init container runs to its end, and hooks are not allowed for it. A sidecar, which is an init
//! container with `restartPolicy: Always`, may have hooks.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.34.0
//!     lifecycle:
//!       preStop:
//!         sleep:
//!           seconds: 5
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
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.34.0
//!     restartPolicy: Always
//!     lifecycle:
//!       preStop:
//!         sleep:
//!           seconds: 5
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the hooks, or makes the container a sidecar.

use super::sidecar;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "init-lifecycle-forbidden",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(lifecycle) = container.node.field("lifecycle") else { return };
    if container.role != Role::Init {
        return;
    }
    // What is missing may be `restartPolicy: Always`, which makes it a sidecar.
    out.report_key(lifecycle, format!("`lifecycle` is not allowed in {}", container.title()))
        .missing_in(container.node)
        .suggest("Convert to a sidecar", || sidecar::make(container))
        .suggest("Remove `lifecycle`", || write::remove(lifecycle));
}
