//! The pairs of maps, with what `<<` merges in.

use std::collections::HashMap;

use crate::syntax::node::{Children, Node};
use crate::syntax::tree::{Kind, NodeId, Style};

/// A key and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    pub key: Node<'a>,
    /// The value as it stands there: an alias is not followed.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// The pairs of a map as they stand there, duplicates and `<<` included; nothing for other
    /// nodes.
    pub fn entries(self) -> Entries<'a> {
        Entries(if self.is_map() { self.children() } else { self.no_children() })
    }

    /// The value of `key`: the last one written, aliases followed, else one that `<<` merges in.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key)?.value.resolved()
    }

    /// The pair of `key`: the last one written, else one that `<<` merges in.
    pub fn entry(self, key: &str) -> Option<Entry<'a>> {
        if !self.is_map() {
            return None;
        }
        self.pair(self.tree.last_key(self.id, key)?)
    }

    fn pair(self, key: NodeId) -> Option<Entry<'a>> {
        let value = self.tree.next(key)?;
        Some(Entry { key: self.tree.node(key), value: self.tree.node(value) })
    }

    /// The pairs that count: of equal keys the last one, and what `<<` adds.
    pub fn fields(self) -> Fields<'a> {
        match self.tree.merged_fields(self.id) {
            Some(keys) => Fields {
                own: Entries(self.no_children()),
                last: None,
                keys: keys.iter(),
                map: self,
            },
            None => self.own_fields(),
        }
    }

    /// The pairs that count without `<<`.
    pub(super) fn own_fields(self) -> Fields<'a> {
        // Comparing all pairs of a small map needs no memory.
        let many = self.children().nth(2 * 64).is_some();
        let last = many.then(|| self.last_keys());
        Fields { own: self.entries(), last, keys: [].iter(), map: self }
    }

    /// Each key where it stands last.
    fn last_keys(self) -> HashMap<&'a str, NodeId> {
        self.entries().filter_map(|it| Some((it.key.text()?, it.key.id))).collect()
    }

    /// The value of `key` unless it is null: for the server both are the same.
    pub fn field(self, key: &str) -> Option<Node<'a>> {
        self.get(key).filter(|value| !value.is_null())
    }
}

/// The pairs of a map in order.
#[derive(Clone)]
pub struct Entries<'a>(Children<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        Some(Entry { key: self.0.next()?, value: self.0.next()? })
    }
}

/// The pairs of a map that count.
pub struct Fields<'a> {
    map: Node<'a>,
    /// All pairs of a map without a `<<`.
    own: Entries<'a>,
    /// Each of its keys where it stands last, if it is large.
    last: Option<HashMap<&'a str, NodeId>>,
    /// The keys of a map with a `<<`.
    keys: std::slice::Iter<'a, NodeId>,
}

impl<'a> Fields<'a> {
    fn counts(&self, entry: &Entry<'a>) -> bool {
        match (&self.last, entry.key.text()) {
            (Some(last), Some(key)) => last.get(key) == Some(&entry.key.id),
            _ => !entry.is_overridden(),
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        while let Some(entry) = self.own.next() {
            if self.counts(&entry) {
                return Some(entry);
            }
        }
        self.map.pair(*self.keys.next()?)
    }
}

impl<'a> Entry<'a> {
    /// The maps that this `<<` merges in.
    pub(super) fn merge_sources(self) -> impl Iterator<Item = Node<'a>> {
        let source = self.value.resolved();
        let single = source.filter(|source| source.is_map());
        let several = source.map(|source| source.items().filter_map(Node::resolved));
        single.into_iter().chain(several.into_iter().flatten())
    }

    /// Whether the same key stands again further down.
    pub fn is_overridden(&self) -> bool {
        let Some(key) = self.key.text() else { return false };
        let mut later = self.value.next_sibling();
        while let Some(next) = later {
            if next.text() == Some(key) {
                return true;
            }
            later = next.next_sibling().and_then(Node::next_sibling);
        }
        false
    }

    /// Whether this is `<<: ...`.
    pub fn is_merge(&self) -> bool {
        let Node { tree, id } = self.key;
        tree.is_scalar_of(id, "<<") && self.key.kind() == Kind::Scalar(Style::Plain)
    }
}
