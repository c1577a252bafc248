//! A pod has no priority class.
//!
//! When a node is full, pods of a lower priority make room for those of a higher one. Without a
//! class a pod has the default priority of the cluster, usually zero, so the most important pod is
//! preempted as easily as any other.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   priorityClassName: production
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::Pod;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-priority-class",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("priority-class-name"), Linter::Polaris("priorityClassNotSet")],
    link: Some(
        "[Pod priority](https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if ["priorityClassName", "priority"].iter().all(|it| pod.spec.field(it).is_none()) {
        out.missing(pod.spec, "priorityClassName", "the pod has no priority class");
    }
}
