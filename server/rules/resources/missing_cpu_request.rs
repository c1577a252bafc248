//! A container has no CPU request.
//!
//! The scheduler then places its pod on any node, however busy, and when CPU is short the container
//! gets only what others leave. The rule does not report containers with a limit, which is then also
//! the request, pods with a request of their own, or init containers, which run only for a while.
//!
//! The profile `resources` switches it on.
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
//!     resources:
//!       requests:
//!         cpu: 100m
//!         memory: 128Mi
//! ```

use super::expected_resources::expect_amount;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-cpu-request",
    severity: Severity::Information,
    when: When::Profile(Profile::Resources),
    linters: &[
        Linter::KubeLinter("unset-cpu-requirements"),
        Linter::KubeScore("container-resources"),
        Linter::Polaris("cpuRequestsMissing"),
        Linter::Checkov("CKV_K8S_10"),
    ],
    link: Some(pages::RESOURCES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    expect_amount(container, pod, "requests", "cpu", out);
}
