//! An invalid schedule of a CronJob.
//!
//! A schedule has five fields: minute, hour, day of the month, month and weekday, or is a word
//! such as `@daily`. Sunday is 0, never 7; `L`, `W`, `#` and `@reboot` are not supported. A time
//! zone belongs in `timeZone`, not in the schedule.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 3 * * 7"
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
//!   schedule: "0 3 * * 0"
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
//! ## Fix
//!
//! Moves a time zone to `timeZone`.

use super::spec::source;
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::cron;
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::batch::CRON_JOB_SPEC;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "cron-schedule",
    fixes: Fixes::Safe,
    link: Some(
        "[Schedule syntax](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = cron.field("schedule") else { return };
    let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { return };
    if text.contains("TZ") {
        report_zone(cron, node, text, out);
        return;
    }
    let Err(fault) = cron::parse(text) else { return };
    let what = match fault.field {
        Some(field) => format!("invalid schedule: the {field} {}", fault.what),
        None => format!("invalid schedule: it {}", fault.what),
    };
    let span = source(node, fault.range);
    let diagnostic = out.report(node, what);
    let diagnostic = match span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    };
    if let Some(better) = sunday(text) {
        diagnostic
            .fix(format!("Change to `{better}`"), || write::replace(node, &New::text(better)));
    }
}

/// Up to 1.28 a zone in front was accepted with a warning.
fn report_zone(cron: &Object<'_>, node: Node<'_>, text: &str, out: &mut Checker<'_>) {
    let old = out.version < Version::new(29);
    let severity = if old { Severity::Warning } else { Severity::Error };
    let diagnostic = out
        .report(node, "a time zone is not allowed in `schedule`; use `timeZone`")
        .severity(severity);
    let prefix = text.strip_prefix("CRON_").unwrap_or(text).strip_prefix("TZ=");
    let parts = prefix.and_then(|rest| rest.split_once(' '));
    if let Some((zone, schedule)) = parts.filter(|_| cron.field("timeZone").is_none()) {
        diagnostic.fix("Move it to `timeZone`", || moved(cron, node, zone, schedule.trim_start()));
    }
}

fn moved(cron: &Object<'_>, node: Node<'_>, zone: &str, schedule: &str) -> Vec<Edit> {
    let schedule = write::replace(node, &New::Scalar(format!("\"{schedule}\"")));
    let zone = write::insert(cron.node, "timeZone", &New::text(zone), Place::After("schedule"));
    schedule.into_iter().chain(zone).collect()
}

/// The schedule with Sunday as 0, if that corrects it.
fn sunday(text: &str) -> Option<String> {
    let (rest, weekday) = text.rsplit_once(' ').filter(|(_, weekday)| *weekday == "7")?;
    let better = format!("{rest} {}", weekday.replace('7', "0"));
    cron::parse(&better).is_ok().then_some(better)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn the_part_at_fault() {
        check_rule(
            &RULE,
            r#"
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 25 * * *"
               ^^ invalid schedule: the hour must be between 0 and 23
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "@reboot"
             ^^^^^^^ invalid schedule: it is not one of the words such as `@daily`
"#,
        );
    }

    #[test]
    fn a_zone_has_a_field() {
        check_fix(
            &RULE,
            r#"
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "TZ=Europe/Paris 0 3 * * *"
  suspend: true
"#,
            r#"
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 3 * * *"
  timeZone: Europe/Paris
  suspend: true
"#,
        );
    }
}
