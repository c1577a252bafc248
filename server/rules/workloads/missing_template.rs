//! A workload has no pod template.
//!
//! The template describes the pods to create.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ReplicationController
//! metadata:
//!   name: web
//! spec:
//!   replicas: 2
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: ReplicationController
//! metadata:
//!   name: web
//! spec:
//!   replicas: 2
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::{Manifest, Workload};

pub(crate) static RULE: Rule = Rule {
    code: "missing-template",
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(workload) = manifest.workload().filter(|it| *it != Workload::Pod) else { return };
    let kind = manifest.kind;
    let mut node = manifest.root;
    let path = workload.template_path();
    for (index, key) in path.iter().enumerate() {
        let Some(inner) = node.field(key) else {
            let message = format!("missing field `{}` in the {kind}", path.join("."));
            match node.entry(key) {
                Some(entry) => out.report_absence(entry.key, message),
                None => out.missing(node, &path[index..].join("."), message),
            };
            return;
        };
        if !inner.is_map() {
            return;
        }
        node = inner;
    }
}
