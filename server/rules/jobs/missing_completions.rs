//! An Indexed Job without `completions`.
//!
//! `completions` defaults to 1 only where `parallelism` is absent too, and never inside a CronJob.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   parallelism: 3
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
//!   parallelism: 3
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
//! Sets `completions` to `parallelism`.

use super::spec::{completions, is_indexed, number};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "missing-completions",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "completions";

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    if !is_indexed(job) || completions(job).is_some() || job.field(FIELD).is_some() {
        return;
    }
    let wanted = number(job, "parallelism").unwrap_or(1).max(1);
    let new = New::scalar(wanted);
    let message = "`completionMode: Indexed` requires `completions`";
    let diagnostic = out.unset(job.node, FIELD, message);
    diagnostic.suggest(format!("Set `{FIELD}` to {wanted}"), || {
        write::put(job.node, FIELD, &new, Place::After("completionMode"))
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_fix;

    #[test]
    fn one_where_nothing_says_how_many() {
        let text = |more: &str| {
            format!(
                "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  jobTemplate:\n    \
                 spec:\n      completionMode: Indexed\n{more}      template:\n        spec: {{}}\n"
            )
        };
        check_fix(&RULE, &text(""), &text("      completions: 1\n"));
    }
}
