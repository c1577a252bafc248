//! What edits of a template do to what the engine makes of it.
//!
//! A template is rendered in a few ways: all blocks printed, none, each second one. An edit is right if it
//! does the same in all of them, and brings no new error.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use crate::config::Settings;
use crate::ide::Document;
use crate::rules::Severity;
use crate::schema::{Type, object_types};
use crate::syntax::{Kind, Node, TemplateText, Tree, Way};
use crate::text::{Edit, apply};

/// The blocks that are printed: all, none, each second one.
const WAYS: [fn(usize) -> bool; 3] = [|_| true, |_| false, |block| block % 2 == 0];

/// How much text may be rendered and read for the offers at one place, in bytes, and so many times the
/// template. Somebody waits for them.
const LEAST: usize = 512 << 10;
const TIMES: usize = 16;

/// The renderings of a template.
pub(super) struct Renderings {
    text: String,
    settings: Arc<Settings>,
    /// The blocks around the containers: without those there is no pod.
    around: Vec<usize>,
    before: Vec<Rendering>,
    /// How many bytes may still be read.
    left: Cell<usize>,
}

/// One rendering: how often each value is there, and each error.
struct Rendering {
    is_on: fn(usize) -> bool,
    is_full: bool,
    values: HashMap<u64, i32>,
    errors: HashMap<String, i32>,
    has_pod: bool,
}

/// What an edit does to the values: how often each is there more or less.
type Difference = Vec<(u64, i32)>;

impl Renderings {
    /// Those of `text`, whose containers start at `containers`. `None` where they cannot be known, and
    /// then no edit is known to be right.
    pub(super) fn of(text: &str, containers: usize, settings: &Arc<Settings>) -> Option<Self> {
        let template = TemplateText::read(text)?;
        let around = template.blocks_around(containers);
        let mut all = Self {
            text: text.to_owned(),
            settings: Arc::clone(settings),
            around,
            before: Vec::new(),
            left: Cell::new(LEAST + TIMES * text.len()),
        };
        let ways = if template.is_plain() { &WAYS[..2] } else { &WAYS[..] };
        // Where an empty list makes no YAML, the values never are empty.
        let rendering = |is_on: &fn(usize) -> bool| {
            let in_way = |is_full| all.rendering(&template, *is_on, is_full);
            in_way(is_on(0)).or_else(|| in_way(true))
        };
        all.before = ways.iter().filter_map(rendering).collect();
        let is_known = all.before.len() == ways.len() && all.before.iter().any(|it| it.has_pod);
        is_known.then_some(all)
    }

    /// Whether `edits` do the same in each rendering, as far as that may still be found out. `adds` tells
    /// that they may only add.
    pub(super) fn allow(&self, edits: &[Edit], adds: bool) -> bool {
        let after = apply(&self.text, edits);
        let Some(left) = self.left.get().checked_sub(self.before.len() * after.len()) else {
            return false;
        };
        self.left.set(left);
        let Some(template) = TemplateText::read(&after) else { return false };
        let mut same: Option<Difference> = None;
        self.before.iter().all(|before| {
            let Some(after) = self.rendering(&template, before.is_on, before.is_full) else {
                return false;
            };
            let difference = before.difference(&after);
            let is_worse =
                |it: (&String, &i32)| before.errors.get(it.0).is_none_or(|all| all < it.1);
            if after.errors.iter().any(is_worse) || before.has_pod != after.has_pod {
                return false;
            }
            if !before.has_pod {
                return difference.is_empty();
            }
            let takes = difference.iter().any(|(_, more)| *more < 0);
            let is_same = same.as_ref().is_none_or(|same| *same == difference);
            same = Some(difference);
            is_same && !(adds && takes)
        })
    }

    /// `None` where what is printed is no YAML.
    fn rendering(
        &self,
        template: &TemplateText<'_>,
        is_on: fn(usize) -> bool,
        is_full: bool,
    ) -> Option<Rendering> {
        let way = Way {
            is_on: &|block| self.around.contains(&block) || is_on(block),
            is_full,
            is_list: &is_list_field,
        };
        let text = template.render(&way)?;
        let document = Document::new(&text, &self.settings);
        if document.faults() > 0 {
            return None;
        }
        let mut rendering = Rendering {
            is_on,
            is_full,
            values: HashMap::new(),
            errors: HashMap::new(),
            has_pod: false,
        };
        // With some of the blocks no error is new that is none with all of them or without any.
        if is_on(0) == is_on(1) {
            let errors =
                document.findings().into_iter().filter(|it| it.severity == Severity::Error);
            errors.for_each(|it| *rendering.errors.entry(it.message).or_default() += 1);
        }
        document.analyses().for_each(|analysis| rendering.collect(&analysis.parse.tree));
        Some(rendering)
    }
}

impl Rendering {
    fn difference(&self, after: &Self) -> Difference {
        let count = |of: &Self, value| of.values.get(value).copied().unwrap_or_default();
        let new = after.values.keys().filter(|it| !self.values.contains_key(*it));
        let changed =
            self.values.keys().chain(new).map(|it| (*it, count(after, it) - count(self, it)));
        let mut difference: Vec<_> = changed.filter(|(_, more)| *more != 0).collect();
        difference.sort_unstable();
        difference
    }

    /// Counts the values of `tree` with their paths. Items have no number, and the lists of containers
    /// are one, so that an item that changes its place stays the same.
    fn collect(&mut self, tree: &Tree) {
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
                _ => *self.values.entry(digest(path, source(node))).or_default() += 1,
            }
        }
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
fn is_list_field(name: &str) -> bool {
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
