//! No container uses a volume of the pod.
//!
//! The pod still waits for it: a claim has to be bound, a ConfigMap has to exist. Mostly the mount was
//! forgotten, or its container was taken out. Volumes that a file of environment variables is read
//! from are used, too.
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
//!
//! [Volumes](https://kubernetes.io/docs/concepts/storage/volumes/)

use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity, Tag};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "unused-volume",
    severity: Severity::Hint,
    on: true,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    let own = pod.volumes.iter().filter(|volume| !volume.is_claim_template);
    for volume in own.filter(|volume| !volume.name.is_empty()) {
        if pod.containers.is_empty() || pod.containers.iter().any(|it| uses(it, volume.name)) {
            continue;
        }
        let Some(node) = volume.node.field("name") else { continue };
        out.report_absence(node, format!("no container mounts the volume `{}`", volume.name))
            .tag(Tag::Unnecessary)
            .suggest("Remove the volume", || write::remove(volume.node).into_iter().collect());
    }
}

fn uses(container: &Container<'_>, volume: &str) -> bool {
    let named = |node: Node<'_>, field| node.field(field).and_then(Node::as_str) == Some(volume);
    ["volumeMounts", "volumeDevices"]
        .into_iter()
        .any(|list| container.items(list).any(|it| named(it, "name")))
        || container.items("env").filter_map(file_of).any(|it| named(it, "volumeName"))
}

fn file_of<'a>(variable: Node<'a>) -> Option<Node<'a>> {
    variable.field("valueFrom")?.field("fileKeyRef")
}
