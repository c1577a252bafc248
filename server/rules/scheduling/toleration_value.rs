//! A toleration with the operator `Exists` has a value.
//!
//! `Exists` ignores the value of the taint. To compare the value, use `Equal`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   tolerations:
//!   - key: gpu
//!     operator: Exists
//!     value: nvidia
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
//! spec:
//!   tolerations:
//!   - key: gpu
//!     operator: Equal
//!     value: nvidia
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `value`, or changes the operator to `Equal` if the toleration has a key. Both fixes are
//! suggestions: without the value the pod tolerates more taints than with it.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::TOLERATION;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "toleration-value",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[TOLERATION], check)],
    ..Rule::DEFAULT
};

fn check(toleration: &Object<'_>, out: &mut Checker<'_>) {
    let Some(operator) = toleration.field("operator") else { return };
    let value = toleration.field("value").filter(|value| value.as_str() != Some(""));
    let Some(value) = value.filter(|_| operator.as_str() == Some("Exists")) else { return };
    let diagnostic = out.report(value, "`value` cannot be combined with `operator: Exists`");
    let diagnostic = diagnostic.suggest("Remove `value`", || write::remove(value));
    if !toleration.text("key").is_empty() {
        diagnostic.suggest("Change to `operator: Equal`", || {
            write::replace(operator, &New::text("Equal"))
        });
    }
}
