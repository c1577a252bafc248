//! A path that must be relative starts with `/`.
//!
//! Paths of files inside a volume, `subPath` and the profiles of a node are relative to a place
//! that Kubernetes chooses.
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
//!       mountPath: /usr/share/nginx/html
//!       subPath: /html
//!   volumes:
//!   - name: data
//!     emptyDir: {}
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
//!       mountPath: /usr/share/nginx/html
//!       subPath: html
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//! ```
//!
//! ## Fix
//!
//! Removes the slash.

use super::paths::{Form, TABLE, TYPES};
use super::table;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "path-relative",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(row.field) else { continue };
        let Some(path) = value.as_str().filter(|path| path.starts_with('/')) else { continue };
        if row.form != Form::NoBackstep && row.applies(object, out.version) {
            out.report(value, format!("`{}` must be a relative path", row.field))
                .fix("Remove the slash at the start", || relative(value, path));
        }
    }
}

fn relative(value: Node<'_>, path: &str) -> Option<Edit> {
    let rest = path.trim_start_matches('/');
    write::replace(value, &New::text(rest)).filter(|_| !rest.is_empty())
}
