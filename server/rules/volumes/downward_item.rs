//! A file of a downwardAPI volume has no source, or two.
//!
//! Each file shows either a field of the pod (`fieldRef`) or a resource of one of its containers
//! (`resourceFieldRef`).
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
//!     downwardAPI:
//!       items:
//!       - path: labels
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
//!     downwardAPI:
//!       items:
//!       - path: labels
//!         fieldRef:
//!           fieldPath: metadata.labels
//! ```
//!
//! ## Fix
//!
//! Removes one of the two fields, or adds a `fieldRef` to an item without either: `metadata.annotations`
//! for the path `annotations`, otherwise `metadata.labels`. All are suggestions: only you can tell what
//! the file should contain.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::DOWNWARD_API_VOLUME_FILE;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "downward-item",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[DOWNWARD_API_VOLUME_FILE], check)],
    ..Rule::DEFAULT
};

fn check(file: &Object<'_>, out: &mut Checker<'_>) {
    let entry = |field| file.field(field).and_then(|_| file.node.entry(field));
    match (entry("fieldRef"), entry("resourceFieldRef")) {
        (Some(field), Some(resource)) => {
            let message = "`fieldRef` cannot be combined with `resourceFieldRef`";
            out.report(resource.key, message)
                .related(field.key, "the other one")
                .suggest("Remove `fieldRef`", || write::remove(field.key))
                .suggest("Remove `resourceFieldRef`", || write::remove(resource.key));
        }
        (None, None) => {
            let message = "missing source: expected `fieldRef` or `resourceFieldRef`";
            let path = if file.text("path") == "annotations" { "annotations" } else { "labels" };
            let new = New::map([("fieldPath", New::text(format!("metadata.{path}")))]);
            out.report_absence(file.node, message).suggest("Add a `fieldRef`", || {
                write::insert(file.node, "fieldRef", &new, Place::Last)
            });
        }
        _ => {}
    }
}
