//! Containers share an empty volume that none of them can write to.
//!
//! An `emptyDir` starts empty. If every mount is read-only, it stays empty, and its readers may wait
//! forever. Usually the mount of the writer was copied from that of the reader.
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

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Pod, Volume};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "unwritten-volume",
    severity: Severity::Warning,
    link: Some(
        "[Shared volumes](https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let is_empty = |it: &&Volume<'_>| it.source == "emptyDir" && !it.name.is_empty();
    if !pod.volumes.iter().any(|volume| is_empty(&volume)) {
        return;
    }
    // The read-only flags of the mounts of each volume, as long as all of them are set.
    let mut flags: HashMap<&str, Option<Vec<Node<'_>>>> = HashMap::new();
    for mount in pod.containers.iter().flat_map(|it| it.items("volumeMounts")) {
        let Some(name) = mount.field("name").and_then(Node::as_str) else { continue };
        let flag = mount.field("readOnly").filter(|it| it.as_bool() == Some(true));
        let of_volume = flags.entry(name).or_insert_with(|| Some(Vec::new()));
        match (flag, of_volume.as_mut()) {
            (Some(flag), Some(list)) => list.push(flag),
            _ => *of_volume = None,
        }
    }
    for volume in pod.volumes.iter().filter(is_empty) {
        let flags = flags.get(volume.name).and_then(Option::as_ref);
        if let Some(flags) = flags.filter(|flags| flags.len() > 1) {
            report(volume, flags, out);
        }
    }
}

fn report(volume: &Volume<'_>, flags: &[Node<'_>], out: &mut Checker<'_>) {
    let Some(name) = volume.node.field("name") else { return };
    let message = format!("no container can write to volume `{}`, which starts empty", volume.name);
    let diagnostic = out.report(name, message);
    flags.iter().fold(diagnostic, |diagnostic, flag| diagnostic.related(*flag, "read-only"));
}
