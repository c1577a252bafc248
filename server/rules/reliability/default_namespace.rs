//! A workload is put into the namespace `default`.
//!
//! Everything without a namespace ends up there, so quotas, rights and network policies cannot
//! separate workloads. Manifests without `metadata.namespace` are not reported.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   namespace: default
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
//! kind: Deployment
//! metadata:
//!   name: web
//!   namespace: shop
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

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::Manifest;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "default-namespace",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("use-namespace"), Linter::Checkov("CKV_K8S_21")],
    link: Some(
        "[Namespaces](https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/)",
    ),
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let namespace = manifest.root.field("metadata").and_then(|it| it.field("namespace"));
    let Some(node) = namespace.filter(|_| manifest.workload().is_some()) else { return };
    if node.as_str() == Some("default") {
        out.report(node, format!("the {} is in the namespace `default`", manifest.kind));
    }
}
