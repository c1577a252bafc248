//! Finds the right place of a field in the wrong object.
//!
//! It searches in this order: a map below the object that lacks it; the twin of the object, such as
//! the security context of the pod for that of a container; an object around it that lacks it; an item
//! of a list below it.

use crate::pod::Object;
use crate::schema::core::{POD_SECURITY_CONTEXT, POD_SPEC, SECURITY_CONTEXT, VOLUME, VOLUME_MOUNT};
use crate::schema::{Field, ObjectType, Type};
use crate::syntax::write::{self, New};
use crate::syntax::{Entry, Kind, Node};
use crate::text::{Edit, Span};

/// Names that many types have: one of them alone does not suggest a map that does not exist yet.
const GENERAL: [&str; 8] = ["key", "kind", "name", "operator", "optional", "path", "type", "value"];

/// The depth of the search for missing maps, and for existing ones.
const DEEPEST_NEW: usize = 2;
const DEEPEST: usize = 6;

/// How many entries or items are searched for one field: many fields may be unknown.
const MOST: usize = 64;

/// The places where a field may belong, of which none is better than the others.
pub(super) struct Home<'a> {
    /// In words: a path, or several.
    pub(super) place: String,
    /// The only one, if a map or the way to it is there.
    target: Option<Target<'a>>,
}

/// A map that is there, and the way from it to the one that should hold the field.
#[derive(Clone)]
struct Target<'a> {
    holder: Node<'a>,
    steps: Vec<&'static str>,
}

/// An unknown field of an object.
pub(super) struct Stray<'a, 'o> {
    pub(super) name: &'a str,
    pub(super) entry: Entry<'a>,
    pub(super) object: &'o Object<'a>,
}

