//! A container has no CPU limit.
//!
//! Opinions differ: without a limit no CPU is idle; with one, a container takes the same time on an
//! idle node as on a busy one. A limit of the complete pod is enough.
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
//!     resources:
//!       requests:
//!         cpu: 100m
//!         memory: 128Mi
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
//!       limits:
//!         cpu: 500m
//! ```

use super::expected_resources::expect_amount;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-cpu-limit",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[
        Linter::KubeLinter("unset-cpu-requirements"),
        Linter::KubeScore("container-resources"),
        Linter::Polaris("cpuLimitsMissing"),
        Linter::Checkov("CKV_K8S_11"),
    ],
    link: Some(pages::RESOURCES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    expect_amount(container, pod, "limits", "cpu", out);
}
