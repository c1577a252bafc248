//! The name of an object is not a valid host name.
//!
//! The API server accepts names with dots and of up to 253 bytes, but the name of a pod becomes its
//! host name, a single DNS label: dots can cause problems, and the part beyond 63 bytes is cut off.
//! Pods are named after their Deployment or Job.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web.v1
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
//! ## Fix
//!
//! Changes to a valid name without dots.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::names::{label, subdomain};
use crate::formats::suggest::{Format, suggest_within};
use crate::pod::{Manifest, Workload};
use crate::schema::Version;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "name-not-label",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    // Names of StatefulSets have to be labels, those of the others do not matter.
    let longest = match manifest.workload() {
        Some(Workload::CronJob) => 52,
        Some(
            Workload::Pod
            | Workload::Deployment
            | Workload::ReplicaSet
            | Workload::ReplicationController
            | Workload::Job,
        ) => 63,
        _ => return,
    };
    let node = manifest.root.field("metadata").and_then(|it| it.field("name"));
    let Some((node, name)) = node.zip(manifest.name()) else { return };
    let Err(fault) = label(name) else { return };
    let refused = subdomain(name).is_err() || name.len() > longest && longest < 63;
    let job_name = manifest.workload() == Some(Workload::Job) && name.len() > 63;
    if refused || job_name || out.version < Version::new(27) {
        return;
    }
    let what =
        if manifest.workload() == Some(Workload::Pod) { "the host name" } else { "host names" };
    let diagnostic =
        out.report(node, format!("the name `{name}` {fault}, which is not allowed in {what}"));
    if let Some(made) = suggest_within(name, Format::Label, longest) {
        diagnostic
            .suggest(format!("Change to `{made}`"), || write::replace(node, &New::text(made)));
    }
}
