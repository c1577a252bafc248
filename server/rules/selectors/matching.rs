//! Whether labels match a selector, as in the API server. Several rules use this.

use crate::formats::names::{label_value, qualified_name};
use crate::formats::placeholder::is_filled_in;
use crate::syntax::Node;

/// A part of a selector that labels do not meet.
pub(super) struct Unmet<'a> {
    /// The part in YAML: `app: web`.
    pub(super) text: String,
    /// The label that would meet it, when only one does.
    pub(super) label: Option<(&'a str, &'a str)>,
}

/// What the label map `labels` does not meet of a `LabelSelector`; `None` when one of them cannot
/// be evaluated.
pub(super) fn unmet<'a>(selector: Node<'a>, labels: Option<Node<'a>>) -> Option<Vec<Unmet<'a>>> {
    let mut found = Vec::new();
    if let Some(wanted) = selector.field("matchLabels") {
        found = unmet_labels(wanted, labels, true)?;
    }
    let expressions = selector.field("matchExpressions");
    for expression in expressions.into_iter().flat_map(Node::items) {
        let expression = expression.resolved()?;
        if !is_met(expression, labels)? {
            found.push(Unmet { text: shown(expression), label: None });
        }
    }
    Some(found)
}

/// What `labels` lack of the label map `wanted`. Where labels have to be `valid`, others make the
/// map one that cannot be evaluated.
pub(super) fn unmet_labels<'a>(
    wanted: Node<'a>,
    labels: Option<Node<'a>>,
    valid: bool,
) -> Option<Vec<Unmet<'a>>> {
    let mut found = Vec::new();
    for entry in wanted.is_map().then(|| wanted.fields())? {
        let key = entry.key.text()?;
        let value = value_of(entry.value)?;
        if valid && (qualified_name(key).is_err() || label_value(value).is_err()) {
            return None;
        }
        if label(labels, key)? != Some(value) {
            found.push(Unmet { text: format!("{key}: {value}"), label: Some((key, value)) });
        }
    }
    Some(found)
}

/// Whether a selector has no parts at all.
pub(super) fn is_empty(selector: Node<'_>) -> bool {
    let none = |field: &str| selector.field(field).is_none_or(|it| it.children().next().is_none());
    selector.is_map() && none("matchLabels") && none("matchExpressions")
}

/// The value of a label; the outer `None` when it cannot be known.
pub(super) fn label<'a>(labels: Option<Node<'a>>, key: &str) -> Option<Option<&'a str>> {
    let Some(labels) = labels else { return Some(None) };
    if !labels.is_map() {
        return None;
    }
    match labels.entry(key) {
        Some(entry) => value_of(entry.value).map(Some),
        None => Some(None),
    }
}

/// A null is an empty text for the API server.
fn value_of(node: Node<'_>) -> Option<&str> {
    let node = node.resolved()?;
    if node.is_null() {
        return Some("");
    }
    node.as_str().filter(|text| !is_filled_in(text))
}

/// Whether an expression is met; `None` when it is not valid.
fn is_met(expression: Node<'_>, labels: Option<Node<'_>>) -> Option<bool> {
    let key = expression.field("key")?.as_str().filter(|key| qualified_name(key).is_ok())?;
    let values = expression.field("values");
    let values = values.into_iter().flat_map(Node::items).map(value_of);
    let mut values = values.map(|it| it.filter(|text| label_value(text).is_ok())).peekable();
    let value = label(labels, key)?;
    let some = values.peek().is_some();
    let mut among = |text: &str| -> Option<bool> {
        values.try_fold(false, |found, it| Some(found || it? == text))
    };
    match expression.field("operator")?.as_str()? {
        "In" if some => value.map_or(Some(false), among),
        "NotIn" if some => value.map_or(Some(true), |text| Some(!among(text)?)),
        "Exists" if !some => Some(value.is_some()),
        "DoesNotExist" if !some => Some(value.is_none()),
        _ => None,
    }
}

/// `tier In (web, api)`.
fn shown(expression: Node<'_>) -> String {
    let text = |field| expression.field(field).and_then(Node::as_str).unwrap_or_default();
    let values = expression.field("values");
    let values = values.into_iter().flat_map(Node::items).filter_map(value_of);
    let values: Vec<_> = values.collect();
    let list = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
    format!("{} {}{list}", text("key"), text("operator"))
}
