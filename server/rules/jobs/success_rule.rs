//! A rule of a success policy has no condition.
//!
//! It needs `succeededIndexes`, `succeededCount` or both.
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
//!     - {}
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
//!     - succeededCount: 3
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
//! Adds `succeededIndexes` with the first index.

use super::spec::is_indexed;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::{JOB_SPEC, SUCCESS_POLICY_RULE};
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "success-rule",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[SUCCESS_POLICY_RULE], check)],
    ..Rule::DEFAULT
};

fn check(rule: &Object<'_>, out: &mut Checker<'_>) {
    let given = ["succeededIndexes", "succeededCount"].iter().any(|it| rule.field(it).is_some());
    let read = rule.within(JOB_SPEC).is_some_and(is_indexed);
    if given || !read || rule.is_dropped("succeededCount", out.version) {
        return;
    }
    let message = "missing condition: expected `succeededIndexes` or `succeededCount`";
    out.report_absence(rule.node, message).suggest("Add `succeededIndexes`", || {
        let new = New::text("0");
        write::insert(rule.node, "succeededIndexes", &new, Place::Last)
    });
}
