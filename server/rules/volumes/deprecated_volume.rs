//! A volume is of a type that is no longer supported.
//!
//! The drivers of these volumes were removed from Kubernetes one by one: the API server accepts the
//! volumes, but the pod never starts. `gitRepo` is turned off by default since 1.33, since it let
//! pods run commands on their node.
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     gitRepo:
//!       repository: https://example.com/web.git
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//! ```

use crate::check::{Check, Checker, Rule, Severity, Tag};
use crate::pod::{Pod, Volume};
use crate::schema::Version;

pub(crate) static RULE: Rule = Rule {
    code: "deprecated-volume",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

/// The type, the first version that warns, and the first in which it does not work.
const TYPES: [(&str, u8, u8); 9] = [
    ("gitRepo", 25, 33),
    ("photonPersistentDisk", 25, 16),
    ("scaleIO", 25, 22),
    ("flocker", 25, 25),
    ("quobyte", 25, 25),
    ("storageos", 25, 25),
    ("glusterfs", 25, 26),
    ("cephfs", 28, 31),
    ("rbd", 28, 31),
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for volume in &pod.volumes {
        let found = TYPES.iter().find(|(name, _, _)| *name == volume.source);
        let Some((name, deprecated, gone)) = found else { continue };
        if out.version >= Version::new(*deprecated) {
            report(volume, name, Version::new(*gone), out);
        }
    }
}

fn report(volume: &Volume<'_>, name: &str, gone: Version, out: &mut Checker<'_>) {
    let Some(node) = volume.node.field(name) else { return };
    let message = match (name, out.version >= gone) {
        ("gitRepo", true) => format!("`{name}` is turned off by default since Kubernetes {gone}"),
        (_, true) => format!("`{name}` does not work since Kubernetes {gone}"),
        (_, false) => format!("`{name}` is deprecated"),
    };
    out.report_key(node, message).tag(Tag::Deprecated);
}
