//! A key is read as a boolean or a number.
//!
//! Without quotes, `on`, `yes`, `y` and similar words are booleans, so the key becomes `true`, and
//! numbers are rewritten: `1.50` becomes `1.5`, `0x10` becomes `16`. In a label or the key of a
//! ConfigMap this is rarely intended.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     on: "1"
//! spec:
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
//!   labels:
//!     "on": "1"
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Quotes the key.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::syntax::{Kind, Node, Scalar, Style};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "yaml-key-boolean",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let root = parse.tree.root();
    // Other files, such as those of CI systems, use keys like `on` intentionally.
    if root.is_none_or(|root| root.get("apiVersion").is_none() || root.get("kind").is_none()) {
        return;
    }
    let plain = Kind::Scalar(Style::Plain);
    for key in parse.tree.nodes().filter(|node| node.is_key() && node.kind() == plain) {
        if let Some(read) = read_as(key) {
            let source = key.tree().slice(key.content_span());
            out.report(key, format!("the key `{source}` is read as `{read}`"))
                .suggest("Quote the key", || {
                    [Edit::replace(key.content_span(), format!("\"{source}\""))]
                });
        }
    }
}

/// The value that a key is read as, if it differs from the source.
fn read_as(key: Node<'_>) -> Option<String> {
    let text = key.text()?;
    // Most keys need no parsing: no boolean is longer than `false`, and no number longer than 24 characters.
    let (first, length) = (text.bytes().next()?, text.len());
    let can_be_word = length <= 5 && b"yYnNtTfFoO".contains(&first);
    let can_be_number = length <= 24 && b".+-0123456789".contains(&first);
    if !can_be_word && !can_be_number {
        return None;
    }
    let read = match key.scalar()? {
        Scalar::Bool(value) => value.to_string(),
        Scalar::Int(value) => value.to_string(),
        Scalar::Float(value) if value.is_finite() => value.to_string(),
        _ => return None,
    };
    (read != text).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn values_may_be_booleans() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
spec:
  hostNetwork: yes
  on: off
  ^^ the key `on` is read as `true`
  'off': yes
",
        );
    }
}
