//! A missed run of a CronJob may start at any later time.
//!
//! After an outage of the control plane, or when a CronJob is resumed, the run of last night may
//! start at noon. `startingDeadlineSeconds` limits how late a run may start.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 3 * * *"
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!           - name: backup
//!             image: restic/restic:0.17.0
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 3 * * *"
//!   startingDeadlineSeconds: 600
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!           - name: backup
//!             image: restic/restic:0.17.0
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::{Manifest, Workload};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-cron-deadline",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    linters: &[Linter::KubeScore("cronjob-has-deadline")],
    link: Some("[CronJob](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/)"),
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(spec) = manifest.root.field("spec") else { return };
    let cron = manifest.workload() == Some(Workload::CronJob);
    if cron && spec.field("startingDeadlineSeconds").is_none() {
        let message = "without `startingDeadlineSeconds` a missed run can start at any later time";
        out.missing(spec, "startingDeadlineSeconds", message);
    }
}
