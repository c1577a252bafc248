//! A Job is not deleted after it has ended.
//!
//! The Job and its pods stay in the API server until someone deletes them. With
//! `ttlSecondsAfterFinished` they are deleted automatically. Jobs with an annotation that makes Helm
//! or Argo CD delete them are not reported, nor are Jobs of CronJobs, where
//! `successfulJobsHistoryLimit` limits their number.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
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
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   ttlSecondsAfterFinished: 86400
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ## Fix
//!
//! Sets `ttlSecondsAfterFinished` to 86400, which is a day.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When};
use crate::pod::{Manifest, Workload};
use crate::schema::Profile;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "missing-job-ttl",
    severity: Severity::Information,
    when: When::Profile(Profile::Reliability),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeLinter("job-ttl-seconds-after-finished")],
    link: Some(
        "[Automatic cleanup for finished Jobs](https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/)",
    ),
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
};

const FIELD: &str = "ttlSecondsAfterFinished";

/// Annotations of tools that delete the Jobs they start.
const HOOKS: [&str; 4] = [
    "helm.sh/hook",
    "helm.sh/hook-delete-policy",
    "argocd.argoproj.io/hook",
    "argocd.argoproj.io/hook-delete-policy",
];

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(spec) = manifest.root.field("spec") else { return };
    let job = manifest.workload() == Some(Workload::Job);
    if !job || spec.field(FIELD).is_some() || is_deleted(manifest) {
        return;
    }
    out.missing(spec, FIELD, "the Job is not deleted after it ends").suggest(
        "Set `ttlSecondsAfterFinished` to 86400",
        || {
            let day = New::scalar(86400);
            write::insert(spec, FIELD, &day, Place::First)
        },
    );
}

fn is_deleted(manifest: &Manifest<'_>) -> bool {
    let annotations = manifest.root.field("metadata").and_then(|it| it.field("annotations"));
    annotations.is_some_and(|it| HOOKS.iter().any(|hook| it.field(hook).is_some()))
}
