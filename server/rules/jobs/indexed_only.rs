//! A Job without indexes has a setting for indexes.
//!
//! `backoffLimitPerIndex`, `maxFailedIndexes` and `successPolicy` require `completionMode: Indexed`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completions: 3
//!   backoffLimitPerIndex: 1
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
//!   completionMode: Indexed
//!   completions: 3
//!   backoffLimitPerIndex: 1
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
//! Makes the Job an Indexed Job.

use super::spec::{completions, is_not_indexed, number};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "indexed-only",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    if !is_not_indexed(job) {
        return;
    }
    for field in ["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"] {
        let Some(node) = job.field(field).filter(|_| !job.is_dropped(field, out.version)) else {
            continue;
        };
        let message = format!("`{field}` requires `completionMode: Indexed`");
        let diagnostic = match job.field("completionMode") {
            Some(_) => out.report_key(node, message),
            None => out.report_absence(node.key().unwrap_or(node), message),
        };
        diagnostic.suggest("Set `completionMode: Indexed`", || edits(job, field));
    }
}

fn edits(job: &Object<'_>, field: &str) -> Vec<Edit> {
    let indexed = New::text("Indexed");
    let mode = write::put(job.node, "completionMode", &indexed, Place::Before(field));
    // Indexed Jobs have to say how many pods they have.
    let wanted = number(job, "parallelism").unwrap_or(1).max(1);
    let missing = completions(job).is_none() && job.node.get("completions").is_none();
    let completions = missing.then(|| {
        let number = New::scalar(wanted);
        write::insert(job.node, "completions", &number, Place::First)
    });
    mode.into_iter().chain(completions.flatten()).collect()
}
