//! A container can write to files of its node.
//!
//! A container that only reads them can set `readOnly: true`. Volumes with the `type` of a socket or
//! device are not reported, since their users must write to them.
//!
//! The profile `hardened` switches it on.
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
//!     volumeMounts:
//!     - name: host
//!       mountPath: /host
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /var/log
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
//!     volumeMounts:
//!     - name: host
//!       mountPath: /host
//!       readOnly: true
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /var/log
//! ```
//!
//! ## Fix
//!
//! Makes the mount read-only.

use std::collections::HashMap;

use super::host_paths::{HostPath, host_paths};
use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "writable-host-path",
    severity: Severity::Information,
    when: When::Profile(Profile::Hardened),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeLinter("writable-host-mount")],
    link: Some(pages::HOST_PATH),
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

/// Values of `type` for volumes that are neither files nor directories.
const SPECIAL: [&str; 3] = ["Socket", "CharDevice", "BlockDevice"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let hosts: HashMap<&str, HostPath<'_>> =
        host_paths(pod).map(|host| (host.volume, host)).collect();
    for mount in container.items("volumeMounts") {
        let Some(node) = mount.field("name") else { continue };
        let name = node.as_str().unwrap_or_default();
        let Some(host) = hosts.get(name).filter(|_| !name.is_empty()) else { continue };
        let sort = host.source.field("type").and_then(Node::as_str).unwrap_or_default();
        let read_only = mount.field("readOnly");
        if SPECIAL.contains(&sort) || read_only.is_some_and(|it| it.as_bool() != Some(false)) {
            continue;
        }
        out.report(node, format!("{} can write to `{}` of the node", container.title(), host.path))
            .related(host.node, "the path on the node")
            .suggest("Set `readOnly: true`", || {
                let yes = New::scalar(true);
                write::set(mount, &["readOnly"], &yes)
            });
    }
}
