//! A container adds a capability that can reach the host.
//!
//! Only capabilities that a container has by default may be added. The names are those of the kernel
//! without `CAP_`: a runtime accepts other spellings, the policy does not. Under `restricted` the
//! rule `pss-drop-capabilities` replaces it. `podSecurity: baseline` switches it on.
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
//!       capabilities:
//!         add: [NET_ADMIN]
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
//!       capabilities:
//!         add: [NET_BIND_SERVICE]
//! ```
//!
//! ## Fix
//!
//! Removes the capability, or changes it to the spelling of the policy.

use super::contexts::{PSS, context};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::PodSecurity;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pss-capabilities",
    when: When::PodSecurity(&[PodSecurity::Baseline]),
    fixes: Fixes::Safe,
    linters: &[
        Linter::Polaris("dangerousCapabilities"),
        Linter::Checkov("CKV_K8S_25"),
        Linter::Checkov("CKV_K8S_39"),
    ],
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

const ALLOWED: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let added = context(container.node, "capabilities").and_then(|it| it.field("add"));
    for node in added.into_iter().flat_map(Node::items).filter_map(Node::resolved) {
        let Some(name) = node.as_str().filter(|name| !ALLOWED.contains(name)) else { continue };
        let message = format!("capability `{name}` violates Pod Security `baseline`");
        let diagnostic = out.report(node, message);
        match spelt(name) {
            Some(right) => diagnostic
                .fix(format!("Change to `{right}`"), || write::replace(node, &New::text(right))),
            None => diagnostic.suggest(format!("Remove `{name}`"), || write::remove(node)),
        };
    }
}

/// An allowed capability in the spelling of the policy.
fn spelt(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let short = upper.strip_prefix("CAP_").unwrap_or(&upper);
    ALLOWED.into_iter().find(|known| *known == short)
}
