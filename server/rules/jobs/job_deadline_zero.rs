//! A Job fails as soon as it starts.
//!
//! `activeDeadlineSeconds: 0` is accepted, but it leaves no time for a single pod.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   activeDeadlineSeconds: 0
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
//!   activeDeadlineSeconds: 600
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
//! Removes the deadline. It is a suggestion, since the Job may then run without a limit on its time.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "job-deadline-zero",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = job.field("activeDeadlineSeconds") else { return };
    if node.as_int() == Some(0) {
        out.report(node, "a deadline of 0 makes the Job fail at once")
            .suggest("Remove the deadline", || write::remove(node));
    }
}