impl<'a> Stray<'a, '_> {
    /// The map below the object that lacks the field.
    pub(super) fn below(&self) -> Option<Home<'a>> {
        self.within(self.object.node, self.object.ty).or_else(|| self.map_of_any_keys())
    }

    /// The object that shares the field's owner: the other security context, the volume of a mount.
    pub(super) fn twin(&self) -> Option<Home<'a>> {
        let pod = self.object.within(POD_SPEC)?;
        match self.object.ty {
            SECURITY_CONTEXT if self.fits(POD_SECURITY_CONTEXT) => {
                let steps = vec!["securityContext"];
                self.home(&[Target { holder: pod.node, steps }])
            }
            POD_SECURITY_CONTEXT if self.fits(SECURITY_CONTEXT) => {
                self.of_items(pod, "containers", &["securityContext"])
            }
            VOLUME_MOUNT => self.within(named(pod.node.field("volumes")?, self.object)?, VOLUME),
            VOLUME if self.fits(VOLUME_MOUNT) => self.mount(pod),
            _ => None,
        }
    }

    /// The nearest object around this one that lacks the field.
    pub(super) fn above(&self) -> Option<Home<'a>> {
        let above = self.object.ancestors().skip(1);
        let mut lacking = above.filter(|it| self.fits(it.ty) && it.node.field(self.name).is_none());
        self.home(&[Target { holder: lacking.next()?.node, steps: Vec::new() }])
    }

    /// An item of a list below the object.
    pub(super) fn in_items(&self) -> Option<Home<'a>> {
        let lists = self.object.ty.fields().filter(|field| {
            let item = field.ty().item().and_then(Type::object);
            matches!(field.ty(), Type::List(_)) && item.is_some_and(|ty| self.reaches(ty))
        });
        let lists: Vec<_> = lists.collect();
        let there = |field: &&Field| self.object.node.field(field.name()).is_some();
        // Prefers `containers` and `env` to the lists of rarer kinds beside them.
        let usual = |field: &&Field| ["containers", "env", "volumeMounts"].contains(&field.name());
        let list = match lists.as_slice() {
            [one] => Some(one),
            all => all.iter().find(usual).or_else(|| all.iter().find(there)),
        }?;
        let ty = list.ty().item().and_then(Type::object)?;
        let steps = if self.fits(ty) { Vec::new() } else { steps_to(ty, self.name)? };
        self.of_items(self.object, list.name(), &steps)
    }

    /// Whether the type, or a map right in it, has the field.
    fn reaches(&self, ty: ObjectType) -> bool {
        self.fits(ty) || !GENERAL.contains(&self.name) && steps_to(ty, self.name).is_some()
    }

    /// The only item of a list that lacks the field, else any item of it.
    fn of_items(
        &self,
        holder: &Object<'a>,
        list: &'static str,
        steps: &[&'static str],
    ) -> Option<Home<'a>> {
        let items = holder.node.items_of(list);
        let items: Vec<_> = items.filter(|item| item.is_map()).take(2).collect();
        if let [one] = items.as_slice()
            && let Some(Some(_)) = self.state(*one, steps)
        {
            return self.home(&[Target { holder: *one, steps: steps.to_vec() }]);
        }
        let path = path_of(holder.node, &[list]);
        let inner =
            if steps.is_empty() { String::new() } else { format!("`{}` of ", steps.join(".")) };
        Some(Home { place: format!("{inner}an item of `{path}`"), target: None })
    }

    /// A mount of this volume.
    fn mount(&self, pod: &Object<'a>) -> Option<Home<'a>> {
        let containers = pod.node.items_of("containers");
        let mounts =
            containers.take(MOST).filter_map(|it| named(it.field("volumeMounts")?, self.object));
        let lacking: Vec<_> = mounts.filter(|mount| mount.field(self.name).is_none()).collect();
        let targets: Vec<_> =
            lacking.iter().map(|holder| Target { holder: *holder, steps: Vec::new() }).collect();
        let any =
            || Home { place: "a mount in `volumeMounts` of a container".to_owned(), target: None };
        Some(self.home(&targets).unwrap_or_else(any))
    }

    /// The best maps below `node` that lack the field.
    fn within(&self, node: Node<'a>, ty: ObjectType) -> Option<Home<'a>> {
        let mut level = vec![(Vec::new(), ty)];
        for depth in 1..=DEEPEST {
            let mut next = Vec::new();
            for (steps, ty) in &level {
                for field in ty.fields() {
                    let Type::Object(inner) = field.ty() else { continue };
                    let steps: Vec<_> = steps.iter().copied().chain([field.name()]).collect();
                    next.push((steps, inner));
                }
            }
            let best = self.best(node, &next);
            if !best.is_empty() {
                return self.home(&best);
            }
            next.retain(|(steps, _)| depth < DEEPEST_NEW || is_there(node, steps));
            level = next;
        }
        None
    }

    /// Of the maps at `ways` those that lack the field: empty ones, else those that are there, else
    /// those that could be; of these the ones that could hold most of what is unknown here.
    fn best(&self, node: Node<'a>, ways: &[(Vec<&'static str>, ObjectType)]) -> Vec<Target<'a>> {
        let rated = ways.iter().filter(|(_, ty)| self.fits(*ty)).filter_map(|(steps, ty)| {
            let state = self.state(node, steps)?;
            let others = self.strays_of(*ty);
            let unlikely = GENERAL.contains(&self.name) && others < 2;
            if state.is_none() && unlikely { None } else { Some(((rank(state), others), steps)) }
        });
        let rated: Vec<_> = rated.collect();
        let most = rated.iter().map(|(rate, _)| *rate).max();
        let best = rated.iter().filter(|(rate, _)| Some(*rate) == most);
        best.map(|(_, steps)| Target { holder: node, steps: (*steps).clone() }).collect()
    }

    /// What is at the end of `steps`: `Some(false)` for a key without a value, `Some(true)` for a map
    /// without the field, `None` for nothing; `None` around it when something else is in the way.
    fn state(&self, node: Node<'a>, steps: &[&str]) -> Option<Option<bool>> {
        let mut node = node;
        for step in steps {
            match node.get(step) {
                None => return Some(None),
                Some(value) if value.is_null() => return Some(Some(false)),
                Some(value) => node = value.resolved().filter(|it| it.is_map())?,
            }
        }
        node.field(self.name).is_none().then_some(Some(true))
    }

    /// How many of the unknown fields of the object `ty` has.
    fn strays_of(&self, ty: ObjectType) -> usize {
        let strays = self.object.fields.iter().filter(|it| it.field.is_none()).take(MOST);
        strays.filter(|it| it.entry.key.text().is_some_and(|key| ty.field(key).is_some())).count()
    }

    /// A map of free keys, where there is little else: `matchLabels`, `limits`.
    fn map_of_any_keys(&self) -> Option<Home<'a>> {
        const MOST_FIELDS: usize = 3;
        let ty = self.object.ty;
        if ty.fields().len() > MOST_FIELDS || !self.entry.value.is_scalar() {
            return None;
        }
        let of_scalars = |field: &Field| match field.ty() {
            Type::Map(item) => matches!(item.get(), Type::String | Type::Quantity),
            _ => false,
        };
        let maps: Vec<_> = ty.fields().filter(of_scalars).collect();
        let targets: Vec<_> = maps
            .iter()
            .filter(|field| self.state(self.object.node, &[field.name()]).is_some())
            .map(|field| Target { holder: self.object.node, steps: vec![field.name()] })
            .collect();
        self.home(&targets)
    }

    /// Whether `ty` has the field and takes the value.
    fn fits(&self, ty: ObjectType) -> bool {
        ty.field(self.name).is_some() && fits(self.entry.value, self.name, ty)
    }

    fn home(&self, targets: &[Target<'a>]) -> Option<Home<'a>> {
        const MOST_NAMED: usize = 3;
        let name = |it: &Target<'_>| match path_of(it.holder, &it.steps) {
            path if path.is_empty() => "the top level".to_owned(),
            path => format!("`{path}`"),
        };
        match targets {
            [] => None,
            [one] => Some(Home { place: name(one), target: Some(one.clone()) }),
            [some @ .., last] if targets.len() <= MOST_NAMED => {
                let some: Vec<_> = some.iter().map(name).collect();
                Some(Home { place: format!("{} or {}", some.join(", "), name(last)), target: None })
            }
            _ => None,
        }
    }

    /// The edits that move the field to the only place where it belongs. None where a copy would lose
    /// something.
    pub(super) fn moved(&self, home: &Home<'a>) -> Vec<Edit> {
        let Some(target) = &home.target else { return Vec::new() };
        let first = target.steps.first();
        if target.holder == self.object.node
            && let Some(first) = first
            && target.holder.get(first).is_none()
        {
            return self.wrapped(&target.steps).into_iter().collect();
        }
        let steps: Vec<_> = target.steps.iter().copied().chain([self.name]).collect();
        let set = New::of(self.entry.value).and_then(|it| write::set(target.holder, &steps, &it));
        let (Some(set), Some(removed)) = (set, write::remove(self.entry.key)) else {
            return Vec::new();
        };
        if self.holds_more_than_values(removed.span) {
            return Vec::new();
        }
        let apart = set.span.end <= removed.span.start || removed.span.end <= set.span.start;
        if apart { vec![removed, set] } else { Vec::new() }
    }

    /// Whether there are comments, anchors or aliases in the entry, which is removed with `span`.
    fn holds_more_than_values(&self, span: Span) -> bool {
        let tree = self.entry.key.tree();
        let comment = tree.comments().partition_point(|it| it.start < span.start);
        let has_comment = tree.comments().get(comment).is_some_and(|it| it.start < span.end);
        let mut open = vec![self.entry.value];
        while let Some(node) = open.pop() {
            if node.kind() == Kind::Alias {
                return true;
            }
            open.extend(node.children());
        }
        has_comment || tree.anchors().any(|(at, _)| span.contains(at))
    }

    /// The entry at its new place, inside of maps that were missing.
    fn wrapped(&self, steps: &[&str]) -> Option<Edit> {
        let (key, value) = (self.entry.key, self.entry.value);
        let span = Span::new(key.span().start, value.content_span().end.max(key.span().end));
        let text = key.tree().slice(span);
        if key.in_flow() {
            let open: String = steps.iter().map(|step| format!("{step}: {{")).collect();
            return Some(Edit::replace(span, format!("{open}{text}{}", "}".repeat(steps.len()))));
        }
        let tree = key.tree().text();
        let line = tree.get(..span.start)?.rsplit('\n').next()?;
        let pad = " ".repeat(line.chars().count());
        let lines: Vec<_> = text.trim_end().split('\n').collect();
        let deeper = format!("\n{}", "  ".repeat(steps.len()));
        let text = lines.join(&deeper);
        let mut out = String::new();
        for (depth, step) in steps.iter().enumerate() {
            out.push_str(&format!("{step}:\n{pad}{}", "  ".repeat(depth + 1)));
        }
        let kept = Span::new(span.start, span.start + key.tree().slice(span).trim_end().len());
        Some(Edit::replace(kept, out + &text))
    }
}

