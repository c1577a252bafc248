//! A pod without containers.
//!
//! Init containers alone are not enough: a pod runs at least one container.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   restartPolicy: Always
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   restartPolicy: Always
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds a container with a name and an image, which you replace.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Manifest, Workload};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "missing-containers",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(workload) = manifest.workload() else { return };
    let message = match workload {
        Workload::Pod => "the pod has no containers",
        _ => "the pod template has no containers",
    };
    let mut path = workload.template_path().iter().copied().chain(["spec"]);
    let mut node = manifest.root;
    while let Some(step) = path.next() {
        match node.field(step) {
            Some(inner) if inner.is_map() => node = inner,
            None if step == "spec" && path.next().is_none() => {
                match node.entry(step) {
                    Some(entry) => out.report_absence(entry.key, message),
                    None => out.missing(node, "spec.containers", message),
                };
                return;
            }
            // A missing template is the fault of another rule.
            _ => return,
        }
    }
    let diagnostic = match node.entry("containers") {
        Some(entry) if !entry.value.is_null() => match entry.value.resolved() {
            Some(list) if list.is_seq() && list.items().next().is_none() => {
                out.report_absence(entry.key, message)
            }
            _ => return,
        },
        _ => out.unset(node, "containers", message),
    };
    diagnostic.suggest("Add a container", || add(node));
}

fn add(spec: Node<'_>) -> Option<Edit> {
    let container = New::map([("name", New::text("app")), ("image", New::text("nginx"))]);
    let list = New::Seq(vec![container]);
    write::put(spec, "containers", &list, Place::Last)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn looks_into_pods() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
^^^^ the pod has no containers
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: []
  ^^^^^^^^^^ the pod has no containers
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  ^^^^^^^^^^ the pod has no containers
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: {name: a}
",
        );
    }

    #[test]
    fn looks_into_templates() {
        check_rule(
            &RULE,
            "
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  replicas: 1
  template:
  ^^^^^^^^ the pod template has no containers
    metadata: {labels: {a: b}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec: {}
---
apiVersion: v1
kind: PodTemplate
metadata: {name: a}
template:
^^^^^^^^ the pod template has no containers
  metadata: {name: a}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec:
  jobTemplate:
    spec:
      template:
        spec: {initContainers: [{name: a, image: b}]}
        ^^^^ the pod template has no containers
---
apiVersion: v1
kind: ReplicationController
metadata: {name: a}
spec: {}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: a}
spec: {template: {spec: {containers: []}}}
",
        );
    }
}
