//! An Indexed Job is larger than the API server can keep track of.
//!
//! At most 100000 pods can run at a time, and `maxFailedIndexes` cannot exceed the number of
//! indexes. With more than 100000 completions and a limit per index, both limits are 10000, and
//! `maxFailedIndexes` is required.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 3
//!   backoffLimitPerIndex: 1
//!   maxFailedIndexes: 5
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
//!   maxFailedIndexes: 3
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
//! Changes the number to the greatest one that is allowed. It is a suggestion, since the Job then runs
//! fewer pods at a time or fails earlier. A missing `maxFailedIndexes` has no fix.

use super::spec::{completions, is_indexed, number};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "indexed-job-limit",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

const MANY: i64 = 100_000;
/// The limit for Jobs that count the failures of more than `MANY` indexes.
const MANY_COUNTED: i64 = 10_000;

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    if !is_indexed(job) {
        return;
    }
    let completions = completions(job);
    let per_index = job.field("backoffLimitPerIndex").is_some()
        && !job.is_dropped("backoffLimitPerIndex", out.version);
    let counted = per_index && completions.is_some_and(|count| count > MANY);
    let most = if counted { MANY_COUNTED } else { MANY };
    limit(job, "parallelism", most, out);
    let most = completions.filter(|count| (0..most).contains(count)).unwrap_or(most);
    limit(job, "maxFailedIndexes", most, out);
    if counted && job.field("maxFailedIndexes").is_none() {
        let message = format!("more than {MANY} completions require `maxFailedIndexes`");
        out.missing(job.node, "maxFailedIndexes", message);
    }
}

fn limit(job: &Object<'_>, field: &str, most: i64, out: &mut Checker<'_>) {
    let exceeds = number(job, field).is_some_and(|number| number > most);
    let Some(node) = job.field(field).filter(|_| exceeds) else { return };
    out.report(node, format!("`{field}` must be at most {most} in this Job"))
        .suggest(format!("Change to {most}"), || write::replace(node, &New::scalar(most)));
}
