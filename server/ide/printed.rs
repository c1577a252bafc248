//! What the texts say that a template engine may print: how often each value stands where.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use crate::schema::{Type, object_types};
use crate::syntax::{Kind, Node, Style, Tree};

/// How often each value is there, with its path.
#[derive(Default)]
pub(super) struct Values {
    pub(super) counts: HashMap<u64, i32>,
    pub(super) has_pod: bool,
}

impl Values {
    /// Counts the values of `tree` with their paths. Items have no number, and the lists of containers
    /// are one, so that an item that changes its place stays the same.
    pub(super) fn collect(&mut self, tree: &Tree) {
        let mut open: Vec<_> = tree.root().map(|root| (root, 0)).into_iter().collect();
        while let Some((node, path)) = open.pop() {
            let is_empty = node.children().next().is_none();
            match node.kind() {
                Kind::Map { .. } if !is_empty => {
                    for entry in node.entries() {
                        let key = entry.key.text().unwrap_or_default();
                        let is_list = matches!(key, "containers" | "initContainers");
                        self.has_pod |= key == "containers";
                        let key = if is_list { "containers" } else { key };
                        open.push((entry.value, digest(path, key)));
                    }
                }
                Kind::Seq { .. } if !is_empty => {
                    open.extend(node.items().map(|item| (item, digest(path, "-"))));
                }
                Kind::Scalar(Style::Absent) => {}
                _ => *self.counts.entry(digest(path, source(node))).or_default() += 1,
            }
        }
    }

    fn count(&self, value: u64) -> i32 {
        self.counts.get(&value).copied().unwrap_or_default()
    }

    /// How often each value is there more or less in `after`.
    pub(super) fn difference(&self, after: &Self) -> Vec<(u64, i32)> {
        let new = after.counts.keys().filter(|it| !self.counts.contains_key(*it));
        let all = self.counts.keys().chain(new);
        let changed = all.map(|it| (*it, after.count(*it) - self.count(*it)));
        let mut difference: Vec<_> = changed.filter(|(_, more)| *more != 0).collect();
        difference.sort_unstable();
        difference
    }

    /// Whether each value is still in `after`.
    pub(super) fn are_in(&self, after: &Self) -> bool {
        self.counts.iter().all(|(value, count)| after.count(*value) >= *count)
    }
}

fn source<'a>(node: Node<'a>) -> &'a str {
    node.text().unwrap_or_else(|| node.tree().slice(node.content_span()))
}

fn digest(path: u64, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, text).hash(&mut hasher);
    hasher.finish()
}

/// Whether a field of this name is a list, whatever type has it.
pub(super) fn is_list_field(name: &str) -> bool {
    static LISTS: OnceLock<HashSet<&str>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let (mut lists, mut others) = (HashSet::new(), HashSet::new());
        for field in object_types().flat_map(|ty| ty.fields()) {
            let kind = if matches!(field.ty(), Type::List(_)) { &mut lists } else { &mut others };
            kind.insert(field.name());
        }
        lists.retain(|name| !others.contains(name));
        lists
    });
    lists.contains(name)
}
