//! A variable has both `value` and `valueFrom`.
//!
//! An empty `value` is not reported.
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
//!     - name: NODE
//!       value: unknown
//!       valueFrom:
//!         fieldRef:
//!           fieldPath: spec.nodeName
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
//!     - name: NODE
//!       valueFrom:
//!         fieldRef:
//!           fieldPath: spec.nodeName
//! ```
//!
//! ## Fix
//!
//! Removes one of the two; you choose which.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::ENV_VAR_SOURCE;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "env-value-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[ENV_VAR_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let Some(variable) = source.parent else { return };
    let Some(value) = variable.field("value") else { return };
    let mut entries = source.node.fields().filter(|entry| !entry.value.is_null());
    let some = entries.any(|entry| {
        let name = entry.key.text().unwrap_or_default();
        source.ty.field(name).is_some() && !source.is_dropped(name, out.version)
    });
    if !some || value.as_str().is_none_or(str::is_empty) {
        return;
    }
    out.report_key(
        source.node,
        format!("`value` cannot be combined with `valueFrom` in {}", variable.title()),
    )
    .related(value, "the value")
    .suggest("Remove `value`", || write::remove(value))
    .suggest("Remove `valueFrom`", || write::remove(source.node));
}
