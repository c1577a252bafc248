//! Field names of the type that the cursor is in: required ones first, those that are there
//! already left out.

use crate::complete::{CompletionCx, Item, ItemKind, common, doubt, hold, manifest};
use crate::schema::{Field, ObjectType, Type};

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let Some(ty) = cx.ty().and_then(Type::object).filter(|_| cx.at_field()) else { return };
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    let is_there = |name: &str| {
        let keys = map.into_iter().flat_map(|map| map.entries()).map(|entry| entry.key);
        keys.filter(|key| !cx.cursor.is_probe(*key)).any(|key| key.text() == Some(name))
    };
    // An item that is begun with its dash starts with what every item has.
    let some_required = ty.fields().any(Field::required);
    let starts = |field: &Field| !cx.adds_dash() || field.required() || !some_required;
    let below = cx.node.next_sibling().filter(|_| cx.cursor.holds_lines);
    let fits = |field: &Field| below.is_none_or(|below| hold::fits(below, field.ty()));
    for (order, field) in ty.fields_as_written().enumerate() {
        if !is_there(field.name()) && starts(&field) && fits(&field) {
            items.push(item(cx, ty, field, order));
        }
    }
}

fn item(cx: &CompletionCx<'_>, ty: ObjectType, field: Field, order: usize) -> Item {
    let name = field.name();
    let insert = if cx.cursor.has_colon {
        name.to_owned()
    } else if cx.cursor.holds_lines {
        format!("{name}:")
    } else {
        with_value(cx, field)
    };
    let doubt = doubt::of_field(cx, ty, field);
    let last = if doubt.is_some() { "8" } else { "" };
    let mut item = Item {
        sort: format!("{last}{}{order:03}", rank(ty, field)),
        detail: doubt.unwrap_or_else(|| field.ty().to_string()),
        deprecated: is_deprecated(field),
        docs: Some(format!("{} {name}", ty.name())),
        ..cx.item(name, ItemKind::Field, insert)
    };
    if cx.adds_dash() {
        item.label.insert_str(0, "- ");
    }
    item
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
fn with_value(cx: &CompletionCx<'_>, field: Field) -> String {
    let name = field.name();
    if cx.in_brackets() {
        return format!("{}: {}", cx.quoted_key(name), cx.empty_value(field.ty()));
    }
    if let Some(version) = version_of_root(cx, field) {
        return format!("{name}: {version}");
    }
    let (level, deeper) = (cx.pad(0), cx.pad(1));
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
