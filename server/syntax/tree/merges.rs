//! Finds what `<<` brings into maps.

use std::collections::HashSet;

use crate::syntax::node::Node;
use crate::syntax::tree::lookup::hash;
use crate::syntax::tree::{Merges, NodeId, Tree};

/// How many keys are brought in besides two for each node: aliases can make a small text stand for a
/// huge one.
const MOST: usize = 20_000;

impl Merges {
    pub(super) fn of(tree: &Tree) -> Self {
        let maps = tree.nodes().filter(|node| node.entries().any(|entry| entry.is_merge()));
        let mut maps: Vec<_> = maps.collect();
        // What is merged stands before the alias, so it ends before the map does.
        maps.sort_by_key(|map| map.span().end);
        let mut merges = Self::default();
        let mut left = MOST + 2 * tree.len();
        for map in maps {
            let fields = merges.resolve(map, &mut left);
            merges.keys.extend(fields.iter().map(|key| ((map.id, hash(tree.value(*key))), *key)));
            merges.fields.insert(map.id, fields.into());
        }
        merges
    }

    /// The keys that count in `map`; `None` if it has no `<<`.
    pub(super) fn fields(&self, map: NodeId) -> Option<&[NodeId]> {
        self.fields.get(&map).map(Box::as_ref)
    }

    /// The key `text` of a map that has a `<<`.
    pub(super) fn key(&self, map: NodeId, text: &str) -> Option<NodeId> {
        self.keys.get(&(map, hash(text))).copied()
    }

    /// Pairs and merges count in their order: what `<<` brings in goes over a key that stands above it, as
    /// go-yaml v2 has it. Of the maps that one `<<` brings in, the first counts.
    fn resolve(&self, map: Node<'_>, left: &mut usize) -> Vec<NodeId> {
        let (mut own, mut merged) = (Vec::new(), Vec::new());
        let (mut taken, mut seen) = (HashSet::new(), HashSet::new());
        let entries: Vec<_> = map.entries().collect();
        for entry in entries.into_iter().rev() {
            if !entry.is_merge() {
                if entry.key.text().is_none_or(|key| taken.insert(key)) {
                    own.push(entry.key.id);
                }
                continue;
            }
            let sources = entry.merge_sources().filter(|it| !it.span().contains(map.span()));
            for source in sources.filter(|it| seen.insert(it.id)) {
                if *left == 0 {
                    break;
                }
                let keys = self.keys_of(source);
                *left = left.saturating_sub(keys.len());
                merged.extend(keys.iter().filter(|key| taken.insert(map.tree.value(**key))));
            }
        }
        own.reverse();
        own.append(&mut merged);
        own
    }

    fn keys_of(&self, map: Node<'_>) -> Vec<NodeId> {
        match self.fields(map.id) {
            Some(fields) => fields.to_vec(),
            None => map.own_fields().map(|entry| entry.key.id).collect(),
        }
    }
}
