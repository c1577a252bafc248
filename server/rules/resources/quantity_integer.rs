//! A part of a thing that cannot be divided.
//!
//! Extended resources are devices and the like: a container gets one, or two, but no half.
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
//! Rounds up.

use super::lists::{Kind, POD, REQUIREMENTS, amounts, kind, lists};
use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "quantity-integer",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(&[REQUIREMENTS, POD], check)],
};

fn check(object: &Object<'_>, out: &mut Findings<'_>) {
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
