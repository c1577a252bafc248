//! Huge pages of an impossible size, or a part of a huge page.
//!
//! The name contains the size, as in `hugepages-2Mi`, and the amount must be a multiple of it, in
//! bytes.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     resources:
//!       limits:
//!         memory: 1Gi
//!         hugepages-2Mi: 5Mi
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     resources:
//!       limits:
//!         memory: 1Gi
//!         hugepages-2Mi: 6Mi
//! ```
//!
//! ## Fix
//!
//! Rounds up to whole pages.

use super::lists::{Amount, HUGE_PAGES, Kind, amounts, kind, lists};
use crate::check::{Check, Checker, Echo, Fixes, Rule};
use crate::formats::quantity::Quantity;
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "hugepages-size",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(object, out.version) {
        for amount in amounts(list).filter(|amount| kind(amount.name) == Kind::HugePages) {
            let size = amount.name.strip_prefix(HUGE_PAGES).unwrap_or_default();
            match Quantity::parse(size).ok().filter(|size| is_size(*size)) {
                Some(size) => check_amount(&amount, size, out),
                None => {
                    let message = format!("`{size}` is not a valid size of huge pages");
                    out.report(amount.key, message).echo(Echo::HugePages(amount.key.id()));
                }
            }
        }
    }
}

fn is_size(size: Quantity) -> bool {
    size.is_whole() && !size.is_zero() && !size.is_negative()
}

fn check_amount(amount: &Amount<'_>, size: Quantity, out: &mut Checker<'_>) {
    let (bytes, page) = (amount.quantity.rounded_to_whole(), size.rounded_to_whole());
    if bytes % page == 0 {
        return;
    }
    let diagnostic = out.report(
        amount.value,
        format!("invalid amount for `{}`: expected whole pages", amount.name),
    );
    let diagnostic = diagnostic.echo(Echo::HugePages(amount.key.id()));
    let pages = bytes.div_euclid(page).saturating_add(1);
    let whole = pages.checked_mul(page).and_then(|bytes| i64::try_from(bytes).ok());
    if let Some(whole) = whole.filter(|whole| *whole > 0) {
        let text = in_units(whole);
        diagnostic.suggest(format!("Change to {text}"), || {
            write::replace(amount.value, &New::text(text))
        });
    }
}

/// A number of bytes in the greatest unit that leaves a whole number.
fn in_units(bytes: i64) -> String {
    let written = match bytes % 1024 {
        0 => Quantity::parse(&format!("{}Ki", bytes / 1024)).ok(),
        _ => None,
    };
    written.unwrap_or(Quantity::whole(bytes)).canonical()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn pages_of_no_size() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: web
    resources:
      limits:
        hugepages-0Mi: 4Mi
        ^^^^^^^^^^^^^ `0Mi` is not a valid size of huge pages
        hugepages-2Mi: 4Mi
",
        );
    }
}
