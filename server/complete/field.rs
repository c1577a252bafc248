//! Field names of the type that the cursor is in: required ones first, those that are there
//! already left out.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::schema::{Field, ObjectType, Type};

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    complete_item(cx, items);
    let Some(ty) = cx.ty().and_then(Type::object).filter(|_| cx.at_field()) else { return };
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    let is_there = |name: &str| {
        let keys = map.into_iter().flat_map(|map| map.entries()).map(|entry| entry.key);
        keys.filter(|key| !cx.cursor.is_probe(*key)).any(|key| key.text() == Some(name))
    };
    for (order, field) in ty.fields_as_written().enumerate() {
        if !is_there(field.name()) {
            items.push(item(cx, ty, field, order, ""));
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

/// Required fields first, then those that most manifests have.
fn rank(ty: ObjectType, field: Field) -> usize {
    if field.required() {
        return 0;
    }
    let common = COMMON.iter().find(|(of, _)| *of == ty).map_or(&[][..], |(_, names)| names);
    let last = common.len() + 1;
    1 + common.iter().position(|name| *name == field.name()).unwrap_or(last)
}

/// What people write most often, in the order in which they write it.
const COMMON: [(ObjectType, &[&str]); 3] = [
    (
        ObjectType::named("core.v1.Container"),
        &["image", "command", "args", "ports", "env", "resources", "volumeMounts"],
    ),
    (ObjectType::named("core.v1.PodSpec"), &["initContainers", "volumes"]),
    (ObjectType::named("core.v1.ContainerPort"), &["name", "containerPort"]),
];

fn is_deprecated(field: Field) -> bool {
    let doc = field.doc();
    let start: String = doc.chars().take(120).collect();
    start.to_ascii_lowercase().contains("deprecated")
}

/// The field with the start of its value: a new line for what has lines of its own.
fn with_value(cx: &CompletionCx<'_>, field: Field, shift: usize) -> String {
    let name = field.name();
    if cx.in_brackets() {
        let key = match (cx.layout.quoted_keys, cx.cursor.is_quoted()) {
            (true, false) => format!("\"{name}\""),
            _ => name.to_owned(),
        };
        return match field.ty() {
            Type::Object(_) | Type::Map(_) => format!("{key}: {{$0}}"),
            Type::List(_) => format!("{key}: [$0]"),
            _ => format!("{key}: $0"),
        };
    }
    let deeper = format!("{}{}", cx.pad(1), " ".repeat(shift));
    let level = format!("{}{}", cx.pad(0), " ".repeat(shift));
    match field.ty() {
        Type::Object(_) | Type::Map(_) => format!("{name}:\n{deeper}$0"),
        Type::List(_) if cx.layout.indented_lists => format!("{name}:\n{deeper}- $0"),
        Type::List(_) => format!("{name}:\n{level}- $0"),
        _ => format!("{name}: $0"),
    }
}
