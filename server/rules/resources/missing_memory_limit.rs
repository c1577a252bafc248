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
//!
//! [Resources of pods and containers](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/)

use super::expected_resources::expect_amount;
use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-memory-limit",
    severity: Severity::Information,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

pub(crate) const PROFILE: Profile = Profile::Resources;

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Findings<'_>) {
    expect_amount(container, pod, "limits", "memory", out);
}
