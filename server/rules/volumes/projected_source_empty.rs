//! An item of a projected volume has no source.
//!
//! It adds nothing to the volume. Usually the source is not indented enough.
//!
//! Sources that the API server drops do not count: `podCertificate` and `clusterTrustBundle` require
//! Kubernetes 1.37.
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
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//!       - {}
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
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//! ```
//!
//! ## Fix
//!
//! Removes the entry.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::VOLUME_PROJECTION;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "projected-source-empty",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[VOLUME_PROJECTION], check)],
    ..Rule::DEFAULT
};

fn check(projection: &Object<'_>, out: &mut Checker<'_>) {
    let kept = |name: &str| !projection.is_dropped(name, out.version);
    let source = |name: &str| projection.field(name).is_some() && kept(name);
    if out.version < Version::new(32) {
        return;
    }
    let any = projection.ty.fields().any(|field| source(field.name()));
    // An unknown source is another rule's.
    let unknown = projection
        .node
        .fields()
        .any(|entry| entry.key.text().is_some_and(|name| projection.ty.field(name).is_none()));
    if any || unknown {
        return;
    }
    out.report_absence(projection.node, "missing source in the item")
        .suggest("Remove it", || write::remove(projection.node));
}
