//! A pod shares a namespace of the host.
//!
//! In the network, process or IPC namespace of the node, a pod can observe and reach everything else
//! that runs there. `podSecurity: baseline` and `restricted` switch it on.
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

use super::contexts::PSS;
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-host-namespaces",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("host-ipc"),
        Linter::KubeLinter("host-network"),
        Linter::KubeLinter("host-pid"),
        Linter::Polaris("hostIPCSet"),
        Linter::Polaris("hostNetworkSet"),
        Linter::Polaris("hostPIDSet"),
        Linter::Checkov("CKV_K8S_17"),
        Linter::Checkov("CKV_K8S_18"),
        Linter::Checkov("CKV_K8S_19"),
    ],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        if let Some(node) = pod.spec.field(field).filter(|node| node.as_bool() == Some(true)) {
            out.report(node, format!("`{field}: true` violates Pod Security `baseline`"))
                .suggest(format!("Remove `{field}`"), || write::remove(node));
        }
    }
}
