//! A container that serves requests has no readiness probe.
//!
//! Its pod then gets requests as soon as its process runs, and a new version replaces the old one
//! before it can answer. Only containers that declare ports are reported, but not in pods that run
//! to completion.
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
//! ```

use super::long_running::is_long_running;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-readiness-probe",
    severity: Severity::Information,
    when: When::Profile(Profile::Reliability),
    linters: &[
        Linter::KubeLinter("no-readiness-probe"),
        Linter::KubeScore("pod-probes"),
        Linter::Polaris("readinessProbeMissing"),
        Linter::Checkov("CKV_K8S_9"),
    ],
    link: Some(pages::PROBES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let serves = container.items("ports").next().is_some();
    let probe = container.node.field("readinessProbe");
    if container.role == Role::App && serves && probe.is_none() && is_long_running(pod) {
        let message = format!("{} has no readiness probe", container.title());
        out.missing(container.node, "readinessProbe", message);
    }
}
