//! A container keeps capabilities that it does not need.
//!
//! Each container must drop `ALL`, in capitals, and can add only `NET_BIND_SERVICE`. Pods for
//! Windows are exempt. `podSecurity: restricted` switches it on.
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
//!       capabilities:
//!         drop: [ALL]
//!         add: [NET_BIND_SERVICE]
//! ```
//!
//! ## Fix
//!
//! Drops `ALL`, or removes the capability that is added.

use super::contexts::{CONTEXT, PSS, context};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "pss-drop-capabilities",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::Polaris("dangerousCapabilities"),
        Linter::Polaris("insecureCapabilities"),
        Linter::Checkov("CKV_K8S_25"),
        Linter::Checkov("CKV_K8S_37"),
        Linter::Checkov("CKV_K8S_39"),
    ],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

const PATH: [&str; 3] = [CONTEXT, "capabilities", "drop"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.is_windows() {
        return;
    }
    let node = container.node;
    if !names(node, "drop").any(|(_, name)| name == "ALL") {
        let message = format!(
            "{} must drop `ALL` capabilities for Pod Security `restricted`",
            container.title()
        );
        let dropped = context(node, PATH[1]).and_then(|it| it.field(PATH[2]));
        let diagnostic = match dropped {
            Some(list) => out.report_key(list, message),
            None => out.missing(node, &PATH.join("."), message),
        };
        diagnostic.suggest("Drop `ALL`", || drop_all(node, dropped));
    }
    for (node, name) in names(node, "add").filter(|(_, name)| *name != "NET_BIND_SERVICE") {
        out.report(node, format!("capability `{name}` violates Pod Security `restricted`"))
            .suggest(format!("Remove `{name}`"), || write::remove(node));
    }
}

/// The capabilities of a list.
fn names<'a>(container: Node<'a>, list: &str) -> impl Iterator<Item = (Node<'a>, &'a str)> {
    let list = context(container, PATH[1]).and_then(|it| it.field(list));
    let items = list.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    items.filter_map(|node| Some((node, node.as_str()?)))
}

fn drop_all(container: Node<'_>, dropped: Option<Node<'_>>) -> Option<Edit> {
    let all = New::text("ALL");
    match dropped {
        Some(list) if list.is_seq() => write::push(list, &all),
        _ => write::set(container, &PATH, &New::Seq(vec![all])),
    }
}
