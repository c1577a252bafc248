//! Invalid exit codes in a failure policy.
//!
//! The list must have at least one code and be in ascending order, each code only once; with the
//! operator `In` it must not contain 0, which means success. Codes outside of 0 to 255 are accepted,
//! but no container ever ends with one, so the finding is a warning there.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   podFailurePolicy:
//!     rules:
//!     - action: FailJob
//!       onExitCodes:
//!         operator: In
//!         values: [42, 1, 42]
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
//!     - action: FailJob
//!       onExitCodes:
//!         operator: In
//!         values: [1, 42]
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
//! Sorts the codes and removes repeated ones.

use std::collections::HashSet;

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::batch::POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "exit-codes",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT], check)],
    ..Rule::DEFAULT
};

fn check(requirement: &Object<'_>, out: &mut Checker<'_>) {
    let values = requirement.field("values");
    let Some(values) = values.filter(|list| !list.is_seq() || list.items().next().is_some()) else {
        let message = "missing field `values` in `onExitCodes`";
        out.unset(requirement.node, "values", message);
        return;
    };
    check_each(values, requirement.text("operator") == "In", out);
    let codes: Vec<_> = values.items().filter_map(|it| it.resolved()?.as_int()).collect();
    if !codes.is_sorted() {
        out.report_key(values, "the exit codes are not in ascending order")
            .fix("Sort the exit codes", || sorted(values, codes));
    }
}

fn check_each(values: Node<'_>, is_in: bool, out: &mut Checker<'_>) {
    let mut earlier = HashSet::new();
    for node in values.items().filter_map(Node::resolved) {
        let int = node.as_int();
        // The server reads a null as 0.
        let Some(code) = int.or_else(|| node.is_null().then_some(0)) else { continue };
        let is_again = earlier.contains(&code);
        earlier.extend(int);
        if is_in && code == 0 {
            out.report(node, "invalid exit code 0: it means success")
                .suggest("Remove it", || write::remove(node));
        } else if is_again {
            out.report(node, format!("duplicate exit code {code}"))
                .fix("Remove it", || write::remove(node));
        } else if !(0..=255).contains(&code) {
            out.report(node, format!("invalid exit code {code}: expected 1 to 255"))
                .severity(Severity::Warning);
        }
    }
}

fn sorted(values: Node<'_>, mut codes: Vec<i64>) -> Option<Edit> {
    codes.sort_unstable();
    codes.dedup();
    let new = codes.into_iter().map(New::scalar).collect();
    write::replace(values, &New::Seq(new))
}
