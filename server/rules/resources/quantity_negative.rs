//! A negative quantity.
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
//!         memory: -512Mi
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
//! Removes the sign.

use super::lists::{amounts, lists};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, quantity};
use crate::schema::core::{EMPTY_DIR_VOLUME_SOURCE, POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "quantity-negative",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[
        Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check),
        Check::Object(&[EMPTY_DIR_VOLUME_SOURCE], check_empty_dir),
    ],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(object, out.version) {
        for amount in amounts(list).filter(|amount| amount.quantity.is_negative()) {
            report(amount.value, amount.name, out);
        }
    }
}

fn check_empty_dir(volume: &Object<'_>, out: &mut Checker<'_>) {
    let Some(limit) = volume.field("sizeLimit") else { return };
    if quantity(limit).is_some_and(|limit| limit.is_negative()) {
        report(limit, "sizeLimit", out);
    }
}

fn report(value: Node<'_>, name: &str, out: &mut Checker<'_>) {
    let text = value.text().unwrap_or_default().trim();
    out.report(value, format!("invalid value {text} for `{name}`: expected at least 0")).suggest(
        "Remove the sign",
        || {
            let positive = text.strip_prefix('-')?;
            write::replace(value, &New::scalar(positive))
        },
    );
}
