//! An invalid expression in a selector.
//!
//! `In` and `NotIn` require values, `Exists` and `DoesNotExist` allow none, and selectors for pods
//! have no other operators. Selectors for nodes also have `Gt` and `Lt`, with one value each;
//! `matchFields` accepts only `metadata.name` with one name. Numbers of `Gt` and `Lt` are not
//! checked; the API server does not check them either.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   affinity:
//!     nodeAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!         nodeSelectorTerms:
//!         - matchExpressions:
//!           - key: disk
//!             operator: in
//!             values: [ssd]
//!           - key: gpu
//!             operator: Exists
//!             values: ["true"]
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
//!   affinity:
//!     nodeAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!         nodeSelectorTerms:
//!         - matchExpressions:
//!           - key: disk
//!             operator: In
//!             values: [ssd]
//!           - key: gpu
//!             operator: Exists
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the most likely operator, or removes the values.

use crate::check::{Check, Checker, Echo, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::NODE_SELECTOR_REQUIREMENT;
use crate::schema::meta::LABEL_SELECTOR_REQUIREMENT;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "selector-invalid",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[
        Check::Object(&[LABEL_SELECTOR_REQUIREMENT], check_labels),
        Check::Object(&[NODE_SELECTOR_REQUIREMENT], check_node),
    ],
    ..Rule::DEFAULT
};

/// How many values an operator takes.
type Operator = (&'static str, Values);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    None,
    One,
    Some,
}

const LABELS: &[Operator] = &[
    ("In", Values::Some),
    ("NotIn", Values::Some),
    ("Exists", Values::None),
    ("DoesNotExist", Values::None),
];
const NODE: &[Operator] = &[
    ("In", Values::Some),
    ("NotIn", Values::Some),
    ("Exists", Values::None),
    ("DoesNotExist", Values::None),
    ("Gt", Values::One),
    ("Lt", Values::One),
];
const FIELDS: &[Operator] = &[("In", Values::One), ("NotIn", Values::One)];

/// Common wrong names of operators.
const MEANT: [(&str, &str); 8] = [
    ("=", "In"),
    ("==", "In"),
    ("Equals", "In"),
    ("Equal", "In"),
    ("!=", "NotIn"),
    ("NotEquals", "NotIn"),
    ("NotExists", "DoesNotExist"),
    ("!", "DoesNotExist"),
];

fn check_labels(object: &Object<'_>, out: &mut Checker<'_>) {
    check(object, LABELS, out);
}

fn check_node(object: &Object<'_>, out: &mut Checker<'_>) {
    if object.held_by() != "matchFields" {
        check(object, NODE, out);
        return;
    }
    check(object, FIELDS, out);
    match object.field("key").map(|key| (key, key.as_str())) {
        Some((key, Some(text))) if text != "metadata.name" => {
            let message =
                format!("invalid key `{text}` in `matchFields`: expected `metadata.name`");
            out.report(key, message).suggest("Change to `metadata.name`", || {
                write::replace(key, &New::text("metadata.name"))
            });
        }
        None => {
            out.missing(object.node, "key", "missing field `key` in the expression");
        }
        _ => {}
    }
}

fn check(object: &Object<'_>, known: &[Operator], out: &mut Checker<'_>) {
    let Some(operator) = object.field("operator") else {
        out.missing(object.node, "operator", "missing field `operator` in the expression")
            .echo(Echo::Label(object.node.id()));
        return;
    };
    let Some(text) = operator.as_str() else { return };
    match known.iter().find(|(name, _)| *name == text) {
        Some((name, values)) => check_values(object, name, *values, out),
        None => report_operator(operator, text, known, out),
    }
}

fn report_operator(operator: Node<'_>, text: &str, known: &[Operator], out: &mut Checker<'_>) {
    let names: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
    let message = format!("invalid operator `{text}`: expected one of {}", names.join(", "));
    let meant = MEANT.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    let meant = meant.map(|(_, name)| *name).filter(|it| known.iter().any(|(name, _)| name == it));
    let meant = meant.or_else(|| crate::text::nearest(text, known.iter().map(|(name, _)| *name)));
    let diagnostic = out.report(operator, message).echo(Echo::Label(operator.id()));
    if let Some(name) = meant {
        let edit = || write::replace(operator, &New::text(name));
        let case_only = name.eq_ignore_ascii_case(text);
        let title = format!("Change to `{name}`");
        if case_only {
            diagnostic.fix(title, edit)
        } else {
            diagnostic.suggest(title, edit)
        };
    }
}

fn check_values(object: &Object<'_>, operator: &str, wanted: Values, out: &mut Checker<'_>) {
    let values = object.field("values");
    if values.is_some_and(|values| !values.is_seq()) {
        return;
    }
    let count = values.map_or(0, |values| values.items().count());
    let message = match wanted {
        Values::None if count > 0 => {
            report_needless(values, operator, out);
            return;
        }
        Values::One if count != 1 => format!("`{operator}` requires exactly one value"),
        Values::Some if count == 0 => format!("`{operator}` requires at least one value"),
        _ => return,
    };
    out.unset(object.node, "values", message).echo(Echo::Label(object.node.id()));
}

fn report_needless(values: Option<Node<'_>>, operator: &str, out: &mut Checker<'_>) {
    let Some(values) = values else { return };
    let place = values.key().unwrap_or(values);
    out.report(place, format!("`values` cannot be combined with `{operator}`"))
        .echo(Echo::Label(place.id()))
        .suggest("Remove `values`", || write::remove(values));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn fields_of_nodes() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchFields:
          - key: metadata.namespace
                 ^^^^^^^^^^^^^^^^^^ invalid key `metadata.namespace` in `matchFields`: expected `metadata.name`
            operator: Exists
                      ^^^^^^ invalid operator `Exists`: expected one of `In`, `NotIn`
          - key: metadata.name
            operator: In
            values: [a, b]
            ^^^^^^ `In` requires exactly one value
        - matchExpressions:
          - key: cores
            operator: Gt
            values: []
            ^^^^^^ `Gt` requires exactly one value
          - key: cores
            operator: "{{ .Values.operator }}"
  containers: []
"#,
        );
    }
}
