//! Labels: selectors get those of the pods around, and pods those that selectors ask for.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::pod::{Expected, Occurrence, SymbolKind, expected};
use crate::schema::Type;
use crate::schema::core::{REPLICATION_CONTROLLER_SPEC, SERVICE_SPEC};
use crate::schema::meta::{LABEL_SELECTOR, OBJECT_META};
use crate::syntax::Node;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let (map, key) = match cx.at_map_key() {
        true => (cx.expected, None),
        false => {
            let map = cx.node.parent().filter(|map| map.is_map()).and_then(expected);
            let Some(key) = cx.node.key().and_then(Node::text) else { return };
            (map.filter(|it| matches!(it.ty, Type::Map(_))), Some(key))
        }
    };
    let Some(of_pods) = map.and_then(made_here) else { return };
    let holder = cx.node.parent().filter(|_| cx.node.is_key());
    let is_there = |key: &str| holder.is_some_and(|map| map.get(key).is_some());
    // A key that is matched for each revision is none to name here.
    let by_revision = cx.node.ancestors().find_map(|it| it.field("matchLabelKeys"));
    let is_refused =
        |key: &str| by_revision.is_some_and(|keys| keys.items().any(|it| it.text() == Some(key)));
    let fits = |name: &Occurrence| {
        let symbol = &name.symbol;
        let other = name.is_definition != of_pods;
        let wanted = key.map_or_else(|| !is_there(&symbol.of), |key| key == symbol.of);
        symbol.kind == SymbolKind::Label && other && wanted && !is_refused(&symbol.of)
    };
    let mut labels: Vec<(String, String)> = (cx.known)()
        .names
        .into_iter()
        .filter(fits)
        .map(|it| (it.symbol.of, it.symbol.name))
        .collect();
    labels.sort();
    labels.dedup();
    for (label, value) in labels {
        let value = cx.text_value(&value);
        let (shown, insert) = match key {
            Some(_) => (value.clone(), value),
            None if cx.cursor.has_colon => (label.clone(), label),
            None if cx.in_brackets() => {
                (format!("{label}: {value}"), format!("{}: {value}", cx.quoted_key(&label)))
            }
            None => (format!("{label}: {value}"), format!("{label}: {value}")),
        };
        items.push(Item { snippet: false, ..cx.item(&shown, ItemKind::Reference, insert) });
    }
}

/// Whether the pods of a template get the labels of this map; `None` where no pod is meant.
fn made_here(map: Expected) -> Option<bool> {
    let (owner, field) = map.field?;
    match (owner, field.name()) {
        (OBJECT_META, "labels") => Some(true),
        (LABEL_SELECTOR, "matchLabels")
        | (SERVICE_SPEC | REPLICATION_CONTROLLER_SPEC, "selector") => Some(false),
        _ => None,
    }
}
