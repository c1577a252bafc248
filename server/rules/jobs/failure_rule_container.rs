//! A failure policy names a container that the pod does not have.
//!
//! `containerName` must be the name of a container or an init container of the template.
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
//!         containerName: main
//!         operator: In
//!         values: [42]
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
//!         containerName: backup
//!         operator: In
//!         values: [42]
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
//! Changes the name to the most likely container.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::{JOB_SPEC, POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "failure-rule-container",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT], check)],
    ..Rule::DEFAULT
};

fn check(requirement: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = requirement.field("containerName") else { return };
    let (Some(name), Some(job)) = (node.as_str(), requirement.within(JOB_SPEC)) else { return };
    let Some(spec) = job.field("template").and_then(|it| it.field("spec")) else { return };
    let lists = ["containers", "initContainers"].into_iter().filter_map(|list| spec.field(list));
    let containers = lists.flat_map(Node::items).filter_map(Node::resolved);
    let names: Vec<_> = containers.filter_map(|it| it.field("name")?.as_str()).collect();
    if names.contains(&name) {
        return;
    }
    let diagnostic =
        out.report_absence(node, format!("cannot find container `{name}` in this pod"));
    let diagnostic = diagnostic.missing_in(if names.is_empty() { job.node } else { spec });
    let only = names.first().copied().filter(|_| names.len() == 1);
    if let Some(near) = crate::text::nearest(name, names.iter().copied()).or(only) {
        diagnostic
            .suggest(format!("Change to `{near}`"), || write::replace(node, &New::text(near)));
    }
}
