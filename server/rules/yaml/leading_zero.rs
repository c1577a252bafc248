//! A number starts with a zero, or has underscores in it.
//!
//! kubectl reads `010` as octal, which is 8, and `1_000` as 1000; other programs read 10 and a
//! string. File modes are usually octal, so they are not reported.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   terminationGracePeriodSeconds: 060
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
//!   terminationGracePeriodSeconds: 60
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the number that kubectl reads.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Object, TypedEntry};
use crate::schema::Type;
use crate::syntax::{Kind, Node, Scalar, Style};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "leading-zero",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::AnyObject(check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields {
        let (Some(field), Some(value)) = (field, entry.value.resolved()) else { continue };
        match field.ty() {
            // Maps of quantities, such as limits.
            ty if ty.item() == Some(Type::Quantity) => {
                let values = value.fields().filter_map(|entry| entry.value.resolved());
                values.filter(|value| is_odd(*value)).for_each(|value| report(value, out));
            }
            Type::Int32 | Type::Int64 | Type::IntOrString | Type::Quantity
                if !is_mode(field.name()) && is_odd(value) =>
            {
                report(value, out);
            }
            _ => {}
        }
    }
}

fn is_mode(name: &str) -> bool {
    matches!(name, "mode" | "defaultMode")
}

/// Whether other programs read the number differently.
fn is_odd(value: Node<'_>) -> bool {
    let Some(text) = value.text().filter(|_| value.kind() == Kind::Scalar(Style::Plain)) else {
        return false;
    };
    let digits = text.trim_start_matches(['+', '-']).as_bytes();
    let zero = matches!(digits, [b'0', second, ..] if second.is_ascii_digit());
    let number = digits.first().is_some_and(u8::is_ascii_digit);
    zero && !text.contains('.') || number && text.contains('_')
}

fn report(value: Node<'_>, out: &mut Checker<'_>) {
    let read = match value.scalar() {
        Some(Scalar::Int(number)) => number.to_string(),
        Some(Scalar::Float(number)) if number.is_finite() => number.to_string(),
        _ => return,
    };
    let text = value.text().unwrap_or_default();
    out.report(
        value,
        format!("`{text}` is octal and means {read}, which other parsers read differently"),
    )
    .suggest(format!("Change to {read}"), || [Edit::replace(value.content_span(), read)]);
}
