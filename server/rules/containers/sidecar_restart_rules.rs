//! A sidecar has restart rules, which require Kubernetes 1.36.
//!
//! A sidecar always restarts. Rules are useful for it since 1.36, where a rule can restart all
//! containers of the pod.
//!
//! ```yaml bad
//! # podls: kubernetes 1.35
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.34.0
//!     restartPolicy: Always
//!     restartPolicyRules:
//!     - action: Restart
//!       exitCodes:
//!         operator: In
//!         values: [42]
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! # podls: kubernetes 1.35
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.34.0
//!     restartPolicy: Always
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the rules.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "sidecar-restart-rules",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(rules) = container.node.field("restartPolicyRules") else { return };
    let some = rules.items().next().is_some();
    if some && container.role == Role::Sidecar && out.version == Version::new(35) {
        out.report_key(rules, "`restartPolicyRules` of a sidecar requires Kubernetes 1.36")
            .suggest("Remove `restartPolicyRules`", || write::remove(rules));
    }
}
