//! A pod with its own user namespace uses another namespace of the node.
//!
//! With `hostUsers: false`, the fields `hostNetwork`, `hostPID` and `hostIPC` must not be true.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostUsers: false
//!   hostPID: true
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
//!   hostUsers: false
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `hostUsers` or the field that conflicts with it. Both fixes are suggestions, since either
//! changes the isolation of the pod.

use crate::check::{Check, Checker, Fixes, Rule, pages};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "host-users-conflict",
    fixes: Fixes::Suggested,
    link: Some(pages::USER_NAMESPACES),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(users) = pod.spec.field("hostUsers") else { return };
    if users.as_bool() != Some(false) || out.version < Version::new(33) {
        return;
    }
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        let set = pod.spec.field(field).filter(|node| node.as_bool() == Some(true));
        if let Some(node) = set {
            report(node, field, users, out);
        }
    }
}

fn report(node: Node<'_>, field: &str, users: Node<'_>, out: &mut Checker<'_>) {
    out.report(node, format!("`{field}: true` cannot be combined with `hostUsers: false`"))
        .related(users, "`hostUsers`")
        .suggest(format!("Remove `{field}`"), || write::remove(node))
        .suggest("Remove `hostUsers`", || write::remove(users));
}
