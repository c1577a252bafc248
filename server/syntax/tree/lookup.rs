//! Finds keys and anchors by their names.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::syntax::tree::{Merges, NodeId, Tree};

/// Maps with at least this many children are not searched key by key.
const LARGE_MAP: usize = 128;

impl Tree {
    /// The keys that count in a map with a `<<`; `None` for other maps.
    pub(crate) fn merged_fields(&self, map: NodeId) -> Option<&[NodeId]> {
        self.merges()?.fields(map)
    }

    fn merges(&self) -> Option<&Merges> {
        self.has_merge_sign.then(|| self.merges.get_or_init(|| Merges::of(self)))
    }

    fn is_large(&self, map: NodeId) -> bool {
        self.last_child(map).is_some_and(|last| self.index(last) >= LARGE_MAP)
    }

    /// The last key `text` of a map, else one that `<<` brings in. Its value stands behind it.
    pub(crate) fn last_key(&self, map: NodeId, text: &str) -> Option<NodeId> {
        if let Some(merges) = self.merges().filter(|it| it.fields(map).is_some()) {
            return merges.key(map, text).filter(|key| self.is_scalar_of(*key, text));
        }
        if self.is_large(map) {
            return self.indexed_key(map, text);
        }
        let last = self.last_child(map)?;
        // A key without a value does not count.
        let is_value = self.index(last) % 2 == 1;
        let mut value = if is_value { last } else { self.prev(last)? };
        loop {
            let key = self.prev(value)?;
            if self.is_scalar_of(key, text) {
                return Some(key);
            }
            value = self.prev(key)?;
        }
    }

    fn indexed_key(&self, map: NodeId, text: &str) -> Option<NodeId> {
        let keys = self.keys.get_or_init(|| self.large_maps());
        let key = *keys.get(&(map, hash(text)))?;
        // Two spellings of one hash are next to impossible; the search tells them apart.
        self.is_scalar_of(key, text).then_some(key)
    }

    fn large_maps(&self) -> HashMap<(NodeId, u64), NodeId> {
        let mut keys = HashMap::new();
        for node in self.nodes().filter(|node| node.is_key() && node.is_scalar()) {
            if let Some(map) = self.parent(node.id)
                && self.is_large(map)
            {
                let key = (map, hash(self.value(node.id)));
                let last = keys.entry(key).or_insert(node.id);
                *last = if self.index(*last) < self.index(node.id) { node.id } else { *last };
            }
        }
        keys
    }

    /// Where the anchor of `name` that holds at `before` points to.
    pub(crate) fn anchored(&self, name: &str, before: u32) -> Option<NodeId> {
        let by_name = self.by_name.get_or_init(|| self.sorted_anchors());
        let earlier = by_name.partition_point(|it| self.anchor(*it) < (name, before as usize));
        let found = *by_name.get(earlier.checked_sub(1)?)?;
        (self.anchor(found).0 == name).then(|| self.anchors[found as usize].1)
    }

    fn sorted_anchors(&self) -> Vec<u32> {
        let mut by_name: Vec<u32> = (0..self.anchors.len() as u32).collect();
        by_name.sort_by_key(|it| self.anchor(*it));
        by_name
    }
}

pub(super) fn has_merge_sign(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"<<").is_some()
}

pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
