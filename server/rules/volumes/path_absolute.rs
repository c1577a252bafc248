//! A path on an NFS server is not absolute.
//!
//! An NFS server exports only absolute paths.
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
//!     nfs:
//!       server: files.example.com
//!       path: exports/web
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
//!     nfs:
//!       server: files.example.com
//!       path: /exports/web
//! ```
//!
//! ## Fix
//!
//! Adds the leading slash, in place of a leading `./`. The fix is safe: a relative path is never
//! accepted.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::paths::absolute;
use crate::pod::Object;
use crate::schema::core::NFS_VOLUME_SOURCE;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "path-absolute",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[NFS_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = source.field("path") else { return };
    let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { return };
    if let Err(fault) = absolute(text) {
        let path = format!("/{}", text.trim_start_matches("./"));
        out.report(node, format!("invalid path `{text}`: it {fault}"))
            .fix(format!("Change to `{path}`"), || write::replace(node, &New::text(path)));
    }
}
