//! `allowPrivilegeEscalation: false` contradicts another setting of the container.
//!
//! It cannot be combined with `privileged: true` or the capability `CAP_SYS_ADMIN`. The API server
//! checks only this spelling of the capability, which container runtimes do not accept, and not
//! `SYS_ADMIN`.
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
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       privileged: true
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
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       privileged: false
//! ```
//!
//! ## Fix
//!
//! Removes `allowPrivilegeEscalation`, or the field that conflicts with it. Both fixes are suggestions: the
//! first grants more rights, and the second takes some away.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "privilege-escalation-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(context) = container.node.field("securityContext") else { return };
    let flag = |name| context.field(name).filter(|node| node.is_scalar());
    let Some(escalation) = flag("allowPrivilegeEscalation") else { return };
    if escalation.as_bool() != Some(false) {
        return;
    }
    if let Some(privileged) = flag("privileged").filter(|node| node.as_bool() == Some(true)) {
        report(context, escalation, privileged, "`privileged: true`", out);
    }
    let added = context.field("capabilities").and_then(|it| it.field("add"));
    let mut added = added.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    if let Some(all) = added.find(|it| it.as_str() == Some("CAP_SYS_ADMIN")) {
        report(context, escalation, all, "`CAP_SYS_ADMIN`", out);
    }
}

fn report(
    context: Node<'_>,
    escalation: Node<'_>,
    other: Node<'_>,
    name: &str,
    out: &mut Checker<'_>,
) {
    out.report(
        context,
        format!("`allowPrivilegeEscalation: false` cannot be combined with {name}"),
    )
    .at(escalation.content_span())
    .related(other, "the other field")
    .suggest("Remove `allowPrivilegeEscalation`", || write::remove(escalation))
    .suggest(format!("Remove {name}"), || write::remove(other));
}
