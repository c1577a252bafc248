//! The annotations of an object are too large.
//!
//! All keys and values together have at most 256 KiB. Most large annotations come from
//! `kubectl apply`, which keeps a copy of the complete manifest in one.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     example.com/a: <256 KiB>
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     example.com/a: small
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::core::POD_TEMPLATE_SPEC;
use crate::schema::meta::OBJECT_META;

pub(crate) static RULE: Rule = Rule {
    code: "annotation-too-large",
    since: "0.1.0",
    checks: &[Check::Object(&[OBJECT_META], check)],
    ..Rule::DEFAULT
};

const LIMIT: usize = 256 * 1024;

fn check(metadata: &Object<'_>, out: &mut Checker<'_>) {
    let Some(owner) = metadata.parent else { return };
    let used = owner.parent.is_none()
        || owner.ty == POD_TEMPLATE_SPEC
        || owner.held_by() == "volumeClaimTemplate";
    let Some(map) = metadata.field("annotations").filter(|_| used) else { return };
    // The source is never shorter than its value, except for a few escapes.
    if map.span().end - map.span().start <= LIMIT / 4 {
        return;
    }
    let bytes = |entry: crate::syntax::Entry<'_>| {
        let value = entry.value.resolved().and_then(|value| value.text());
        entry.key.text().unwrap_or_default().len() + value.unwrap_or_default().len()
    };
    let total: usize = map.fields().map(bytes).sum();
    if total > LIMIT {
        let message = format!("the annotations have {total} bytes: expected at most {LIMIT}");
        out.report_key(map, message);
    }
}
