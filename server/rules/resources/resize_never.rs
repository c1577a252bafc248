//! A container restarts to be resized, in a pod that never restarts its containers.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: report
//! spec:
//!   restartPolicy: Never
//!   containers:
//!   - name: report
//!     image: example.com/report:1.0
//!     resizePolicy:
//!     - resourceName: memory
//!       restartPolicy: RestartContainer
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: report
//! spec:
//!   restartPolicy: Never
//!   containers:
//!   - name: report
//!     image: example.com/report:1.0
//!     resizePolicy:
//!     - resourceName: memory
//!       restartPolicy: NotRequired
//! ```
//!
//! ## Fix
//!
//! Changes to `NotRequired`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "resize-never",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let of_pod = pod.spec.field("restartPolicy");
    let never = of_pod.and_then(Node::as_str) == Some("Never");
    if !never || container.role == Role::Ephemeral || out.version < Version::new(33) {
        return;
    }
    for item in container.items("resizePolicy") {
        let Some(policy) = item.field("restartPolicy") else { continue };
        if policy.as_str() == Some("RestartContainer") {
            let diagnostic = out.report(
                policy,
                "`RestartContainer` cannot be combined with `restartPolicy: Never`",
            );
            let diagnostic = match of_pod {
                Some(of_pod) => diagnostic.related(of_pod, "the pod's policy"),
                None => diagnostic,
            };
            diagnostic.fix("Change to `NotRequired`", || {
                [crate::syntax::write::word(policy, "NotRequired")]
            });
        }
    }
}
