//! A fraction of a resource that cannot be divided.
//!
//! Extended resources, such as devices, are assigned in whole numbers.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       limits:
//!         nvidia.com/gpu: 0.5
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       limits:
//!         nvidia.com/gpu: 1
//! ```
//!
//! ## Fix
//!
//! Rounds up to a whole number.

use super::lists::{Kind, amounts, kind, lists};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "quantity-integer",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(object, out.version) {
        for amount in amounts(list).filter(|amount| !amount.quantity.is_whole()) {
            if kind(amount.name) != Kind::Extended {
                continue;
            }
            let whole = amount.quantity.rounded_to_whole();
            out.report(
                amount.value,
                format!("invalid amount for `{}`: expected a whole number", amount.name),
            )
            .suggest(format!("Change to {whole}"), || {
                let whole = New::scalar(whole);
                write::replace(amount.value, &whole)
            });
        }
    }
}
