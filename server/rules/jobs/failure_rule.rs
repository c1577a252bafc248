//! A rule of a failure policy has no condition, or two.
//!
//! A rule applies either to exit codes (`onExitCodes`) or to conditions of the pod
//! (`onPodConditions`).
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   podFailurePolicy:
//!     rules:
//!     - action: Ignore
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
//!   podFailurePolicy:
//!     rules:
//!     - action: Ignore
//!       onPodConditions:
//!       - type: DisruptionTarget
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
//! Adds a condition for disruptions of the pod, or removes one of the two conditions.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::POD_FAILURE_POLICY_RULE;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "failure-rule",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_FAILURE_POLICY_RULE], check)],
    ..Rule::DEFAULT
};

fn check(rule: &Object<'_>, out: &mut Checker<'_>) {
    let codes = rule.field("onExitCodes").and_then(|_| rule.node.entry("onExitCodes"));
    let conditions = rule.field("onPodConditions");
    let conditions = conditions.filter(|list| !list.is_seq() || list.items().next().is_some());
    match (codes, conditions.and_then(|_| rule.node.entry("onPodConditions"))) {
        (Some(codes), Some(conditions)) => {
            out.report(rule.node, "`onExitCodes` cannot be combined with `onPodConditions`")
                .related(codes.key, "the exit codes")
                .related(conditions.key, "the conditions")
                .suggest("Remove `onExitCodes`", || write::remove(codes.key))
                .suggest("Remove `onPodConditions`", || write::remove(conditions.key));
        }
        (None, None) => {
            let message = "missing condition: expected `onExitCodes` or `onPodConditions`";
            out.report_absence(rule.node, message).suggest("Add `onPodConditions`", || {
                let condition = New::map([("type", New::text("DisruptionTarget"))]);
                let list = New::Seq(vec![condition]);
                write::put(rule.node, "onPodConditions", &list, Place::Last)
            });
        }
        _ => {}
    }
}
