//! A static pod with resource claims.
//!
//! The kubelet runs static pods from files, and shows them to the cluster as mirror pods. Claims
//! cannot be allocated for them.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//!   annotations:
//!     kubernetes.io/config.mirror: 6ad3
//! spec:
//!   nodeName: node-1
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: one-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: one-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//! ```
//!
//! ## Fix
//!
//! Removes the claims.

use crate::check::{Check, Checker, Echo, Fixes, Rule};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "static-pod-claims",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(claims) = pod.spec.field("resourceClaims") else { return };
    let annotations = pod.metadata().and_then(|metadata| metadata.field("annotations"));
    let mirror = annotations.and_then(|it| it.get("kubernetes.io/config.mirror"));
    let some = claims.items().next().is_some();
    if pod.is_template() || mirror.is_none() || !some || out.version < Version::new(34) {
        return;
    }
    out.report_key(claims, "`resourceClaims` is not allowed in a static pod")
        .echo(Echo::At(pod.manifest.root.id()))
        .suggest("Remove `resourceClaims`", || write::remove(claims));
}
