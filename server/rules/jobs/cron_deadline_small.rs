//! A CronJob has such a short starting deadline that it may never run.
//!
//! The controller checks schedules about every ten seconds, and skips a run that is later than
//! `startingDeadlineSeconds`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 3 * * *"
//!   startingDeadlineSeconds: 5
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
//!   startingDeadlineSeconds: 60
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!           - name: backup
//!             image: restic/restic:0.17.0
//! ```

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Object;
use crate::schema::batch::CRON_JOB_SPEC;

pub(crate) static RULE: Rule = Rule {
    code: "cron-deadline-small",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = cron.field("startingDeadlineSeconds") else { return };
    if node.as_int().is_some_and(|seconds| (0..10).contains(&seconds)) {
        out.report(node, "`startingDeadlineSeconds` below 10 can prevent every run");
    }
}
