//! Values: those a field may have, booleans, the default.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::schema::{Field, ObjectType, Type};

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.at_map_key() {
        return complete_map_keys(cx, items);
    }
    if let Some(list) = cx.starts_list()
        && list.ty.item() == Some(Type::String)
        && let Some((owner, field)) = list.field
    {
        add_values(cx, owner, field, "- ", items);
    }
    if cx.node.is_key() {
        return;
    }
    let Some((owner, field)) = cx.expected.and_then(|expected| expected.field) else { return };
    if matches!(cx.ty(), Some(Type::Bool)) {
        for value in ["true", "false"] {
            let default = field.default_value() == Some(value);
            items.push(Item {
                detail: if default { "default".to_owned() } else { String::new() },
                ..cx.item(value, ItemKind::Value, value.to_owned())
            });
        }
    }
    let scalar = matches!(cx.ty(), Some(Type::String | Type::IntOrString | Type::Quantity));
    if scalar {
        add_values(cx, owner, field, "", items);
    }
}

/// The keys of maps such as `limits` and `nodeSelector`.
fn complete_map_keys(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let Some(expected) = cx.expected else { return };
    let (Type::Map(_), Some((owner, field))) = (expected.ty, expected.field) else { return };
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    for value in field.values() {
        let is_there = map.is_some_and(|map| map.get(value.value).is_some());
        if is_there || value.value.contains('<') {
            continue;
        }
        let colon = if cx.cursor.has_colon { "" } else { ": $0" };
        items.push(Item {
            detail: value.meaning.to_owned(),
            docs: Some(format!("{} {} {}", owner.name(), field.name(), value.value)),
            ..cx.item(value.value, ItemKind::Value, format!("{}{colon}", value.value))
        });
    }
}

fn add_values(
    cx: &CompletionCx<'_>,
    owner: ObjectType,
    field: Field,
    dash: &str,
    items: &mut Vec<Item>,
) {
    for (order, value) in field.values().enumerate() {
        if value.value.is_empty() {
            continue;
        }
        let insert = placeholders(value.value);
        items.push(Item {
            detail: detail(field, value.value),
            sort: format!("{order:03}"),
            docs: Some(format!("{} {} {}", owner.name(), field.name(), value.value)),
            ..cx.item(value.value, ItemKind::Value, format!("{dash}{insert}"))
        });
    }
}

fn detail(field: Field, value: &str) -> String {
    let default = field.default_value() == Some(value);
    if default { "default".to_owned() } else { String::new() }
}

/// `<...>` in a value stands for something the user fills in.
fn placeholders(value: &str) -> String {
    let Some((head, rest)) = value.split_once('<') else { return value.replace('$', "\\$") };
    let Some((word, tail)) = rest.split_once('>') else { return value.to_owned() };
    format!("{head}${{1:{word}}}{tail}")
}
