//! An image with white space around it.
//!
//! The API server refuses the pod. It accepts a template with such an image, but refuses every pod
//! made from it, so the finding is a warning there.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: "nginx:1.27 "
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
//!     image: "nginx:1.27"
//! ```
//!
//! ## Fix
//!
//! Removes the white space.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Container, Pod, Role};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "image-whitespace",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let image = container.image();
    let trimmed = image.trim();
    if trimmed.len() == image.len() {
        return;
    }
    let diagnostic = out
        .report(
            node,
            format!("the image of {} has leading or trailing white space", container.title()),
        )
        .fix("Remove the white space", || write::replace(node, &New::text(trimmed)));
    if pod.is_template() && container.role != Role::Ephemeral {
        diagnostic.severity(Severity::Warning);
    }
}
