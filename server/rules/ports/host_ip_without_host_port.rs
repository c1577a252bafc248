//! A port has a host address, but no host port.
//!
//! The address says on which interface of the node the host port is open. Without a host port it has
//! no effect.
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
//!       hostIP: 127.0.0.1
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
//!       hostPort: 80
//!       hostIP: 127.0.0.1
//! ```
//!
//! ## Fix
//!
//! Removes the address.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "host-ip-without-host-port",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    // In a Pod on the network of its node every port is a host port.
    let filled_in = pod.flag("hostNetwork") && !pod.is_template();
    if out.version < Version::new(28) || filled_in {
        return;
    }
    for port in container.items("ports") {
        let address = port.field("hostIP").filter(|address| address.as_str() != Some(""));
        let open = port.field("hostPort").is_some_and(|port| port.as_int() != Some(0));
        let Some(address): Option<Node<'_>> = address.filter(|_| !open) else { continue };
        out.report_absence(address, "`hostIP` has no effect without `hostPort`")
            .suggest("Remove `hostIP`", || write::remove(address));
    }
}
