//! A container uses a port of the host.
//!
//! Such a port bypasses Services and network policies. With `hostNetwork` all ports are ports of the
//! host; then only `hostNetwork` is reported. `podSecurity: baseline` and `restricted` switch it on.
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
//!     ports:
//!     - containerPort: 80
//!       hostPort: 80
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
//!     ports:
//!     - containerPort: 80
//! ```
//!
//! ## Fix
//!
//! Removes `hostPort`.

use super::contexts::PSS;
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-host-ports",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::Polaris("hostPortSet"), Linter::Checkov("CKV_K8S_26")],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    for port in container.items("ports") {
        let Some(node) = port.field("hostPort") else { continue };
        let number = node.as_int().filter(|port| i32::try_from(*port).is_ok_and(|it| it != 0));
        if let Some(number) = number {
            out.report(node, format!("host port {number} violates Pod Security `baseline`"))
                .suggest("Remove `hostPort`", || write::remove(node));
        }
    }
}
