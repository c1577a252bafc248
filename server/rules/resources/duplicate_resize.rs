//! A container has two resize policies for one resource.
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
//!     resizePolicy:
//!     - resourceName: cpu
//!       restartPolicy: NotRequired
//!     - resourceName: cpu
//!       restartPolicy: RestartContainer
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
//!     resizePolicy:
//!     - resourceName: cpu
//!       restartPolicy: NotRequired
//!     - resourceName: memory
//!       restartPolicy: RestartContainer
//! ```
//!
//! ## Fix
//!
//! Removes the second policy.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-resize",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role == Role::Ephemeral || out.version < Version::new(33) {
        return;
    }
    let policies = container.items("resizePolicy").filter_map(|item| Some((resource(item)?, item)));
    for (first, item) in duplicates(policies.filter(|(name, _)| !name.is_empty())) {
        let name = resource(item).unwrap_or_default();
        out.report(item, format!("duplicate resize policy in {} for {name}", container.title()))
            .related(first, "the first policy")
            .suggest("Remove this policy", || write::remove(item));
    }
}

fn resource(item: Node<'_>) -> Option<&str> {
    item.field("resourceName")?.as_str()
}
