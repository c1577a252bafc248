//! The limit of a container is greater than that of the pod.
//!
//! Only app containers are compared; init containers and sidecars are not.
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
//!         memory: 512Mi
//!       limits:
//!         memory: 2Gi
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
//!         memory: 512Mi
//!       limits:
//!         memory: 2Gi
//! ```
//!
//! ## Fix
//!
//! Lowers the container's limit, or raises the pod's.

use super::lists::{amount_of, amounts};
use super::totals::of_pod;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "container-exceeds-pod-limit",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let of_pod = of_pod(pod, out.version).and_then(|resources| resources.field("limits"));
    if container.role != Role::App || of_pod.is_none() {
        return;
    }
    let limits = container.node.field("resources").and_then(|it| it.field("limits"));
    for limit in limits.filter(|limits| limits.is_map()).into_iter().flat_map(amounts) {
        let Some(most) = amount_of(of_pod, limit.name) else { continue };
        if limit.quantity <= most.quantity {
            continue;
        }
        let text = |node: Node<'_>| node.text().unwrap_or_default().to_owned();
        let (much, whole) = (text(limit.value), text(most.value));
        let copy = |from: Node<'_>, to: Node<'_>| {
            let source = from.tree().slice(from.content_span());
            vec![Edit::replace(to.content_span(), source)]
        };
        let message = format!("the {} limit exceeds the limit of the pod", limit.name);
        let diagnostic = out
            .report(limit.value, message)
            .related(most.value, "the pod's limit")
            .suggest(format!("Raise the pod's limit to {much}"), || copy(limit.value, most.value));
        // A negative limit is another rule's.
        if !whole.starts_with('-') {
            diagnostic
                .suggest(format!("Lower the limit to {whole}"), || copy(most.value, limit.value));
        }
    }
}
