//! An invalid quantity.
//!
//! The API server refuses the complete manifest. A quantity is a number with an optional suffix:
//! `k`, `M`, `G`, `T`, `P`, `E` for powers of 1000, `Ki`, `Mi`, `Gi`, ... for powers of 1024, `m`
//! for thousandths. Case matters; `B`, `KB` and spaces are not allowed.
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
//!     resources:
//!       limits:
//!         memory: 512MB
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
//!     resources:
//!       limits:
//!         memory: 512Mi
//! ```
//!
//! ## Fix
//!
//! Changes the value to the most likely quantity: `512MB` to `512M`, `1 gi` to `1Gi`. It is a
//! suggestion, since `MB` can stand for 1000² or 1024² bytes.
//!
//! <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::quantity::Quantity;
use crate::formats::suggest::suggest_quantity;
use crate::pod::{Object, TypedEntry};
use crate::schema::Type;
use crate::syntax::Node;
use crate::syntax::write::{New, replace};

pub(crate) static RULE: Rule = Rule {
    code: "quantity-format",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::AnyObject(check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields {
        let Some(field) = field else { continue };
        match field.ty() {
            Type::Quantity => check_text(entry.value, field.name(), out),
            Type::Map(item) if item.get() == Type::Quantity => {
                let map = entry.value.resolved();
                for entry in map.into_iter().flat_map(Node::fields) {
                    check_text(entry.value, entry.key.text().unwrap_or_default(), out);
                }
            }
            _ => {}
        }
    }
}

fn check_text(value: Node<'_>, name: &str, out: &mut Checker<'_>) {
    let Some(text) = value.resolved().and_then(Node::as_str) else { return };
    if Quantity::parse(text).is_ok() {
        return;
    }
    let diagnostic = out.report(value, format!("`{text}` is not a valid quantity for `{name}`"));
    if let Some(meant) = suggest_quantity(text) {
        diagnostic.suggest(format!("Change to `{meant}`"), || replace(value, &New::text(meant)));
    }
}
