//! A path has `..` in it.
//!
//! Such a path could reach files that the pod must not access, so the API server refuses it wherever
//! Kubernetes itself resolves the path. Names of files in a volume cannot start with `..` either:
//! the kubelet uses such names. `mountPath` is not checked.
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
//!   volumes:
//!   - name: data
//!     hostPath:
//!       path: /srv/web/../data
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
//!   volumes:
//!   - name: data
//!     hostPath:
//!       path: /srv/data
//! ```
//!
//! ## Fix
//!
//! Resolves the `..` in absolute paths.

use super::paths::{Form, TABLE, TYPES};
use super::table;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "path-backsteps",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(row.field) else { continue };
        let Some(path) = value.as_str() else { continue };
        let climbs = path.split('/').any(|element| element == "..");
        let reserved = row.form == Form::Local && path.starts_with("..");
        if !(climbs || reserved) || !row.applies(object, out.version) {
            continue;
        }
        let fault = if climbs { "must not contain `..`" } else { "must not start with `..`" };
        out.report(value, format!("`{}` {fault}", row.field)).fix("Resolve the `..`", || {
            resolved(path).and_then(|meant| write::replace(value, &New::text(meant)))
        });
    }
}

/// The absolute path without its `..`; `None` where they lead above what is known.
fn resolved(path: &str) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    for element in path.strip_prefix('/')?.split('/') {
        if element == ".." {
            kept.pop()?;
        } else {
            kept.push(element);
        }
    }
    Some(format!("/{}", kept.join("/")))
}
