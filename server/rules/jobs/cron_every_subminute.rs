//! A CronJob is scheduled more than once a minute.
//!
//! The controller checks schedules every ten seconds at best, and each run needs its own pod.
//! Intervals of zero or less are read as one second.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "@every 30s"
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
//!   schedule: "@every 30m"
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
    code: "cron-every-subminute",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some((node, Schedule::Every(seconds))) = schedule(cron) else { return };
    if seconds < 60 {
        let unit = if seconds == 1 { "second" } else { "seconds" };
        out.report(node, format!("the schedule runs every {seconds} {unit}"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn a_second_and_a_minute() {
        let check = |schedule: &str, mark: &str| {
            check_rule(
                &RULE,
                &format!(
                    "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  \
                     schedule: '@every {schedule}'\n{mark}"
                ),
            );
        };
        check("1s", "            ^^^^^^^^^^^ the schedule runs every 1 second\n");
        check("59s", "            ^^^^^^^^^^^^ the schedule runs every 59 seconds\n");
        check("60s", "");
    }
}
