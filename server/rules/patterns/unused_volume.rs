//! No container uses a volume of the pod.
//!
//! The pod still waits for it: a claim must be bound, a ConfigMap has to exist. Usually the mount
//! was forgotten, or its container was removed. A volume with a file of environment variables counts
//! as used.
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
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
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
//!     - name: config
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//! ```
//!
//! ## Fix
//!
//! Removes the volume.

use std::collections::HashSet;

use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::{Container, Pod};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "unused-volume",
    severity: Severity::Hint,
    fixes: Fixes::Suggested,
    link: Some("[Volumes](https://kubernetes.io/docs/concepts/storage/volumes/)"),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.containers.is_empty() || pod.volumes.is_empty() {
        return;
    }
    let used: HashSet<&str> = pod.containers.iter().flat_map(used_by).collect();
    for volume in pod.volumes.iter().filter(|volume| !volume.is_claim_template) {
        if volume.name.is_empty() || used.contains(volume.name) {
            continue;
        }
        let Some(node) = volume.node.field("name") else { continue };
        out.report_absence(node, format!("unused volume `{}`", volume.name))
            .missing_in(pod.spec.field("containers").unwrap_or(pod.spec))
            .tag(Tag::Unnecessary)
            .suggest("Remove the volume", || write::remove(volume.node));
    }
}

/// The names of the volumes that a container uses.
fn used_by<'a>(container: &Container<'a>) -> impl Iterator<Item = &'a str> {
    let mounts = container.items("volumeMounts").chain(container.items("volumeDevices"));
    let mounts = mounts.filter_map(|mount| mount.field("name"));
    let files = container.items("env").filter_map(|variable| {
        variable.field("valueFrom")?.field("fileKeyRef")?.field("volumeName")
    });
    mounts.chain(files).filter_map(Node::as_str)
}
