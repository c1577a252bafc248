//! The name of a Flocker dataset contains a slash.
//!
//! It would become a path on the node. Flocker volumes do not work since Kubernetes 1.25.
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
//!     flocker:
//!       datasetName: web/files
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
//!     flocker:
//!       datasetName: web-files
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::core::FLOCKER_VOLUME_SOURCE;

pub(crate) static RULE: Rule = Rule {
    code: "path-format",
    since: "0.1.0",
    checks: &[Check::Object(&[FLOCKER_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = source.field("datasetName") else { return };
    if let Some(name) = node.as_str().filter(|name| name.contains('/')) {
        out.report(node, format!("invalid dataset name `{name}`: it contains a `/`"));
    }
}
