//! Several pods of a workload would write to one disk.
//!
//! A Google Cloud disk can be attached to only one node for writing. Up to Kubernetes 1.28 the API
//! server refuses workloads of more than one pod with such a volume unless it is read-only. Newer
//! versions leave the check to the driver.
//!
//! ```yaml bad
//! # podls: kubernetes 1.28
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   replicas: 2
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       volumes:
//!       - name: data
//!         gcePersistentDisk:
//!           pdName: web
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! # podls: kubernetes 1.28
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   replicas: 2
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       volumes:
//!       - name: data
//!         gcePersistentDisk:
//!           pdName: web
//!           readOnly: true
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Mounts the disk read-only.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Pod, Workload};
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "gce-pd-read-only",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if out.version > Version::new(28) || !has_many(pod) {
        return;
    }
    for volume in pod.volumes.iter().filter(|it| it.source == "gcePersistentDisk") {
        let Some(disk) = volume.node.field("gcePersistentDisk") else { continue };
        let only = disk.field("readOnly");
        if only.is_some_and(|only| only.as_bool() != Some(false)) {
            continue;
        }
        let message = "a disk of several pods must be read-only";
        let diagnostic = match only {
            Some(only) => out.report(only, message),
            None => out.missing(disk, "readOnly", message),
        };
        diagnostic.suggest("Set `readOnly: true`", || {
            let yes = New::scalar(true);
            write::put(disk, "readOnly", &yes, Place::Last)
        });
    }
}

/// Whether the workload has more than one pod.
fn has_many(pod: &Pod<'_>) -> bool {
    match pod.workload {
        Some(Workload::DaemonSet) => true,
        Some(Workload::Deployment | Workload::ReplicaSet | Workload::ReplicationController) => {
            let replicas = pod.manifest.root.field("spec").and_then(|spec| spec.field("replicas"));
            replicas.and_then(Node::as_int).is_some_and(|replicas| replicas > 1)
        }
        _ => false,
    }
}
