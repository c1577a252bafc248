//! A Deployment runs one pod.
//!
//! Whenever that pod moves to another node, nothing answers until it has started again. Deployments
//! with `strategy: Recreate` are not reported, since they allow only one pod. With an autoscaler,
//! omit the field `replicas` and allow the rule.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   replicas: 1
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
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   replicas: 2
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

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::{Pod, Workload};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "few-replicas",
    severity: Severity::Information,
    when: When::Profile(Profile::Reliability),
    linters: &[
        Linter::KubeLinter("minimum-three-replicas"),
        Linter::KubeScore("deployment-replicas"),
        Linter::Polaris("deploymentMissingReplicas"),
    ],
    link: Some(
        "[Deployments](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let spec = pod.manifest.root.field("spec");
    let Some(spec) = spec.filter(|_| pod.workload == Some(Workload::Deployment)) else { return };
    let strategy = spec.field("strategy").and_then(|it| it.field("type")?.as_str());
    if strategy == Some("Recreate") {
        return;
    }
    match spec.field("replicas") {
        Some(node) if node.as_int() == Some(1) => {
            out.report(node, "a single replica is unavailable whenever its pod moves");
        }
        Some(_) => {}
        None => {
            out.missing(
                spec,
                "replicas",
                "a single replica, the default, is unavailable whenever its pod moves",
            );
        }
    }
}
