//! What the texts say that a template engine may print: how often each value stands where.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::syntax::{Kind, Node, Style, TemplateText, Tree};

/// How often each value is there, with its path.
#[derive(Default)]
pub(super) struct Values {
    pub(super) counts: HashMap<u64, i32>,
    pub(super) has_pod: bool,
    /// How many mounts have no volume.
    pub(super) dangling: usize,
    /// How many keys stand twice in their map.
    pub(super) doubled: usize,
}

impl Values {
    /// Counts the values of `tree` with their paths. Items have no number, and the lists of containers
    /// are one, so that an item that changes its place stays the same.
    pub(super) fn collect(&mut self, tree: &Tree) {
        let claims: Vec<_> = tree.root().map(claims).unwrap_or_default();
        let mut open: Vec<_> = tree.root().map(|root| (root, 0)).into_iter().collect();
        while let Some((node, path)) = open.pop() {
            let is_empty = node.children().next().is_none();
            match node.kind() {
                Kind::Map { .. } if !is_empty => {
                    self.dangling += dangling(node, &claims);
                    self.doubled += doubled(node);
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

    /// Whether each value is still in `after`, and no key twice that was there once.
    pub(super) fn are_in(&self, after: &Self) -> bool {
        after.doubled <= self.doubled
            && self.counts.iter().all(|(value, count)| after.count(*value) >= *count)
    }
}

/// The names of the volumes that a StatefulSet claims for its pods.
fn claims(root: Node<'_>) -> Vec<&str> {
    let list = root.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    let claims = list.into_iter().flat_map(Node::items);
    claims.filter_map(|it| it.get("metadata")?.get("name")?.text()).collect()
}

/// How many mounts of the containers in `spec` are of no volume.
fn dangling(spec: Node<'_>, claims: &[&str]) -> usize {
    if spec.get("containers").is_none() {
        return 0;
    }
    let names = items(spec, "volumes").filter_map(|it| it.get("name")?.text());
    let names: HashSet<_> = names.chain(claims.iter().copied()).collect();
    let containers = items(spec, "containers").chain(items(spec, "initContainers"));
    let mounts = containers.flat_map(|it| items(it, "volumeMounts"));
    let mounted = mounts.filter_map(|it| it.get("name")?.text());
    mounted.filter(|name| !names.contains(name)).count()
}

fn doubled(map: Node<'_>) -> usize {
    let mut seen = HashSet::new();
    map.entries().filter_map(|entry| entry.key.text()).filter(|key| !seen.insert(*key)).count()
}

fn items<'a>(node: Node<'a>, list: &str) -> impl Iterator<Item = Node<'a>> + use<'a> {
    node.items_of(list)
}

fn source<'a>(node: Node<'a>) -> &'a str {
    node.text().unwrap_or_else(|| node.tree().slice(node.content_span()))
}

fn digest(path: u64, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (path, text).hash(&mut hasher);
    hasher.finish()
}

/// How much text is printed to find out which actions never print an empty list or map, in bytes, and so many
/// times the template.
const LEAST: usize = 192 << 10;
const TIMES: usize = 4;

/// The actions of `template`, which has `len` bytes, that never print an empty list or map, since that would be no YAML beside what
/// else stands there. `is_yaml` tries the printing in which some hold something. `None` where they cannot
/// be known.
pub(super) fn never_empty(
    template: &TemplateText<'_>,
    len: usize,
    is_yaml: impl Fn(&dyn Fn(&str) -> bool) -> bool,
) -> Option<HashSet<String>> {
    let mut never = HashSet::new();
    if is_yaml(&|_| false) {
        return Some(never);
    }
    let all: HashSet<&str> = template.possibly_empty().collect();
    if all.len() * len > LEAST + TIMES * len {
        return None;
    }
    let alone = all.into_iter().filter(|empty| !is_yaml(&|action| action != *empty));
    never.extend(alone.map(str::to_owned));
    is_yaml(&|action| never.contains(action)).then_some(never)
}
