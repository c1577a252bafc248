//! The API server drops a field, because its feature is off in that version.
//!
//! Until the feature of a new field is on by default, a cluster keeps the field only with its
//! feature gate. The manifest is accepted, but the field has no effect.
//!
//! ```yaml bad
//! # podls: kubernetes 1.33
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   resources:
//!     limits:
//!       memory: 1Gi
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! # podls: kubernetes 1.34
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   resources:
//!     limits:
//!       memory: 1Gi
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule, Severity, Tag};
use crate::pod::{Object, TypedEntry};
use crate::schema::{GATED, kept_from};

pub(crate) static RULE: Rule = Rule {
    code: "dropped-field",
    severity: Severity::Information,
    link: Some(
        "[Feature gates](https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(&GATED, check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields {
        let Some(field) = field.filter(|field| field.since() <= out.version) else { continue };
        let Some(from) = kept_from(object.ty, field.name()) else { continue };
        let is_set = entry.value.resolved().is_some_and(|value| !value.is_null());
        // The field around it is dropped and reported too.
        if !is_set || object.dropped || from.is_some_and(|from| from <= out.version) {
            continue;
        }
        let name = field.name();
        let message = match from {
            Some(from) => format!("`{name}` has no effect before Kubernetes {from}"),
            None => format!("`{name}` has no effect unless its feature gate is enabled"),
        };
        out.report(entry.key, message).tag(Tag::Unnecessary);
    }
}
