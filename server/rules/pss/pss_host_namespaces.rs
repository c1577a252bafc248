//! A pod shares a namespace of the host.
//!
//! With the network, the processes or the shared memory of the node, a pod can watch and reach what
//! runs beside it. `podSecurity: baseline` and `restricted` switch it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
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
//! ```
//!
//! ## Fix
//!
//! Removes the field; the pod then has a namespace of its own.
//!
//! [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)

use crate::pod::Pod;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-host-namespaces",
    severity: Severity::Error,
    on: false,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        if let Some(node) = pod.spec.field(field).filter(|node| node.as_bool() == Some(true)) {
            out.report(node, format!("`{field}: true` violates Pod Security `baseline`"))
                .suggest(format!("Remove `{field}`"), || write::remove(node));
        }
    }
}
