//! A container listens on a port below 1024.
//!
//! On Linux this can require root or the capability `NET_BIND_SERVICE`. A Service can have port 80
//! and lead to port 8080 of the container. Newer container runtimes allow all users these ports.
//!
//! The profile `strict` switches it on.
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
//!     - containerPort: 8080
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::{Container, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "privileged-port",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("privileged-ports")],
    link: Some("[Services](https://kubernetes.io/docs/concepts/services-networking/service/)"),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    for port in container.items("ports") {
        let Some(node) = port.field("containerPort") else { continue };
        if let Some(number @ 1..1024) = node.as_int() {
            out.report(node, format!("port {number} of {} is below 1024", container.title()));
        }
    }
}
