//! A container has no memory limit.
//!
//! A memory leak then affects everything on the node. With a limit the container is restarted
//! instead. A limit of the complete pod is enough. Init containers are not reported.
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
//!         memory: 256Mi
//! ```

use super::expected_resources::expect_amount;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-memory-limit",
    severity: Severity::Information,
    when: When::Profile(Profile::Resources),
    linters: &[
        Linter::KubeLinter("unset-memory-requirements"),
        Linter::KubeScore("container-resources"),
        Linter::Polaris("memoryLimitsMissing"),
        Linter::Checkov("CKV_K8S_13"),
    ],
    link: Some(pages::RESOURCES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    expect_amount(container, pod, "limits", "memory", out);
}
