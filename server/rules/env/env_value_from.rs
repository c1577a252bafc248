//! A variable has a `valueFrom` without a source.
//!
//! `valueFrom` needs one of `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` and
//! `fileKeyRef`.
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
//!     - name: TOKEN
//!       valueFrom: {}
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
//!     - name: TOKEN
//!       valueFrom:
//!         secretKeyRef:
//!           name: web
//!           key: token
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::{Object, TypedEntry};
use crate::schema::core::ENV_VAR_SOURCE;

pub(crate) static RULE: Rule = Rule {
    code: "env-value-from",
    since: "0.1.0",
    checks: &[Check::Object(&[ENV_VAR_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    // An unknown key is most likely the source.
    let mut set = source.node.fields().filter(|entry| !entry.value.is_null());
    let some = set.any(|entry| {
        let name = entry.key.text().unwrap_or_default();
        !source.is_dropped(name, out.version)
    });
    let too_new = |it: &TypedEntry<'_>| it.field.is_some_and(|field| field.since() > out.version);
    if some || source.fields.iter().any(too_new) {
        return;
    }
    let variable = source.parent.map_or_else(String::new, Object::title);
    let node = source.node.key().unwrap_or(source.node);
    out.report_absence(node, format!("missing source in `valueFrom` of {variable}"));
}
