//! The values of two trees, and how they differ.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use crate::formats::placeholder::{is_placeholder, may_be_placeholder};
use crate::syntax::{Kind, Node, Scalar, Tree};
use crate::text::nearest;

/// How deep values are compared; below that their source is.
const DEEPEST: usize = 60;

/// How many pairs of values are compared where that has to be done one by one.
const MOST: usize = 1 << 17;

/// How the values differ. All `false` where only the style does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    /// A value is nowhere any more.
    pub(super) takes: bool,
    /// A value is another one, or has another key.
    pub(super) changes: bool,
    /// A value is there that was not.
    pub(super) adds: bool,
    /// A map or list that held something is empty.
    pub(super) empties: bool,
    /// A map has one key twice.
    pub(super) doubles: bool,
    /// What may be a placeholder is gone.
    pub(super) fills: bool,
    /// A placeholder is gone that somebody or some program was going to fill in.
    pub(super) overwrites: bool,
    /// The text cannot be read any more, or too much of it would have to be read to tell.
    pub(super) unknown: bool,
    /// The keys that the map around the edits got.
    pub(super) keys: Vec<String>,
    /// Keys that maps further in got, each with one there that resembles it.
    pub(super) beside: Vec<(String, String)>,
}

impl Effect {
    /// Notes that `text` is gone.
    pub(super) fn lose(&mut self, text: &str) {
        self.fills |= may_be_placeholder(text);
        self.overwrites |= is_placeholder(text);
    }
}

/// A value that is no collection with something in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Leaf<'a> {
    /// The keys that lead to it, `-` for an item.
    path: Box<[&'a str]>,
    value: Value<'a>,
    text: &'a str,
}

/// What a leaf holds. Equal values have the same type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Value<'a> {
    Null,
    Bool(bool),
    Int(i128),
    /// Its bits.
    Float(u64),
    Str(&'a str),
    /// The source of an alias, of an empty collection or of one that is too deep.
    Source(&'a str),
}

impl<'a> Value<'a> {
    fn of(node: Node<'a>) -> Self {
        match node.scalar() {
            Some(Scalar::Null) => Self::Null,
            Some(Scalar::Bool(value)) => Self::Bool(value),
            Some(Scalar::Int(value)) => Self::Int(value),
            Some(Scalar::Float(value)) => Self::Float(value.to_bits()),
            Some(Scalar::Str(text)) => Self::Str(text),
            None => Self::Source(node.tree().slice(node.content_span())),
        }
    }
}

/// The leaves of a tree, and how many keys stand a second time in their map.
#[derive(Default)]
struct Leaves<'a> {
    all: Vec<Leaf<'a>>,
    doubles: usize,
    keys: Vec<&'a str>,
}

impl<'a> Leaves<'a> {
    fn of(tree: &'a Tree) -> Self {
        let mut leaves = Self::default();
        if let Some(root) = tree.root() {
            leaves.keys = root.entries().filter_map(|it| it.key.text()).collect();
            leaves.add(root, &mut Vec::new());
        }
        leaves.all.sort_unstable();
        leaves
    }

    fn add(&mut self, node: Node<'a>, path: &mut Vec<&'a str>) {
        match node.kind() {
            Kind::Map { .. } if path.len() < DEEPEST && node.children().next().is_some() => {
                let mut keys = HashSet::new();
                for entry in node.entries() {
                    let key = entry.key.text().unwrap_or_default();
                    self.doubles += usize::from(!keys.insert(key));
                    self.within(key, entry.value, path);
                }
            }
            Kind::Seq { .. } if path.len() < DEEPEST && node.children().next().is_some() => {
                node.items().for_each(|item| self.within("-", item, path));
            }
            _ => self.all.push(Leaf {
                path: path.as_slice().into(),
                value: Value::of(node),
                text: node.text().unwrap_or_default(),
            }),
        }
    }

    fn within(&mut self, step: &'a str, node: Node<'a>, path: &mut Vec<&'a str>) {
        path.push(step);
        self.add(node, path);
        path.pop();
    }
}

