//! A container listens on the port of SSH.
//!
//! `kubectl exec` opens a shell without keys and passwords in the image, and the cluster controls
//! who may use it.
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
//!     - containerPort: 22
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
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "ssh-port",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("ssh-port")],
    link: Some(
        "[Shell of a container](https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/)",
    ),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    for port in container.items("ports") {
        let Some(node) = port.field("containerPort") else { continue };
        let udp = port.field("protocol").and_then(Node::as_str).is_some_and(|it| it != "TCP");
        if node.as_int() == Some(22) && !udp {
            out.report(node, format!("{} declares port 22 (SSH)", container.title()));
        }
    }
}
