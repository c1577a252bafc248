//! Gives a place deep in a map a value, with the maps on the way to it.

use crate::syntax::Node;
use crate::syntax::write::{New, Place, insert, replace};
use crate::text::Edit;

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
