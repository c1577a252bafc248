//! A probe has an initial delay beside a startup probe.
//!
//! The other probes begin when the startup probe has succeeded, so `initialDelaySeconds`, which
//! counts from the start of the container, has no effect, or delays a container that starts early.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//!         readinessProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!           initialDelaySeconds: 30
//!         startupProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!           failureThreshold: 30
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//!         readinessProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!         startupProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!           failureThreshold: 30
//! ```
//!
//! ## Fix
//!
//! Removes the delay.

use crate::check::{Check, Checker, Fixes, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "initial-delay-with-startup-probe",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    fixes: Fixes::Suggested,
    link: Some(pages::PROBES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.node.field("startupProbe").is_none() {
        return;
    }
    for (name, probe) in container.probes().filter(|(name, _)| *name != "startupProbe") {
        let delay = probe.field("initialDelaySeconds").filter(|it| it.as_int() > Some(0));
        if let Some(node) = delay {
            out.report(
                node,
                format!("`initialDelaySeconds` of `{name}` is redundant with a startup probe"),
            )
            .suggest("Remove `initialDelaySeconds`", || write::remove(node));
        }
    }
}
