//! The pairs of maps, with what `<<` merges in.

use std::collections::{HashMap, HashSet};

use crate::syntax::node::{Children, Node};
use crate::syntax::tree::{Kind, NodeId, Style};

/// How many maps `<<` may bring into one, each with what `<<` brings into it: aliases can make a small
/// text stand for a huge one.
const MOST_MERGES: usize = 100;

/// How many of them may be within each other.
const DEEPEST_MERGE: usize = 16;

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
        self.entry_within(key, &mut { MOST_MERGES }, DEEPEST_MERGE)
    }

    /// Pairs and merges count in their order: what `<<` brings in goes over a key that stands above
    /// it, as go-yaml v2 has it.
    fn entry_within(self, key: &str, merges: &mut usize, deep: usize) -> Option<Entry<'a>> {
        if !self.is_map() {
            return None;
        }
        if !self.tree.may_merge(self.id) {
            let key = self.tree.last_key(self.id, key)?;
            let value = self.tree.next(key)?;
            return Some(Entry { key: self.tree.node(key), value: self.tree.node(value) });
        }
        let mut found = None;
        for entry in self.entries() {
            if self.tree.is_scalar_of(entry.key.id, key) {
                found = Some(entry);
            } else if entry.is_merge() {
                let merged = entry.merge_sources().find_map(|map| {
                    *merges = merges.checked_sub(1)?;
                    map.entry_within(key, merges, deep.checked_sub(1)?)
                });
                found = merged.or(found);
            }
        }
        found
    }

    /// The pairs that count: of equal keys the last one, and what `<<` adds.
    pub fn fields(self) -> Fields<'a> {
        // Comparing all pairs of a small map needs no memory.
        let many = self.children().nth(2 * 64).is_some();
        let merges = self.tree.may_merge(self.id) && self.entries().any(|entry| entry.is_merge());
        Fields {
            map: self,
            entries: self.entries(),
            merged: merges.then(|| self.merged().into_iter()),
            last: many.then(|| self.last_keys()),
        }
    }

    /// Each key where it stands last.
    fn last_keys(self) -> HashMap<&'a str, NodeId> {
        self.entries().filter_map(|it| Some((it.key.text()?, it.key.id))).collect()
    }

    /// The maps that `<<` merges into this one, the strongest first. One that is merged several times is
    /// there once: aliases could make millions of pairs of a small text.
    pub fn merged(self) -> Vec<Node<'a>> {
        let merges = self.entries().filter(|entry| entry.is_merge());
        let mut seen = HashSet::new();
        let maps = merges.flat_map(|entry| entry.merge_sources());
        maps.filter(|map| seen.insert(map.id)).collect()
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
    /// Those of the map, then those of the maps that it merges in.
    entries: Entries<'a>,
    /// The maps that `<<` merges in; `None` if it merges none.
    merged: Option<std::vec::IntoIter<Node<'a>>>,
    /// Each key of a large map where it stands last.
    last: Option<HashMap<&'a str, NodeId>>,
}

impl<'a> Fields<'a> {
    fn counts(&self, entry: &Entry<'a>) -> bool {
        if entry.is_merge() {
            return false;
        }
        if self.merged.is_some() {
            let key = entry.key.text().unwrap_or_default();
            return self.map.entry(key).is_some_and(|found| found.key == entry.key);
        }
        match (&self.last, entry.key.text()) {
            (Some(last), Some(key)) => last.get(key) == Some(&entry.key.id),
            _ => !entry.is_overridden(),
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        loop {
            while let Some(entry) = self.entries.next() {
                if self.counts(&entry) {
                    return Some(entry);
                }
            }
            self.entries = self.merged.as_mut()?.next()?.entries();
        }
    }
}

impl<'a> Entry<'a> {
    /// The maps that this `<<` merges in.
    fn merge_sources(self) -> impl Iterator<Item = Node<'a>> {
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
