//! A CronJob never runs.
//!
//! No day matches the schedule: 30 February, day 31 in months of 30 days only, or a field without
//! any value.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 0 31 4,6 *"
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
//!   schedule: "0 0 30 4,6 *"
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!           - name: backup
//!             image: restic/restic:0.17.0
//! ```

use super::spec::schedule;
use crate::check::{Check, Checker, Rule, Severity};
use crate::formats::cron::Schedule;
use crate::pod::Object;
use crate::schema::batch::CRON_JOB_SPEC;

pub(crate) static RULE: Rule = Rule {
    code: "cron-never",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some((node, Schedule::Times(times))) = schedule(cron) else { return };
    if times.is_never() {
        out.report(node, "the schedule never runs");
    }
}
