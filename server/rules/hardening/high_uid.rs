//! A container runs as a user or group ID that the node may use too.
//!
//! IDs below 10000 usually belong to users and groups of the node, and a process that escapes from
//! its container has their rights. Only IDs in the manifest are reported; for pods without one, see
//! `pss-run-as-non-root`. In pods with a user namespace (`hostUsers: false`) the IDs on the node are
//! different.
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
//!     securityContext:
//!       runAsUser: 1000
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
//!     securityContext:
//!       runAsUser: 10001
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::Pod;
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "high-uid",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[
        Linter::KubeScore("container-security-context"),
        Linter::KubeScore("container-security-context-user-group-id"),
        Linter::Checkov("CKV_K8S_40"),
    ],
    link: Some(pages::SECURITY_CONTEXTS),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const LOWEST: i64 = 10_000;

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.spec.field("hostUsers").and_then(Node::as_bool) == Some(false) {
        return;
    }
    for holder in std::iter::once(pod.spec).chain(pod.containers.iter().map(|it| it.node)) {
        let Some(context) = holder.field("securityContext") else { continue };
        for (field, what) in [("runAsUser", "user"), ("runAsGroup", "group")] {
            let Some(node) = context.field(field) else { continue };
            if let Some(number @ 0..LOWEST) = node.as_int() {
                out.report(
                    node,
                    format!("{what} {number} is below {LOWEST} and can belong to the node"),
                );
            }
        }
    }
}
