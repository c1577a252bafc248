//! The limit of the pod is less than the requests of its containers together.
//!
//! A pod that has a limit and no request gets the requests of its containers as its own, and these
//! must not exceed the limit. The API server accepts such a template but refuses its pods, so the
//! finding is a warning there. For huge pages it compares the limits of the containers.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   resources:
//!     limits:
//!       memory: 1Gi
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     resources:
//!       requests:
//!         memory: 768Mi
//!   - name: log
//!     image: fluent/fluent-bit:3.2
//!     resources:
//!       requests:
//!         memory: 512Mi
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   resources:
//!     limits:
//!       memory: 2Gi
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     resources:
//!       requests:
//!         memory: 768Mi
//!   - name: log
//!     image: fluent/fluent-bit:3.2
//!     resources:
//!       requests:
//!         memory: 512Mi
//! ```
//!
//! ## Fix
//!
//! Raises the limit to the requests of the containers.

use super::lists::{Kind, amounts, kind};
use super::totals::{Of, of_pod, total};
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Pod;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pod-limit-too-small",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(resources) = of_pod(pod, out.version) else { return };
    let limits = resources.field("limits").filter(|limits| limits.is_map());
    let requests = resources.field("requests");
    for limit in limits.into_iter().flat_map(amounts) {
        let huge = kind(limit.name) == Kind::HugePages;
        // A request that is there is compared with the limit and with the containers by others.
        let requested = requests.is_some_and(|requests| requests.get(limit.name).is_some());
        let of = if huge { Of::Limits } else { Of::RequestsOrLimits };
        let Some(needed) = total(pod, limit.name, of) else { continue };
        if limit.quantity >= needed || requested && !huge {
            continue;
        }
        let needed = needed.canonical();
        let verb = if huge { "can use" } else { "request" };
        let message = format!(
            "the limit of the pod is too small: its containers {verb} {needed} of {}",
            limit.name
        );
        let diagnostic =
            out.report(limit.value, message).suggest(format!("Change to {needed}"), || {
                write::replace(limit.value, &New::text(needed))
            });
        if pod.is_template() && !huge {
            diagnostic.severity(Severity::Warning);
        }
    }
}
