//! A probe uses a port that its container does not declare.
//!
//! This is allowed, and works if something listens there. But a container that declares ports
//! usually declares the probed one too, so the number may be a mistake.
//!
//! The profile `reliability` switches it on.
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
//!     readinessProbe:
//!       httpGet:
//!         path: /
//!         port: 8080
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
//!     readinessProbe:
//!       httpGet:
//!         path: /
//!         port: 80
//! ```
//!
//! ## Fix
//!
//! Changes to the only port that the container declares.

use super::handlers::numeric_port;
use crate::check::{Check, Checker, Fixes, Rule, Severity, When};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "undeclared-probe-port",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    fixes: Fixes::Suggested,
    link: Some(
        "[Probes](https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/)",
    ),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let declared =
        container.items("ports").filter_map(|port| port.field("containerPort")?.as_int());
    let declared: Vec<_> = declared.collect();
    if declared.is_empty() {
        return;
    }
    for (_, probe) in container.probes() {
        let Some((node, port)) = numeric_port(probe) else { continue };
        if declared.contains(&port) {
            continue;
        }
        let message = format!("port {port} is not declared in {}", container.title());
        let diagnostic = out
            .report_absence(node, message)
            .missing_in(container.node.field("ports").unwrap_or(container.node));
        if let [only] = declared[..] {
            diagnostic
                .suggest(format!("Change to {only}"), || write::replace(node, &New::scalar(only)));
        }
    }
}
