//! A container can send raw packets.
//!
//! By default a container has the capability `NET_RAW`, with which it can pretend to be another pod.
//! Few apps need it other than for `ping`. Dropping `ALL` drops it too.
//!
//! The profile `hardened` switches it on.
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
//!         drop:
//!         - NET_RAW
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
//!         drop:
//!         - ALL
//! ```
//!
//! ## Fix
//!
//! Drops `NET_RAW`.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "drop-net-raw",
    severity: Severity::Information,
    when: When::Profile(Profile::Hardened),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("drop-net-raw-capability"),
        Linter::Polaris("insecureCapabilities"),
        Linter::Checkov("CKV_K8S_28"),
    ],
    link: Some(pages::SECURITY_CONTEXTS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

const PATH: [&str; 3] = ["securityContext", "capabilities", "drop"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role == Role::Ephemeral || pod.is_windows() {
        return;
    }
    let node = container.node;
    let list = node.field(PATH[0]).and_then(|it| it.field(PATH[1])?.field(PATH[2]));
    let mut names = list.into_iter().flat_map(Node::items).filter_map(|it| it.resolved()?.text());
    if names.any(|name| ["ALL", "NET_RAW", "CAP_NET_RAW"].contains(&name.to_uppercase().as_str())) {
        return;
    }
    let message = format!("{} keeps the capability `NET_RAW`", container.title());
    let diagnostic = match list {
        Some(list) => out.report_key(list, message),
        None => out.missing(node, &PATH.join("."), message),
    };
    diagnostic.suggest("Drop `NET_RAW`", || {
        let name = New::text("NET_RAW");
        match list {
            Some(list) if list.is_seq() => write::push(list, &name),
            _ => write::set(node, &PATH, &New::Seq(vec![name])),
        }
    });
}
