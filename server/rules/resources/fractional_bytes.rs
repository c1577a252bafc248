//! An amount of memory or storage is not a whole number of bytes.
//!
//! `m` is a thousandth, so `400m` of memory is less than one byte. The intended unit is nearly
//! always `Mi`.
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
//!         memory: 400m
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
//!         memory: 400Mi
//! ```
//!
//! ## Fix
//!
//! Changes the unit to `Mi`, or rounds up to whole bytes.

use super::lists::{amount_of, lists};
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::quantity::Quantity;
use crate::pod::{Object, quantity};
use crate::schema::core::{PERSISTENT_VOLUME_CLAIM_SPEC, POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "fractional-bytes",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[
        Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check),
        Check::Object(&[PERSISTENT_VOLUME_CLAIM_SPEC], check_claim),
    ],
    ..Rule::DEFAULT
};

/// The most whole units that the server can count in thousandths, by which it finds fractions:
/// 2^63 / 1000.
const LARGEST: i128 = (i64::MAX / 1000) as i128;

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(object, out.version) {
        for name in ["memory", "ephemeral-storage"] {
            if let Some(amount) = amount_of(Some(list), name) {
                check_amount(amount.value, name, amount.quantity, out);
            }
        }
    }
}

fn check_claim(claim: &Object<'_>, out: &mut Checker<'_>) {
    let resources = claim.field("resources");
    for list in ["requests", "limits"] {
        let node = resources.and_then(|it| it.field(list)?.field("storage"));
        if let Some((node, size)) = node.and_then(|node| Some((node, quantity(node)?))) {
            check_amount(node, "storage", size, out);
        }
    }
}

fn report_huge(node: Node<'_>, name: &str, out: &mut Checker<'_>) {
    let text = node.text().unwrap_or_default().trim();
    out.report(node, format!("`{text}` of {name} exceeds the range of 64 bits"));
}

fn check_amount(node: Node<'_>, name: &str, amount: Quantity, out: &mut Checker<'_>) {
    if amount.is_whole() {
        if amount.rounded_to_whole() > LARGEST {
            report_huge(node, name, out);
        }
        return;
    }
    let text = node.text().unwrap_or_default().trim();
    let diagnostic = out.report(node, format!("`{text}` of {name} is not a whole number of bytes"));
    let set = |text: String| move || write::replace(node, &New::Scalar(text));
    match text.strip_suffix('m') {
        Some(number) => {
            diagnostic.suggest(format!("Change to `{number}Mi`"), set(format!("{number}Mi")))
        }
        None => {
            let whole = amount.rounded_to_whole().to_string();
            diagnostic.suggest(format!("Change to `{whole}`"), set(whole))
        }
    };
}
