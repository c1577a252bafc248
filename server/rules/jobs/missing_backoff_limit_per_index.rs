//! A Job counts failed indexes, but does not set how often an index may fail.
//!
//! `maxFailedIndexes` and the action `FailIndex` require `backoffLimitPerIndex`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 3
//!   maxFailedIndexes: 1
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
//!   maxFailedIndexes: 1
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
//! Sets `backoffLimitPerIndex` to 1.

use crate::check::{Check, Checker, DiagnosticBuilder, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "missing-backoff-limit-per-index",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "backoffLimitPerIndex";

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    if job.field(FIELD).is_some() || job.is_dropped(FIELD, out.version) {
        return;
    }
    if job.field("maxFailedIndexes").is_some() {
        add_fix(
            out.missing(job.node, FIELD, format!("`maxFailedIndexes` requires `{FIELD}`")),
            job,
        );
    }
    let rules = job.field("podFailurePolicy").and_then(|policy| policy.field("rules"));
    let rules = rules.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    for action in rules.filter_map(|rule| rule.field("action")) {
        if action.as_str() == Some("FailIndex") {
            let message = format!("`FailIndex` requires `{FIELD}`");
            add_fix(out.report_absence(action, message).missing_in(job.node), job);
        }
    }
}

fn add_fix(diagnostic: DiagnosticBuilder<'_>, job: &Object<'_>) {
    diagnostic.suggest(format!("Set `{FIELD}` to 1"), || {
        let place = match job.field("maxFailedIndexes") {
            Some(_) => Place::Before("maxFailedIndexes"),
            None => Place::Before("podFailurePolicy"),
        };
        let one = New::scalar(1);
        write::insert(job.node, FIELD, &one, place)
    });
}
