//! An ephemeral container targets a container that the pod does not have.
//!
//! `targetContainerName` is the name of an app or init container, whose processes are then visible
//! to it.
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
//!   ephemeralContainers:
//!   - name: debug
//!     image: busybox:1.37
//!     targetContainerName: wbe
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
//!   ephemeralContainers:
//!   - name: debug
//!     image: busybox:1.37
//!     targetContainerName: web
//! ```
//!
//! ## Fix
//!
//! Changes the name to the nearest container.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::text::nearest;

pub(crate) static RULE: Rule = Rule {
    code: "target-container-not-found",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::Ephemeral {
        return;
    }
    let Some(node) = container.node.field("targetContainerName") else { return };
    let Some(target) = node.as_str().filter(|name| !name.is_empty()) else { return };
    let lasting = pod.containers.iter().filter(|it| it.role != Role::Ephemeral);
    let names = lasting.map(Container::name);
    if names.clone().any(|name| name == target) {
        return;
    }
    let diagnostic =
        out.report_absence(node, format!("cannot find container `{target}` in this pod"));
    let diagnostic = diagnostic.missing_in(pod.spec.field("containers").unwrap_or(pod.spec));
    if let Some(meant) = nearest(target, names) {
        diagnostic
            .fix(format!("Change to `{meant}`"), || [crate::syntax::write::word(node, meant)]);
    }
}
