//! Curly quotes around a value.
//!
//! Word processors, chats and web pages replace straight quotes with curly ones. YAML reads these as
//! letters, so they become part of the image, the name or the variable.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: “nginx:1.27”
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
//!     image: "nginx:1.27"
//! ```
//!
//! ## Fix
//!
//! Replaces them with straight quotes. It is a suggestion, since the value changes.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Object, TypedEntry};
use crate::schema::Type;
use crate::syntax::slips::{is_curly_quoted, straightened};
use crate::syntax::{Kind, Node, Style, Trust};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "curly-quotes",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::AnyObject(check)],
    ..Rule::DEFAULT
};

/// Maps of free text, in which such quotes can be intended.
const FREE: [&str; 3] = ["annotations", "data", "stringData"];

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    // In text that is not YAML, `yaml-syntax` reports them.
    if out.parse.tree.is_ascii || out.parse.trust != Trust::Exact {
        return;
    }
    for TypedEntry { entry, field } in object.fields {
        let Some(field) = field else { continue };
        check_value(entry.value, out);
        entry.value.items().for_each(|item| check_value(item, out));
        if matches!(field.ty(), Type::Map(_)) {
            for entry in entry.value.entries() {
                check_value(entry.key, out);
                if !FREE.contains(&field.name()) {
                    check_value(entry.value, out);
                }
            }
        }
    }
}

fn check_value(value: Node<'_>, out: &mut Checker<'_>) {
    let plain = value.kind() == Kind::Scalar(Style::Plain);
    if !plain || !value.text().is_some_and(is_curly_quoted) {
        return;
    }
    let span = value.content_span();
    out.report_span(span, "curly quotes are part of the value; use straight quotes")
        .path(value.path())
        .suggest("Replace with straight quotes", || {
            [Edit::replace(span, straightened(value.tree().slice(span)))]
        });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn quotes_around_values_are_named() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations: {a: “b”, “c”: d}
                            ^^^^^^^ curly quotes are part of the value; use straight quotes
  labels: {a: “b\"}
              ^^^^^ curly quotes are part of the value; use straight quotes
spec:
  containers:
  - name: a
    args: [b “c”, ‘d’]
                      ^^^^^^^ curly quotes are part of the value; use straight quotes
",
        );
        check_fix(
            &RULE,
            "apiVersion: v1\nkind: Pod\nspec:\n  hostname: “it’s”\n",
            "apiVersion: v1\nkind: Pod\nspec:\n  hostname: \"it’s\"\n",
        );
    }
}
