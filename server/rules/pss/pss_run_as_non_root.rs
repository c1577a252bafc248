//! A container may run as root.
//!
//! With `runAsNonRoot: true` the kubelet does not start a container whose user is root; the image
//! must name another one. The pod can set it for all its containers, but no container may override
//! it. Pods with a user namespace (`hostUsers: false`) are exempt from Kubernetes 1.35 on.
//! `podSecurity: restricted` switches it on.
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
//!   securityContext:
//!     runAsNonRoot: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets `runAsNonRoot: true` for the pod.

use super::contexts::{CONTEXT, PSS, context, has_own_users, holders, title};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pss-run-as-non-root",
    when: When::PodSecurity(&[PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("run-as-non-root"),
        Linter::Polaris("runAsRootAllowed"),
        Linter::Checkov("CKV_K8S_23"),
    ],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

const PATH: [&str; 2] = [CONTEXT, "runAsNonRoot"];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if has_own_users(pod, out.version) {
        return;
    }
    let yes = New::scalar(true);
    let said = |holder| context(holder, PATH[1]).and_then(Node::as_bool);
    for holder in holders(pod).filter(|holder| said(*holder) == Some(false)) {
        let Some(node) = context(holder, PATH[1]) else { continue };
        let message = format!(
            "`runAsNonRoot: false` of {} violates Pod Security `restricted`",
            title(pod, holder)
        );
        out.report(node, message).suggest("Change to `true`", || write::replace(node, &yes));
    }
    if said(pod.spec).is_some() {
        return;
    }
    let silent = pod.containers.iter().find(|container| said(container.node).is_none());
    let Some(silent) = silent else { return };
    let message = format!(
        "`runAsNonRoot: true` is required in {} for Pod Security `restricted`",
        silent.title()
    );
    out.missing(pod.spec, &PATH.join("."), message)
        .suggest("Set `runAsNonRoot: true` for the pod", || write::set(pod.spec, &PATH, &yes));
}
