//! Two mounts of one container have the same path.
//!
//! The second would hide the first. `/a` and `/a/` are different paths for the API server.
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
//!     volumeMounts:
//!     - name: config
//!       mountPath: /etc/web
//!     - name: tls
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//!   - name: tls
//!     secret:
//!       secretName: web
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
//!     volumeMounts:
//!     - name: config
//!       mountPath: /etc/web
//!     - name: tls
//!       mountPath: /etc/web/tls
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//!   - name: tls
//!     secret:
//!       secretName: web
//! ```
//!
//! ## Fix
//!
//! Removes the second mount.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-mount-path",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let paths = container.items("volumeMounts").filter_map(|mount| {
        let path = mount.field("mountPath")?;
        let text = path.as_str().filter(|text| !text.is_empty())?;
        Some((text, (mount, path)))
    });
    for ((_, first), (mount, path)) in duplicates(paths) {
        let text = path.as_str().unwrap_or_default();
        out.report(path, format!("duplicate mount path in {}: `{text}`", container.title()))
            .related(first, "the first mount")
            .suggest("Remove this mount", || write::remove(mount));
    }
}
