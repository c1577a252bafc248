//! An object has `generateName` but no `name`.
//!
//! The API server generates a new name each time, so `kubectl create` creates a new object on every
//! call. `kubectl apply` refuses the manifest, since it cannot find the object again.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   generateName: backup-
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Manifest;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "generate-name",
    severity: Severity::Hint,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(metadata) = manifest.root.field("metadata") else { return };
    let text = |field| metadata.field(field).and_then(Node::as_str).filter(|it| !it.is_empty());
    if manifest.workload().is_some() && text("name").is_none() && text("generateName").is_some() {
        let Some(node) = metadata.field("generateName") else { return };
        out.report_absence(
            node,
            "`kubectl apply` requires `name`; `generateName` works with `kubectl create` only",
        );
    }
}
