//! `hostnameOverride` is combined with another setting of the hostname.
//!
//! It cannot be combined with `setHostnameAsFQDN: true`, or with `hostNetwork: true`, where the
//! hostname is that of the node.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
//!   hostnameOverride: web
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
//!   hostnameOverride: web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `hostnameOverride` or the field that conflicts with it. Both fixes are suggestions, since either
//! changes the hostname or the network of the pod.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::schema::core::POD_SPEC;
use crate::schema::dropped;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "hostname-override",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "hostnameOverride";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = pod.spec.field(FIELD) else { return };
    if dropped(POD_SPEC, FIELD, out.version) {
        return;
    }
    for field in ["setHostnameAsFQDN", "hostNetwork"] {
        let Some(other) = pod.spec.field(field).filter(|it| it.as_bool() == Some(true)) else {
            continue;
        };
        out.report_key(node, format!("`{FIELD}` cannot be combined with `{field}: true`"))
            .related(other, format!("`{field}`"))
            .suggest(format!("Remove `{FIELD}`"), || write::remove(node))
            .suggest(format!("Remove `{field}`"), || write::remove(other));
    }
}
