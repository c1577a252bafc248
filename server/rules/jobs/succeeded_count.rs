//! `succeededCount` of a success policy is greater than the number of indexes.
//!
//! `succeededCount` is at most `completions`, and at most the number of `succeededIndexes` if these
//! are set.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 5
//!   successPolicy:
//!     rules:
//!     - succeededIndexes: 0-2
//!       succeededCount: 4
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
//!   completions: 5
//!   successPolicy:
//!     rules:
//!     - succeededIndexes: 0-2
//!       succeededCount: 3
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
//! Changes the count to the greatest one that is allowed.

use super::spec::{completions, is_indexed};
use super::succeeded_indexes::count;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::{JOB_SPEC, SUCCESS_POLICY_RULE};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "succeeded-count",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[SUCCESS_POLICY_RULE], check)],
    ..Rule::DEFAULT
};

fn check(rule: &Object<'_>, out: &mut Checker<'_>) {
    let Some(job) = rule.within(JOB_SPEC).filter(|job| is_indexed(job)) else { return };
    let Some(node) = rule.field("succeededCount") else { return };
    let (Some(wanted), Some(completions)) = (node.as_int(), completions(job)) else { return };
    if rule.is_dropped("succeededCount", out.version) {
        return;
    }
    // A list that cannot be read is another rule's.
    let listed = rule.field("succeededIndexes").and_then(|it| it.as_str());
    let listed = listed.and_then(|text| count(text, completions).ok());
    let (most, of) = match listed.filter(|listed| *listed <= completions) {
        Some(listed) => (listed, "indexes are listed"),
        None => (completions, "must complete"),
    };
    if wanted <= most {
        return;
    }
    out.report(node, format!("invalid `succeededCount` {wanted}: only {most} {of}"))
        .suggest(format!("Change to {most}"), || write::replace(node, &New::scalar(most)));
}
