//! A container may gain privileges.
//!
//! Without `allowPrivilegeEscalation: false`, a program with the set-user-ID bit can become root.
//! Each container must set it. Pods for Windows are exempt. `podSecurity: restricted` switches it
//! on.
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
//! ```
//!
//! ## Fix
//!
//! Sets `allowPrivilegeEscalation: false`, unless the container is privileged.

use super::contexts::{CONTEXT, PSS, context};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "pss-privilege-escalation",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("privilege-escalation-container"),
        Linter::Polaris("privilegeEscalationAllowed"),
        Linter::Checkov("CKV_K8S_20"),
    ],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

const PATH: [&str; 2] = [CONTEXT, "allowPrivilegeEscalation"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.is_windows() {
        return;
    }
    let node = container.node;
    let value = context(node, PATH[1]);
    if value.and_then(Node::as_bool) == Some(false) {
        return;
    }
    let message = format!(
        "`{}: false` is required in {} for Pod Security `restricted`",
        PATH[1],
        container.title()
    );
    let diagnostic = match value {
        Some(value) => out.report(value, message),
        None => out.missing(node, &PATH.join("."), message),
    };
    diagnostic.suggest(format!("Set `{}: false`", PATH[1]), || edit(node));
}

/// The server refuses the field beside what gives all privileges.
fn edit(container: Node<'_>) -> Option<Edit> {
    let privileged = context(container, "privileged").and_then(Node::as_bool) == Some(true);
    let added = context(container, "capabilities").and_then(|it| it.field("add"));
    let all = |node: Node<'_>| node.as_str() == Some("CAP_SYS_ADMIN");
    if privileged || added.into_iter().flat_map(Node::items).any(all) {
        return None;
    }
    write::set(container, &PATH, &New::scalar(false))
}
