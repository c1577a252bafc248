//! The name of a StatefulSet is too long to create its pods.
//!
//! They get a label with the name of the StatefulSet and a hash of up to 10 letters, and label
//! values have at most 63 bytes. The API server accepts the StatefulSet itself.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Manifest, Workload};

pub(crate) static RULE: Rule = Rule {
    code: "stateful-set-name-too-long",
    severity: Severity::Warning,
    link: Some("[Issue 64023](https://github.com/kubernetes/kubernetes/issues/64023)"),
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

/// The longest name that leaves room for `-` and a hash in a label.
const LONGEST: usize = 52;

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    if manifest.workload() != Some(Workload::StatefulSet) {
        return;
    }
    let node = manifest.root.field("metadata").and_then(|it| it.field("name"));
    let Some((node, name)) = node.zip(manifest.name()) else { return };
    if (LONGEST + 1..=63).contains(&name.len()) {
        let length = name.len();
        let message =
            format!("the name has {length} bytes: expected at most {LONGEST} for its pods");
        out.report(node, message);
    }
}