/// How the values of two trees differ.
pub(super) fn compared(before: &Tree, after: &Tree) -> Effect {
    let (old, new) = (Leaves::of(before), Leaves::of(after));
    let (mut gone, mut come) = (without(&old.all, &new.all), without(&new.all, &old.all));
    let empty = |leaves: &[&Leaf<'_>]| {
        leaves.iter().filter(|it| is_empty(it) || it.text.is_empty()).count()
    };
    if empty(&come) * gone.len() + empty(&gone) * come.len() > MOST {
        return Effect { unknown: true, ..Effect::default() };
    }
    let known: HashSet<_> = old.keys.iter().collect();
    let mut effect = Effect {
        doubles: new.doubles > old.doubles,
        keys: new
            .keys
            .iter()
            .filter(|key| !known.contains(key))
            .map(|key| (*key).to_owned())
            .collect(),
        empties: come.iter().any(|it| is_empty(it) && gone.iter().any(|old| is_below(old, it))),
        changes: !gone.is_empty(),
        ..Effect::default()
    };
    pair(
        &mut gone,
        &mut come,
        |leaf| &leaf.value,
        |old, new| {
            let lost = old.path.iter().filter(|step| !new.path.contains(step));
            lost.for_each(|step| effect.lose(step));
        },
    );
    pair(
        &mut gone,
        &mut come,
        |leaf| &leaf.path,
        |old, new| {
            if old.text != new.text {
                effect.lose(old.text);
            }
        },
    );
    // What was empty and now holds something is not lost.
    gone.retain(|old| {
        !((is_empty(old) || old.text.is_empty()) && come.iter().any(|it| is_below(it, old)))
    });
    effect.takes = !gone.is_empty();
    gone.iter().for_each(|old| effect.lose(old.text));
    effect.adds = !come.is_empty();
    match beside(&come, &old.all) {
        Some(beside) => effect.beside = beside,
        None => effect.unknown = true,
    }
    effect
}

/// The keys on the way to new leaves that were not there, each with those beside it that resemble it.
/// `None` where they are too many.
fn beside(come: &[&Leaf<'_>], old: &[Leaf<'_>]) -> Option<Vec<(String, String)>> {
    let known: HashSet<&[&str]> =
        old.iter().flat_map(|it| (1..=it.path.len()).map(|len| &it.path[..len])).collect();
    let first_new =
        |leaf: &Leaf<'_>| (0..leaf.path.len()).find(|at| !known.contains(&leaf.path[..=*at]));
    let new: HashSet<&[&str]> =
        come.iter().filter_map(|it| Some(&it.path[..=first_new(it)?])).collect();
    if new.len() * old.len() > MOST {
        return None;
    }
    let mut found = Vec::new();
    for (key, above) in new.into_iter().filter_map(|path| path.split_last()) {
        let all = old.iter().filter(|it| it.path.starts_with(above));
        let others: BTreeSet<&str> =
            all.filter_map(|it| it.path.get(above.len()).copied()).collect();
        let like = others.into_iter().filter(|it| nearest(it, [*key]).is_some());
        found.extend(like.map(|it| ((*key).to_owned(), it.to_owned())));
    }
    Some(found)
}

/// What is in `all` more often than in `other`; both are sorted.
fn without<'l, 'a>(all: &'l [Leaf<'a>], other: &[Leaf<'a>]) -> Vec<&'l Leaf<'a>> {
    let mut other = other.iter().peekable();
    let is_more = |leaf: &&Leaf<'a>| {
        while other.next_if(|it| it < leaf).is_some() {}
        other.next_if(|it| it == leaf).is_none()
    };
    all.iter().filter(is_more).collect()
}

/// Takes out what is in both with the same `key`.
fn pair<'l, 'a, T: Hash + Eq>(
    gone: &mut Vec<&'l Leaf<'a>>,
    come: &mut Vec<&'l Leaf<'a>>,
    key: impl Fn(&'l Leaf<'a>) -> T,
    mut found: impl FnMut(&Leaf<'a>, &Leaf<'a>),
) {
    let mut places: HashMap<T, Vec<usize>> = HashMap::new();
    // The first one is taken first.
    for (at, new) in come.iter().enumerate().rev() {
        places.entry(key(new)).or_default().push(at);
    }
    let mut stays = vec![true; come.len()];
    gone.retain(|old| {
        let Some(at) = places.get_mut(&key(old)).and_then(Vec::pop) else { return true };
        found(old, come[at]);
        stays[at] = false;
        false
    });
    let mut stays = stays.into_iter();
    come.retain(|_| stays.next().unwrap_or(true));
}

fn is_empty(leaf: &Leaf<'_>) -> bool {
    matches!(leaf.value, Value::Source("{}" | "[]"))
}

fn is_below(leaf: &Leaf<'_>, above: &Leaf<'_>) -> bool {
    leaf.path.len() > above.path.len() && leaf.path.starts_with(&above.path)
}

#[cfg(test)]
mod tests {
    use super::compared;
    use crate::syntax::parse;
    use std::thread::Builder;

    #[test]
    fn depth_takes_no_stack() {
        let nested = |value| format!("{}{value}{}", "{a: ".repeat(5_000), "}".repeat(5_000));
        let (before, after) = (parse(&nested("1")), parse(&nested("2")));
        let compare = move || compared(&before.tree, &after.tree).changes;
        let thread = Builder::new().stack_size(256 * 1024).spawn(compare).unwrap();
        assert!(thread.join().unwrap());
    }
}
