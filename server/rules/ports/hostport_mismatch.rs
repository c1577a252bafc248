//! A host port differs from the container port in a pod with `hostNetwork`.
//!
//! With `hostNetwork` the ports of the container are ports of the host. `hostPort` can only repeat
//! `containerPort` and is best omitted.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//!       hostPort: 8080
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//! ```
//!
//! ## Fix
//!
//! Makes both equal, or removes `hostPort`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::numbers;
use crate::pod::{Container, Pod, Role};
use crate::syntax::{Node, write};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "hostport-mismatch",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::App || !pod.flag("hostNetwork") {
        return;
    }
    for port in container.items("ports") {
        let number = |field| port.field(field).and_then(Node::as_int).unwrap_or_default();
        let (inner, outer) = (number("containerPort"), number("hostPort"));
        let Some(node) = port.field("hostPort").filter(|_| outer != 0 && outer != inner) else {
            continue;
        };
        let diagnostic =
            out.report(node, "`hostPort` must equal `containerPort` with `hostNetwork: true`");
        let diagnostic = diagnostic.suggest("Remove `hostPort`", || write::remove(node));
        if numbers::port(inner).is_ok() {
            diagnostic.suggest(format!("Change to {inner}"), || {
                [Edit::replace(node.content_span(), inner.to_string())]
            });
        }
    }
}
