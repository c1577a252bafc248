//! A schedule names days of the month and weekdays.
//!
//! It runs when one of the two fits, not when both do: `0 0 13 * 5` is every 13th and every Friday.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 0 13 * 5"
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
//!   schedule: "0 0 13 * *"
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
    code: "cron-day-or-weekday",
    severity: Severity::Information,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some((node, Schedule::Times(times))) = schedule(cron) else { return };
    if !times.both_days && !times.is_never() {
        out.report(
            node,
            "the schedule runs when either the day of the month or the weekday matches",
        );
    }
}
