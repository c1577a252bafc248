//! Two mounts of one container have the same path.
//!
//! The second would hide the first. `/a` and `/a/` are different paths for the API server.
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
//!     - name: config
//!       mountPath: /etc/web
//!     - name: tls
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//!   - name: tls
//!     secret:
//!       secretName: web
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
//!     - name: tls
//!       mountPath: /etc/web/tls
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//!   - name: tls
//!     secret:
//!       secretName: web
//! ```
//!
//! ## Fix
//!
//! Removes the second mount.

use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "mount-path-duplicate",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Findings<'_>) {
    for (index, mount) in container.items("volumeMounts").enumerate() {
        let Some(path) = path(mount) else { continue };
        let same = |other: &Node<'_>| other.as_str() == path.as_str();
        let mut before = container.items("volumeMounts").take(index).filter_map(self::path);
        let Some(first) = before.find(same) else { continue };
        let text = path.as_str().unwrap_or_default();
        out.report(path, format!("{} has two mounts at `{text}`", container.title()))
            .related(first, "the first mount")
            .suggest("Remove this mount", || write::remove(mount));
    }
}

fn path(mount: Node<'_>) -> Option<Node<'_>> {
    mount.field("mountPath").filter(|path| path.as_str().is_some_and(|text| !text.is_empty()))
}
