//! A request is less than its limit.
//!
//! If requests equal limits for CPU and memory of all containers, a pod has the class Guaranteed and
//! is evicted last. Resources without a limit are not reported here.
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
//!     resources:
//!       requests:
//!         cpu: 100m
//!         memory: 128Mi
//!       limits:
//!         cpu: 100m
//!         memory: 256Mi
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     resources:
//!       requests:
//!         cpu: 100m
//!         memory: 128Mi
//!       limits:
//!         cpu: 100m
//!         memory: 128Mi
//! ```
//!
//! ## Fix
//!
//! Raises the request to the limit.

use super::lists::amount_of;
use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "requests-equal-limits",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeScore("container-cpu-requests-equal-limits"),
        Linter::KubeScore("container-memory-requests-equal-limits"),
        Linter::KubeScore("container-resource-requests-equal-limits"),
    ],
    link: Some("[Quality of service](https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/)"),
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(resources) = container.node.field("resources") else { return };
    for name in ["cpu", "memory"] {
        let amount = |list| amount_of(resources.field(list), name);
        let (Some(request), Some(limit)) = (amount("requests"), amount("limits")) else { continue };
        if request.quantity >= limit.quantity {
            continue;
        }
        let text = limit.value.text().unwrap_or_default();
        out.report(request.value, format!("the {name} request is less than its limit {text}"))
            .related(limit.value, "the limit")
            .suggest(format!("Set the request to {text}"), || {
                let source = limit.value.tree().slice(limit.value.content_span());
                vec![Edit::replace(request.value.content_span(), source)]
            });
    }
}
