//! All pods of a workload may be on one node.
//!
//! When that node fails, all of them fail. The scheduler spreads pods by default, but does not
//! guarantee it; use `topologySpreadConstraints` or a `podAntiAffinity`. Only workloads with two or
//! more replicas are reported.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   replicas: 3
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
//!   replicas: 3
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
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         topologyKey: kubernetes.io/hostname
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector:
//!           matchLabels:
//!             app: web
//! ```
//!
//! ## Fix
//!
//! Adds a constraint that spreads the pods over nodes as far as possible.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When};
use crate::pod::{Pod, Workload};
use crate::schema::Profile;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "replicas-not-spread",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("no-anti-affinity"),
        Linter::KubeScore("deployment-has-host-podantiaffinity"),
        Linter::KubeScore("pod-topology-spread-constraints"),
        Linter::KubeScore("statefulset-has-host-podantiaffinity"),
        Linter::Polaris("topologySpreadConstraint"),
    ],
    link: Some(
        "[Topology spread constraints](https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

const FIELD: &str = "topologySpreadConstraints";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let workload = matches!(pod.workload, Some(Workload::Deployment | Workload::StatefulSet));
    let Some(spec) = pod.manifest.root.field("spec").filter(|_| workload) else { return };
    let several = spec.field("replicas").and_then(Node::as_int) > Some(1);
    let affinity = pod.spec.field("affinity").and_then(|it| it.field("podAntiAffinity"));
    let spread =
        pod.spec.field(FIELD).is_some_and(|it| !it.is_seq() || it.items().next().is_some());
    if !several || affinity.is_some() || spread {
        return;
    }
    out.missing(pod.spec, FIELD, "all pods can be scheduled on the same node")
        .suggest("Spread the pods over nodes", || constrain(pod.spec, spec));
}

fn constrain(pod: Node<'_>, spec: Node<'_>) -> Option<Edit> {
    let selector = New::of(spec.field("selector")?)?;
    let constraint = New::map([
        ("maxSkew", New::scalar(1)),
        ("topologyKey", New::text("kubernetes.io/hostname")),
        ("whenUnsatisfiable", New::text("ScheduleAnyway")),
        ("labelSelector", selector),
    ]);
    write::set(pod, &[FIELD], &New::Seq(vec![constraint]))
}
