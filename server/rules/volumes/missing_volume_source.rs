//! A volume has no source.
//!
//! It becomes an `emptyDir`: an empty directory that lives as long as the pod. This may be intended,
//! but also happens when the source is in the wrong place, so it is better to write `emptyDir: {}`.
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//! ```
//!
//! ## Fix
//!
//! Adds `emptyDir: {}`, which is the default. It is a suggestion, since another source may be
//! intended.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::core::VOLUME;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "missing-volume-source",
    severity: Severity::Hint,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[VOLUME], check)],
    ..Rule::DEFAULT
};

fn check(volume: &Object<'_>, out: &mut Checker<'_>) {
    let Some(name) = volume.field("name").filter(|name| name.as_str() != Some("")) else { return };
    let sources = volume.node.fields().filter(|entry| entry.key.text() != Some("name"));
    let none = |node: Node<'_>| node.resolved().is_none_or(Node::is_null);
    if !sources.map(|entry| entry.value).all(none) {
        return;
    }
    let message = format!("{} has no source, which means `emptyDir`", volume.title());
    out.report_absence(name, message).suggest("Write `emptyDir: {}`", || {
        let new = New::scalar("{}");
        write::put(volume.node, "emptyDir", &new, Place::Last)
    });
}
