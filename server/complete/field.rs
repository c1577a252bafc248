//! Field names of the type that the cursor is in: required ones first, those that are there
//! already left out.

use crate::complete::{CompletionCx, Item, ItemKind, common, manifest};
use crate::schema::{Field, ObjectType, Type};

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    complete_item(cx, items);
    let Some(ty) = cx.ty().and_then(Type::object).filter(|_| cx.at_field()) else { return };
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    let is_there = |name: &str| {
        let keys = map.into_iter().flat_map(|map| map.entries()).map(|entry| entry.key);
        keys.filter(|key| !cx.cursor.is_probe(*key)).any(|key| key.text() == Some(name))
    };
    let above = cx.comma_above();
    for (order, field) in ty.fields_as_written().enumerate() {
        if !is_there(field.name()) {
            let also = above.iter().cloned().collect();
            items.push(Item { also, ..item(cx, ty, field, order, "") });
        }
    }
}

/// In a list whose dash is not typed yet, the fields of its items come with the dash.
fn complete_item(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let item_type = cx.starts_list().and_then(|list| list.ty.item());
    let Some(ty) = item_type.and_then(Type::object) else { return };
    let required = ty.fields_as_written().filter(|field| field.required());
    for (order, field) in required.enumerate() {
        let mut first = item(cx, ty, field, order, "- ");
        first.label.insert_str(0, "- ");
        items.push(first);
    }
}

fn item(cx: &CompletionCx<'_>, ty: ObjectType, field: Field, order: usize, dash: &str) -> Item {
    let name = field.name();
    let insert = if cx.cursor.has_colon {
        name.to_owned()
    } else if cx.cursor.holds_lines {
        format!("{name}:")
    } else {
        format!("{dash}{}", with_value(cx, field, dash.len()))
    };
    Item {
        detail: field.ty().to_string(),
        sort: format!("{}{order:03}", rank(ty, field)),
        deprecated: is_deprecated(field),
        docs: Some(format!("{} {name}", ty.name())),
        ..cx.item(name, ItemKind::Field, insert)
    }
}

/// What every object starts with and required fields first, then those that most manifests have. Two
/// digits, since editors compare texts.
fn rank(ty: ObjectType, field: Field) -> String {
    let place = common::place(ty, field.name());
    let head = matches!(field.name(), "apiVersion" | "kind" | "metadata");
    let first = field.required() || (head && ty.field("apiVersion").is_some());
    format!("{}{place:02}", usize::from(!first))
}

fn is_deprecated(field: Field) -> bool {
    let doc = field.doc();
    let start: String = doc.chars().take(120).collect();
    start.to_ascii_lowercase().contains("deprecated")
}

/// The field with the start of its value: a new line for what has lines of its own.
fn with_value(cx: &CompletionCx<'_>, field: Field, shift: usize) -> String {
    let name = field.name();
    if cx.in_brackets() {
        let key = cx.quoted_key(name);
        let value = match field.ty() {
            Type::Object(_) | Type::Map(_) => "{$0}",
            Type::List(_) => "[$0]",
            Type::String if cx.strings_are_quoted() => "\"$0\"",
            _ => "$0",
        };
        return format!("{key}: {value}{}", cx.comma());
    }
    let deeper = format!("{}{}", cx.pad(1), " ".repeat(shift));
    let level = format!("{}{}", cx.pad(0), " ".repeat(shift));
    if let Some(version) = version_of_root(cx, field) {
        return format!("{name}: {version}");
    }
    match field.ty() {
        Type::Object(_) | Type::Map(_) => format!("{name}:\n{deeper}$0"),
        Type::List(_) if cx.layout.indented_lists => format!("{name}:\n{deeper}- $0"),
        Type::List(_) => format!("{name}:\n{level}- $0"),
        _ => format!("{name}: $0"),
    }
}

/// What `apiVersion` has to be in the object around, if its kind leaves no choice.
fn version_of_root(cx: &CompletionCx<'_>, field: Field) -> Option<&'static str> {
    let root = cx.node.parent().filter(|_| field.name() == "apiVersion")?;
    manifest::only_version(root)
}
