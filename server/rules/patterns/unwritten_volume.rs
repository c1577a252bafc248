//! Containers share an empty volume that none of them can write to.
//!
//! An `emptyDir` starts empty. With every mount read-only it stays so, and who reads from it waits for
//! ever. Mostly the mount of the writer was copied from that of the reader.
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
//!     - name: logs
//!       mountPath: /var/log/nginx
//!       readOnly: true
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//!     volumeMounts:
//!     - name: logs
//!       mountPath: /logs
//!       readOnly: true
//!   volumes:
//!   - name: logs
//!     emptyDir: {}
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
//!     - name: logs
//!       mountPath: /var/log/nginx
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//!     volumeMounts:
//!     - name: logs
//!       mountPath: /logs
//!       readOnly: true
//!   volumes:
//!   - name: logs
//!     emptyDir: {}
//! ```
//!
//! [Shared volumes](https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/)

use crate::pod::{Pod, Volume};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "unwritten-volume",
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    let empty = |it: &&Volume<'_>| it.source == "emptyDir" && !it.name.is_empty();
    for volume in pod.volumes.iter().filter(empty) {
        let mounts = pod.containers.iter().flat_map(|it| it.items("volumeMounts"));
        let mounts =
            mounts.filter(|it| it.field("name").and_then(Node::as_str) == Some(volume.name));
        let flags: Vec<_> = mounts.map(|mount| mount.field("readOnly")).collect();
        let read_only = flags.iter().all(|flag| flag.and_then(Node::as_bool) == Some(true));
        if flags.len() < 2 || !read_only {
            continue;
        }
        let Some(name) = volume.node.field("name") else { continue };
        let message = format!("`{}` starts empty, and no container may write to it", volume.name);
        let draft = out.report(name, message);
        flags.into_iter().flatten().fold(draft, |draft, flag| draft.related(flag, "read-only"));
    }
}
