//! A part of a schedule is accepted, but does not mean what it seems to.
//!
//! Empty parts are skipped (`1,,2`), text after `*-` is ignored, and a step beyond the range selects
//! only the first value.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "1,,2 * * * *"
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
//!   schedule: "1,2 * * * *"
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec:
//!           restartPolicy: Never
//!           containers:
//!           - name: backup
//!             image: restic/restic:0.17.0
//! ```

use super::spec::{schedule, source};
use crate::check::{Check, Checker, Rule, Severity};
use crate::formats::cron::Schedule;
use crate::pod::Object;
use crate::schema::batch::CRON_JOB_SPEC;

pub(crate) static RULE: Rule = Rule {
    code: "cron-odd-part",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some((node, Schedule::Times(times))) = schedule(cron) else { return };
    for (range, what) in times.odd {
        let part = node.as_str().and_then(|text| text.get(range.clone())).unwrap_or_default();
        let diagnostic = out.report(node, format!("`{part}` {what}"));
        if let Some(span) = source(node, range) {
            diagnostic.at(span);
        }
    }
}
