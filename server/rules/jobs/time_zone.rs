//! The time zone of a CronJob does not exist.
//!
//! The names are those of the IANA list, such as `Europe/Paris`. They are case-sensitive.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata:
//!   name: backup
//! spec:
//!   schedule: "0 3 * * *"
//!   timeZone: europe/paris
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
//!   timeZone: Europe/Paris
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
//! Corrects the case of the name, or changes it to the nearest one.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::time_zone;
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::batch::CRON_JOB_SPEC;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "time-zone",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[CRON_JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(cron: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = cron.field("timeZone") else { return };
    let Some(zone) = node.as_str() else { return };
    if zone.is_empty() {
        out.report(node, "`timeZone` is empty")
            .suggest("Remove `timeZone`", || write::remove(node));
        return;
    }
    if out.version < Version::new(27) {
        return;
    }
    let verdict = time_zone::form(zone).and_then(|()| time_zone::known(zone));
    let Err(fault) = verdict else { return };
    let diagnostic = out.report(node, format!("invalid time zone `{zone}`: it {fault}"));
    let Some(near) = time_zone::nearest(zone) else { return };
    let (title, edit) = (format!("Change to `{near}`"), || write::replace(node, &New::text(near)));
    match near.eq_ignore_ascii_case(zone) {
        true => diagnostic.fix(title, edit),
        false => diagnostic.suggest(title, edit),
    };
}
