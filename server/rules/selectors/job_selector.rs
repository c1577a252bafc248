//! A Job sets the selector or labels that the API server generates.
//!
//! The API server generates the selector of a Job and four labels of its pods (`controller-uid`,
//! `job-name` and both with `batch.kubernetes.io/` in front). It refuses a selector without
//! `manualSelector: true` unless those labels match it, and such labels with other values. Inside a
//! CronJob, neither `selector` nor `manualSelector: true` is allowed.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   selector:
//!     matchLabels:
//!       app: backup
//!   template:
//!     metadata:
//!       labels:
//!         app: backup
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
//!     metadata:
//!       labels:
//!         app: backup
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ## Fix
//!
//! Removes the selector, or the label.

use super::matching::{label, unmet};
use super::selector_mismatch::is_manual;
use crate::check::{Check, Checker, DiagnosticBuilder, Echo, Fixes, Rule};
use crate::pod::{Manifest, Workload};
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "job-selector",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

const NAMES: [&str; 2] = ["job-name", "batch.kubernetes.io/job-name"];
const UIDS: [&str; 2] = ["controller-uid", "batch.kubernetes.io/controller-uid"];

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(spec) = manifest.root.field("spec") else { return };
    match manifest.workload() {
        Some(Workload::Job) if !is_manual(spec) => check_job(manifest, spec, out),
        Some(Workload::CronJob) => {
            if let Some(spec) = spec.field("jobTemplate").and_then(|it| it.field("spec")) {
                check_template(spec, out);
            }
        }
        _ => {}
    }
}

fn check_template(spec: Node<'_>, out: &mut Checker<'_>) {
    if let Some(selector) = spec.field("selector") {
        report(selector, "`selector` is not allowed in the Jobs of a CronJob", out);
    }
    if let Some(manual) = spec.field("manualSelector").filter(|_| is_manual(spec)) {
        let message = "`manualSelector` is not allowed in the Jobs of a CronJob";
        out.report(manual, message).suggest("Remove `manualSelector`", || write::remove(manual));
    }
}

fn check_job(manifest: &Manifest<'_>, spec: Node<'_>, out: &mut Checker<'_>) {
    if let Some(selector) = spec.field("selector").filter(|it| it.is_map())
        && unmet(selector, None).is_some_and(|unmet| !unmet.is_empty())
    {
        let diagnostic =
            report(selector, "`selector` of a Job requires `manualSelector: true`", out);
        let labels = template_labels(spec);
        if unmet(selector, labels).is_some_and(|unmet| !unmet.is_empty()) {
            diagnostic.echo(Echo::Selector(spec.id()));
        }
    }
    let labels = template_labels(spec);
    let prefixed = out.version >= Version::new(27);
    for key in NAMES.into_iter().chain(UIDS) {
        let given = label(labels, key).flatten().filter(|_| prefixed || !key.contains('/'));
        let Some(value) = given else { continue };
        let is_name = NAMES.contains(&key) && manifest.name() == Some(value);
        let node = labels.and_then(|labels| labels.get(key)).filter(|_| !is_name);
        if let Some(node) = node {
            let message = format!("label `{key}` is reserved for the API server");
            out.report(node, message).suggest("Remove the label", || write::remove(node));
        }
    }
}

fn template_labels(spec: Node<'_>) -> Option<Node<'_>> {
    spec.field("template")?.field("metadata")?.field("labels")
}

fn report<'f>(
    selector: Node<'_>,
    message: &str,
    out: &'f mut Checker<'_>,
) -> DiagnosticBuilder<'f> {
    out.report(selector.key().unwrap_or(selector), message)
        .suggest("Remove the selector", || write::remove(selector))
}
