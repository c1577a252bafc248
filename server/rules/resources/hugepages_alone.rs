//! Huge pages without `cpu` or `memory` in the same container.
//!
//! Requests of the complete pod do not count for its containers.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     resources:
//!       limits:
//!         hugepages-2Mi: 64Mi
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     resources:
//!       limits:
//!         memory: 1Gi
//!         hugepages-2Mi: 64Mi
//! ```
//!
//! ## Fix
//!
//! Adds `memory: 128Mi`.

use super::lists::{HUGE_PAGES, lists, names};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "hugepages-alone",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let mut pages = None;
    for list in lists(object, out.version) {
        for (name, entry) in names(list) {
            if matches!(name, "cpu" | "memory") {
                return;
            }
            if pages.is_none() && name.starts_with(HUGE_PAGES) {
                pages = Some((list, entry.key));
            }
        }
    }
    let Some((list, key)) = pages else { return };
    let place = if object.ty == POD_SPEC { list } else { object.node };
    let node = place.key().unwrap_or(place);
    out.report_absence(node, "huge pages require `cpu` or `memory`")
        .related(key, "the huge pages")
        .suggest("Add `memory`", || {
            write::insert(list, "memory", &New::text("128Mi"), Place::First)
        });
}
