//! A resource that `resourceFieldRef` does not support.
//!
//! Containers can get `limits.` and `requests.` of `cpu`, `memory`, `ephemeral-storage` and
//! `hugepages-<size>`.
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
//!     env:
//!     - name: MEMORY
//!       valueFrom:
//!         resourceFieldRef:
//!           resource: memory
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
//!     env:
//!     - name: MEMORY
//!       valueFrom:
//!         resourceFieldRef:
//!           resource: limits.memory
//! ```
//!
//! ## Fix
//!
//! Changes to the nearest resource.

use super::resources::{RESOURCES, is_known, is_resource_validated};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::RESOURCE_FIELD_SELECTOR;
use crate::text::{Edit, nearest};

pub(crate) static RULE: Rule = Rule {
    code: "resource-field-ref",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_FIELD_SELECTOR], check)],
    ..Rule::DEFAULT
};

fn check(selector: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = selector.field("resource") else { return };
    let Some(resource) = node.as_str().filter(|resource| !resource.is_empty()) else { return };
    if is_known(resource) || !is_resource_validated(selector) {
        return;
    }
    let message = format!("unknown resource `{resource}`");
    let diagnostic = out.report(node, message);
    let limit = RESOURCES.into_iter().find(|it| it.strip_prefix("limits.") == Some(resource));
    if let Some(meant) = limit.or_else(|| nearest(resource, RESOURCES)) {
        diagnostic.suggest(format!("Change to `{meant}`"), || {
            [Edit::replace(node.content_span(), meant)]
        });
    }
}
