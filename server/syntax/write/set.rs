//! Gives a place in a map a value, whatever is there now.

use crate::syntax::Node;
use crate::syntax::write::{New, Place, insert, push, replace};
use crate::text::Edit;

/// Gives `key` of a map a value; one that is not there yet goes to `place`.
pub fn put(map: Node<'_>, key: &str, value: &New, place: Place<'_>) -> Option<Edit> {
    match map.get(key) {
        Some(node) => replace(node, value),
        None => insert(map, key, value, place),
    }
}

/// Adds an item to the list at `key` of a map; where there is none, at `place`.
pub fn add(map: Node<'_>, key: &str, item: &New, place: Place<'_>) -> Option<Edit> {
    match map.get(key) {
        Some(list) if list.is_seq() => push(list, item),
        _ => put(map, key, &New::Seq(vec![item.clone()]), place),
    }
}

/// Gives what `path` leads to from `holder` a value, whether it or the maps around it are there or
/// not. `None` when something else stands in the way.
pub fn set(holder: Node<'_>, path: &[&str], value: &New) -> Option<Edit> {
    let (first, rest) = path.split_first()?;
    match holder.get(first) {
        Some(node) if rest.is_empty() => replace(node, value),
        Some(node) if node.is_map() => set(node, rest, value),
        Some(node) if node.is_null() => replace(node, &nested(rest, value)),
        Some(_) => None,
        None => insert(holder, first, &nested(rest, value), Place::Last),
    }
}

fn nested(path: &[&str], value: &New) -> New {
    let inner = path.iter().rev();
    inner.fold(value.clone(), |value, key| New::map([(*key, value)]))
}
