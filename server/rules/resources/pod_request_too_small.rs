//! The request of the pod is less than the requests of its containers together.
//!
//! App containers and sidecars add up; an init container counts with the sidecars before it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   resources:
//!     requests:
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
//!     requests:
//!       memory: 1280Mi
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
//! Raises the request to the requests of the containers.

use super::lists::amounts;
use super::totals::{Of, of_pod, total};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pod-request-too-small",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let requests = of_pod(pod, out.version).and_then(|resources| resources.field("requests"));
    let Some(requests) = requests.filter(|requests| requests.is_map()) else { return };
    let of = if pod.is_template() { Of::Requests } else { Of::RequestsOrLimits };
    for request in amounts(requests) {
        let Some(needed) = total(pod, request.name, of) else { continue };
        if request.quantity >= needed {
            continue;
        }
        let needed = needed.canonical();
        let message = format!(
            "the request of the pod is too small: its containers request {needed} of {}",
            request.name
        );
        out.report(request.value, message).suggest(format!("Change to {needed}"), || {
            write::replace(request.value, &New::text(needed))
        });
    }
}
