//! An init container with probes.
//!
//! An init container is ready when it has ended, so a probe has no use. A sidecar, which is an init
//! container with `restartPolicy: Always`, may have probes.
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
//!     readinessProbe:
//!       tcpSocket:
//!         port: 9901
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
//!     readinessProbe:
//!       tcpSocket:
//!         port: 9901
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the probe, or makes the container a sidecar.

use super::sidecar;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "init-probe-forbidden",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::Init {
        return;
    }
    // What is missing may be `restartPolicy: Always`, which makes it a sidecar.
    for (field, probe) in container.probes() {
        out.report_key(probe, format!("`{field}` is not allowed in {}", container.title()))
            .missing_in(container.node)
            .suggest("Convert to a sidecar", || sidecar::make(container))
            .suggest(format!("Remove `{field}`"), || write::remove(probe));
    }
}
