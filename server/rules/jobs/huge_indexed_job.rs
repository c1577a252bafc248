//! An Indexed Job is so large that its state may be too large to store.
//!
//! With more than 100000 completions and more than 10000 pods at a time, the list of completed
//! indexes can become too large to store.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 200000
//!   parallelism: 20000
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
//!   completions: 200000
//!   parallelism: 10000
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```

use super::spec::{completions, is_indexed, number};
use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::batch::JOB_SPEC;

pub(crate) static RULE: Rule = Rule {
    code: "huge-indexed-job",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    let huge = completions(job).is_some_and(|count| count > 100_000)
        && number(job, "parallelism").is_some_and(|count| count > 10_000);
    let Some(node) = job.field("parallelism").filter(|_| huge && is_indexed(job)) else { return };
    if out.version >= Version::new(28) {
        out.report(node, "`parallelism` must be at most 10000 with more than 100000 completions");
    }
}
