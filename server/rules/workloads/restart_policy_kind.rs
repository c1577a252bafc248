//! The restart policy does not fit the kind of workload.
//!
//! Deployments, ReplicaSets, StatefulSets, DaemonSets and ReplicationControllers keep their pods
//! running, so they allow only `Always`, which is also the default. The pods of Jobs end, so Jobs
//! require `OnFailure` or `Never`, without a default. A `podFailurePolicy` requires `Never`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       restartPolicy: OnFailure
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to a policy that is allowed.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Pod, Workload};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "restart-policy-kind",
    fixes: Fixes::Safe,
    link: Some(
        "[Jobs](https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "restartPolicy";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    match pod.workload {
        None | Some(Workload::Pod | Workload::PodTemplate) => {}
        Some(workload) if workload.is_batch() => check_job(pod, out),
        Some(_) => check_running(pod, out),
    }
}

/// Invalid values are another rule's.
fn check_running(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = pod.spec.field(FIELD) else { return };
    let Some(policy @ ("OnFailure" | "Never")) = node.as_str() else { return };
    let message = format!(
        "invalid `restartPolicy` `{policy}` in the pods of a {}: expected `Always`",
        pod.manifest.kind
    );
    out.report(node, message).suggest("Change to `Always`", || replaced(node, "Always"));
}

fn check_job(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let has_policy =
        pod.template.parent().is_some_and(|job| job.field("podFailurePolicy").is_some());
    let Some(node) = pod.spec.field(FIELD).filter(|node| node.as_str() != Some("")) else {
        if is_whole(pod) {
            report_absent(pod, has_policy, out);
        }
        return;
    };
    match node.as_str() {
        Some("Always") => {
            let diagnostic = out.report(
                node,
                "invalid `restartPolicy` in the pods of a Job: expected `OnFailure` or `Never`",
            );
            let diagnostic = diagnostic.fix("Change to `Never`", || replaced(node, "Never"));
            if !has_policy {
                diagnostic.suggest("Change to `OnFailure`", || replaced(node, "OnFailure"));
            }
        }
        Some("OnFailure") if has_policy => {
            out.report(node, "`podFailurePolicy` requires `restartPolicy: Never`")
                .suggest("Change to `Never`", || replaced(node, "Never"));
        }
        _ => {}
    }
}

fn report_absent(pod: &Pod<'_>, has_policy: bool, out: &mut Checker<'_>) {
    let message =
        "missing field `restartPolicy` in the pods of a Job: expected `OnFailure` or `Never`";
    let diagnostic = out.unset(pod.spec, FIELD, message);
    let diagnostic = diagnostic.fix("Add `restartPolicy: Never`", || added(pod, "Never"));
    if !has_policy {
        diagnostic.suggest("Add `restartPolicy: OnFailure`", || added(pod, "OnFailure"));
    }
}

/// A patch has containers without images, and the policy is elsewhere.
fn is_whole(pod: &Pod<'_>) -> bool {
    !pod.containers.is_empty() && pod.containers.iter().all(|it| it.node.field("image").is_some())
}

fn replaced(node: Node<'_>, policy: &str) -> Option<Edit> {
    write::replace(node, &New::text(policy))
}

fn added(pod: &Pod<'_>, policy: &str) -> Option<Edit> {
    write::put(pod.spec, FIELD, &New::text(policy), Place::First)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn a_failure_policy_needs_never() {
        check_rule(
            &RULE,
            r#"
apiVersion: batch/v1
kind: Job
metadata:
  name: backup
spec:
  podFailurePolicy:
    rules: []
  template:
    spec:
      restartPolicy: OnFailure
                     ^^^^^^^^^ `podFailurePolicy` requires `restartPolicy: Never`
      containers:
      - name: backup
        image: restic/restic:0.17.0
"#,
        );
    }

    #[test]
    fn patches_and_typos_are_not_reported() {
        check_rule(
            &RULE,
            r#"
apiVersion: batch/v1
kind: Job
metadata:
  name: backup
spec:
  template:
    spec:
      containers:
      - name: backup
        args: [--verbose]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      restartPolicy: always
      containers: []
"#,
        );
    }
}
