//! A container may use as much memory as the node has.
//!
//! When it leaks, everything on the node suffers. With a limit it is restarted instead. A limit of
//! the pod as a whole will do. Nothing is said about init containers.
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
use crate::check::{Check, Checker, Linter, Rule, Severity, When};
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
    link: Some(
        "[Resources of pods and containers](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/)",
    ),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    expect_amount(container, pod, "limits", "memory", out);
}
