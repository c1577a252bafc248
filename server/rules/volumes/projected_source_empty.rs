//! An entry of a projected volume names no source.
//!
//! It adds nothing to the volume. Mostly the source is indented too little.
//!
//! The API server also warns so of `clusterTrustBundle` and `podCertificate`, which is a mistake of its
//! own: podls says it as an information.
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

use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::{ObjectType, Version};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "projected-source-empty",
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(&[ObjectType::named("core.v1.VolumeProjection")], check)],
};

/// Sources that the server's own warning does not know.
const MISTAKEN: [&str; 2] = ["clusterTrustBundle", "podCertificate"];

fn check(projection: &Object<'_>, out: &mut Findings<'_>) {
    let source = |name: &str| projection.field(name).is_some();
    if out.version < Version::new(32) {
        return;
    }
    if let Some(source) = MISTAKEN.iter().find_map(|name| projection.field(name)) {
        let message =
            "the API server warns of this source as if it were none; it works all the same";
        out.report_key(source, message).severity(Severity::Information);
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
    out.report_absence(projection.node, "the entry names no source")
        .fix("Remove it", || write::remove(projection.node).into_iter().collect());
}
