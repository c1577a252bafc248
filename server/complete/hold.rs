//! Lines whose key is gone: a key that is written above them takes them.

use crate::complete::union::excludes;
use crate::formats;
use crate::pod::{Expected, expected};
use crate::schema::Type;
use crate::syntax::{Cursor, Kind, Node};

/// Whether the lines below the key at the cursor belong to it, since what stands above cannot have them:
/// without the key the text is not YAML, or says what has another type.
pub(super) fn is_without_key(cursor: &Cursor) -> bool {
    let key = cursor.node();
    let (Some(map), Some(block)) = (key.parent(), key.next_sibling()) else { return false };
    if !block.kind().is_block() {
        return false;
    }
    let Some(owner) = owner(key, map, block) else { return true };
    let fits = expected(owner).is_none_or(|it| fits(block, it.ty) && !breaks_labels(it, block));
    !fits || repeats(owner, block) || is_wanted(map, block)
}

/// What the block would belong to, if the key were not there.
fn owner<'a>(key: Node<'a>, map: Node<'a>, block: Node<'a>) -> Option<Node<'a>> {
    let Some(above) = key.prev_sibling() else { return Some(map) };
    let mut last = above;
    loop {
        if last.kind() == block.kind() && last.indent() == block.indent() {
            return Some(last);
        }
        match last.last_child() {
            Some(inner) if last.kind().is_block() => last = inner,
            _ => return last.is_null().then_some(last),
        }
    }
}

/// Whether the two have a key in common, or keys of which there may be one only.
fn repeats(owner: Node<'_>, block: Node<'_>) -> bool {
    let ty = expected(owner).and_then(|it| it.ty.object());
    let mut keys = block.entries().filter_map(|entry| entry.key.text());
    let clash = |key: &str| {
        let mut others = owner.entries().filter_map(|entry| entry.key.text());
        others.any(|other| other == key || ty.is_some_and(|ty| excludes(ty, other, key)))
    };
    owner.kind() == Kind::Map { flow: false } && owner != block && keys.any(clash)
}

/// Whether the block has values that no label can have, where it would belong to labels.
fn breaks_labels(owner: Expected, block: Node<'_>) -> bool {
    let of_labels = owner.field.is_some_and(|(_, field)| {
        ["labels", "matchLabels"].contains(&field.name()) && matches!(owner.ty, Type::Map(_))
    });
    let is_label =
        |node: Node<'_>| node.text().is_none_or(|text| formats::names::label_value(text).is_ok());
    of_labels && block.entries().any(|entry| !is_label(entry.value))
}

/// Whether the map lacks a field that it must have and that the block can be.
fn is_wanted(map: Node<'_>, block: Node<'_>) -> bool {
    let ty = expected(map).and_then(|it| it.ty.object());
    let mut lacks =
        ty.into_iter().flat_map(|ty| ty.fields()).filter(|it| map.get(it.name()).is_none());
    lacks.any(|field| field.required() && fits(block, field.ty()))
}

/// Whether a value has this type, as far as its keys tell: most are known, for some may be misspelt.
pub(super) fn fits(value: Node<'_>, ty: Type) -> bool {
    if value.kind() == Kind::Alias || value.is_null() {
        return true;
    }
    match ty {
        Type::Json => true,
        Type::Object(ty) => {
            let known = |key: &str| key == "<<" || ty.field(key).is_some();
            let is_known = |node: Node<'_>| node.text().is_some_and(known);
            let all = value.entries().count();
            let some = value.entries().filter(|entry| is_known(entry.key)).count();
            value.is_map() && (all == 0 || some * 2 > all)
        }
        Type::List(item) => value.is_seq() && value.items().all(|it| fits(it, item.get())),
        Type::Map(item) => {
            value.is_map() && value.entries().all(|entry| fits(entry.value, item.get()))
        }
        _ => value.is_scalar(),
    }
}
