//! The `medium` of an `emptyDir` is unknown.
//!
//! The API server accepts any text, but only `Memory`, `HugePages` and `HugePages-<size>` are
//! supported; with other values the pod never starts.
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
//!     emptyDir:
//!       medium: memory
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
//!     emptyDir:
//!       medium: Memory
//! ```
//!
//! ## Fix
//!
//! Corrects the case of the medium.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::core::EMPTY_DIR_VOLUME_SOURCE;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "empty-dir-medium",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[EMPTY_DIR_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(volume: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = volume.field("medium") else { return };
    let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { return };
    if ["Memory", "HugePages"].contains(&text) || text.starts_with("HugePages-") {
        return;
    }
    let diagnostic = out.report(
        node,
        format!("unknown value `{text}` for `medium`: expected `Memory` or `HugePages`"),
    );
    if let Some(near) = crate::text::nearest(text, ["Memory", "HugePages"]) {
        diagnostic.fix(format!("Change to `{near}`"), || write::replace(node, &New::text(near)));
    }
}
