//! A pod has no priority class.
//!
//! When a node is full, pods of a lower priority make room for those of a higher one. Without a
//! class a pod has the default of the cluster, mostly zero, so the most important pod is as easily
//! put off as any other.
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
//!
//! [Pod priority](https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/)

use crate::pod::Pod;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "priority-class-missing",
    severity: Severity::Hint,
    on: false,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

pub(crate) const PROFILE: Profile = Profile::Strict;

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    if ["priorityClassName", "priority"].iter().all(|it| pod.spec.field(it).is_none()) {
        out.missing(pod.spec, "priorityClassName", "the pod has no priority class");
    }
}
