//! A volume is of a type that is not allowed in a pod.
//!
//! Allowed types get their content from the cluster or from a claim, or start empty: `configMap`,
//! `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `persistentVolumeClaim`, `projected`, `secret`,
//! and `image` from Kubernetes 1.33 on. Use a claim for all other storage. `podSecurity: restricted`
//! switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   volumes:
//!   - name: data
//!     nfs:
//!       server: files.example.com
//!       path: /data
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
//!   volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: data
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use super::contexts::PSS;
use crate::check::{Check, Checker, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::core::VOLUME;
use crate::schema::{PodSecurity, Version};
use crate::syntax::{Entry, Node};

pub(crate) static RULE: Rule = Rule {
    code: "pss-volume-types",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    linters: &[Linter::Polaris("hostPathSet")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

const ALLOWED: [&str; 8] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let version = out.version;
    for volume in pod.volumes.iter().filter(|volume| !volume.is_claim_template) {
        let allowed = |entry: &Entry<'_>| {
            let name = entry.key.text().unwrap_or_default();
            ALLOWED.contains(&name) || name == "image" && version >= Version::new(33)
        };
        // Of two types the allowed one is the one that counts.
        if sources(volume.node).any(|entry| allowed(&entry)) {
            continue;
        }
        if let Some(source) = sources(volume.node).next() {
            let ty = source.key.text().unwrap_or_default();
            let message =
                format!("`{ty}` volume `{}` violates Pod Security `restricted`", volume.name);
            out.report(source.key, message);
        }
    }
}

/// What says where the content comes from.
fn sources<'a>(volume: Node<'a>) -> impl Iterator<Item = Entry<'a>> {
    volume.fields().filter(|entry| {
        let known = entry.key.text().is_some_and(|name| VOLUME.field(name).is_some());
        known && entry.value.resolved().is_some_and(Node::is_map)
    })
}
