//! Edits that keep the style of their neighbours: indentation, list style, flow or block, quotes,
//! line ends, comments.
//!
//! All functions give edits relative to the tree's text, and `None` where an edit cannot be made
//! safely, such as inside an alias or at an unfinished line. What is not edited keeps its bytes.

mod block;
pub mod blocks;
mod flow;
mod item;
mod new;
mod remove;
pub mod tabstops;
mod set;
pub(crate) mod style;

pub use item::as_item;
pub use new::New;
pub use remove::remove;
pub use set::{add, put, set};
pub use style::Layout;

use crate::syntax::{Kind, Node, Style};
use crate::text::{Edit, Span};

/// Where in a map an entry goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    First,
    Last,
    /// Behind the entry of this key; at the end when there is none.
    After(&'a str),
    /// In front of the entry of this key; at the end when there is none.
    Before(&'a str),
}

/// Adds `key: value` to a map.
pub fn insert(map: Node<'_>, key: &str, value: &New, place: Place<'_>) -> Option<Edit> {
    let index = map_index(map, place);
    let entry = New::Map(vec![(key.to_owned(), value.clone())]);
    insert_child(map, index, &entry)
}

/// Adds several entries to a map, one behind the other.
pub fn insert_all(map: Node<'_>, entries: Vec<(String, New)>, place: Place<'_>) -> Option<Edit> {
    insert_child(map, map_index(map, place), &New::Map(entries))
}

/// Adds an item to a list, in front of the one at `index`, or at the end.
pub fn insert_item(seq: Node<'_>, index: usize, value: &New) -> Option<Edit> {
    insert_child(seq, index, &New::Seq(vec![value.clone()]))
}

/// Adds an item at the end of a list.
pub fn push(seq: Node<'_>, value: &New) -> Option<Edit> {
    insert_item(seq, usize::MAX, value)
}

/// Writes another word in the place of a key or a value, in the quotes that are there.
pub fn word(node: Node<'_>, text: impl Into<String>) -> Edit {
    let span = node.content_span();
    let quoted = matches!(node.kind(), Kind::Scalar(Style::SingleQuoted | Style::DoubleQuoted));
    let by = usize::from(quoted && !node.is_incomplete());
    Edit::replace(Span::new(span.start + by, span.end - by), text)
}

/// Replaces a value by other content; an absent value is filled in.
pub fn replace(node: Node<'_>, value: &New) -> Option<Edit> {
    if node.is_incomplete() || node.kind() == Kind::Alias {
        return None;
    }
    let layout = Layout::of(node);
    let span = node.content_span();
    if layout.flow {
        let text = value.flow(&layout, 0);
        return Some(Edit::replace(span, lead(node, span, text)));
    }
    match value {
        New::Scalar(text) => Some(Edit::replace(body(node), lead(node, span, text.clone()))),
        _ => block::replace(node, value, &layout),
    }
}

/// The content of a node without the line break at the end of a block scalar.
fn body(node: Node<'_>) -> Span {
    let span = node.content_span();
    let text = node.tree().slice(span);
    Span::new(span.start, span.start + text.trim_end_matches(['\n', '\r']).len())
}

/// `text` with the blank that separates it from `key:`, `-` or `&anchor` in front, where that is missing.
fn lead(node: Node<'_>, span: Span, text: String) -> String {
    let head = node.tree().text().get(..span.start).unwrap_or_default();
    let is_apart = head.is_empty() || head.ends_with([' ', '\t', '\n', '\r', '[', '{', ',']);
    let glued = node.kind() == Kind::Scalar(Style::Absent) && !is_apart;
    if glued { format!(" {text}") } else { text }
}

/// The index in front of which an entry goes.
fn map_index(map: Node<'_>, place: Place<'_>) -> usize {
    let find = |key: &str| map.entries().position(|entry| entry.key.text() == Some(key));
    match place {
        Place::First => 0,
        Place::Last => usize::MAX,
        Place::After(key) => find(key).map_or(usize::MAX, |index| index + 1),
        Place::Before(key) => find(key).unwrap_or(usize::MAX),
    }
}

/// Adds the entries or items of `new` to `parent`, in front of its child at `index`.
fn insert_child(parent: Node<'_>, index: usize, new: &New) -> Option<Edit> {
    let incomplete = parent.children().any(Node::is_incomplete);
    if parent.is_incomplete() || incomplete {
        return None;
    }
    match (parent.kind(), new) {
        (Kind::Map { flow: true }, New::Map(_)) | (Kind::Seq { flow: true }, New::Seq(_)) => {
            flow::insert(parent, index, new)
        }
        (Kind::Map { flow: false }, New::Map(_)) | (Kind::Seq { flow: false }, New::Seq(_)) => {
            block::insert(parent, index, new)
        }
        // `volumes:` with nothing behind it, or `volumes: null`.
        _ if parent.is_null() => replace(parent, new),
        _ => None,
    }
}

/// The starts of the children that count for an insertion: keys of a map, items of a list.
fn starts<'a>(parent: Node<'a>) -> Vec<Node<'a>> {
    match parent.kind() {
        Kind::Map { .. } => parent.entries().map(|entry| entry.key).collect(),
        _ => parent.items().collect(),
    }
}

#[cfg(test)]
mod tests;