fn is_there(node: Node<'_>, steps: &[&str]) -> bool {
    steps.iter().try_fold(node, |node, step| node.field(step)).is_some_and(Node::is_map)
}

fn rank(state: Option<bool>) -> u8 {
    match state {
        Some(false) => 2,
        Some(true) => 1,
        None => 0,
    }
}

/// The item of the list that has the name of `object`.
fn named<'a>(list: Node<'a>, object: &Object<'a>) -> Option<Node<'a>> {
    let name = object.text("name");
    list.items().take(MOST).find(|item| item.field("name").and_then(Node::as_str) == Some(name))
}

/// The only way of one step from `ty` to a map that has the field.
fn steps_to(ty: ObjectType, name: &str) -> Option<Vec<&'static str>> {
    let has = |field: &Field| field.ty().object().is_some_and(|it| it.field(name).is_some());
    let mut ways = ty.fields().filter(has);
    let first = ways.next()?;
    ways.next().is_none().then(|| vec![first.name()])
}

fn path_of(holder: Node<'_>, steps: &[&str]) -> String {
    let path = holder.path();
    let all =
        std::iter::once(path.as_str()).filter(|it| !it.is_empty()).chain(steps.iter().copied());
    all.collect::<Vec<_>>().join(".")
}

/// Whether the value has the shape of the field: a map, a list, or neither.
pub(super) fn fits(value: Node<'_>, field: &str, ty: ObjectType) -> bool {
    let Some(value) = value.resolved().filter(|it| !it.is_null()) else { return true };
    match ty.field(field).map(Field::ty) {
        Some(Type::Object(_) | Type::Map(_)) => value.is_map(),
        Some(Type::List(_)) => value.is_seq(),
        Some(Type::Json) | None => true,
        Some(_) => value.is_scalar(),
    }
}
