//! A container has access to all of `/proc` in a pod without a user namespace.
//!
//! `procMount: Unmasked` is allowed only in pods with a user namespace: `hostUsers: false`.
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
//!       procMount: Unmasked
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostUsers: false
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     securityContext:
//!       procMount: Unmasked
//! ```
//!
//! ## Fix
//!
//! Sets `hostUsers: false` for the pod.

use crate::check::{Check, Checker, Fixes, Rule, pages};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "proc-mount-host-users",
    fixes: Fixes::Suggested,
    link: Some(pages::USER_NAMESPACES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(context) = container.node.field("securityContext") else { return };
    let Some(mount) = context.field("procMount") else { return };
    // Older versions reset the field, since its gate was off.
    if mount.as_str() != Some("Unmasked") || out.version < Version::new(33) {
        return;
    }
    let users = pod.spec.field("hostUsers");
    if users.is_some_and(|users| users.as_bool() != Some(true)) {
        return;
    }
    let message = "`procMount: Unmasked` requires `hostUsers: false`";
    let new = New::scalar(false);
    let diagnostic = match users {
        Some(_) => out.report(mount, message),
        None => out.report_absence(mount, message).missing_in(pod.spec),
    };
    diagnostic.suggest("Set `hostUsers: false`", || {
        write::put(pod.spec, "hostUsers", &new, Place::First)
    });
}
