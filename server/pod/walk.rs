//! Walks the maps of a manifest together with their types.

use crate::pod::container::with_few_aliases;
use crate::pod::object::{Object, TypedEntry};
use crate::pod::precedence;
use crate::schema::{ObjectType, Type, Version, dropped};
use crate::syntax::{Entry, MAX_DEPTH, Node};

/// Calls `visit` for the map `root` of type `ty` and for every object below it that the API server
/// of `version` would decode.
pub fn walk(root: Node<'_>, ty: ObjectType, version: Version, visit: &mut dyn FnMut(&Object<'_>)) {
    // Of objects and their fields: aliases can make a small text stand for a huge one.
    let budget = root.tree().len() * 2 + 2_000;
    let mut walk = Walk { version, budget, depth: 0, visit };
    walk.descend(root, ty, None, "");
}

struct Walk<'v> {
    version: Version,
    budget: usize,
    depth: usize,
    visit: &'v mut dyn FnMut(&Object<'_>),
}

impl Walk<'_> {
    fn descend<'a>(
        &mut self,
        node: Node<'a>,
        ty: ObjectType,
        parent: Option<&'a Object<'a>>,
        held_by: &'a str,
    ) {
        if self.depth > MAX_DEPTH || self.budget == 0 {
            return;
        }
        let typed = |entry: Entry<'a>| {
            let field = entry.key.text().and_then(|name| ty.field(name));
            TypedEntry { entry, field }
        };
        let fields: Vec<TypedEntry<'a>> = node.fields().map(typed).collect();
        self.budget = self.budget.saturating_sub(1 + fields.len());
        let dropped =
            parent.is_some_and(|outer| outer.dropped || dropped(outer.ty, held_by, self.version));
        let skipped_by_server = parent.is_some_and(|outer| {
            outer.skipped_by_server
                || precedence::is_skipped_by_server(outer, held_by, self.version)
        });
        let object =
            Object { node, ty, parent, fields: &fields, held_by, dropped, skipped_by_server };
        (self.visit)(&object);
        self.depth += 1;
        for TypedEntry { entry, field } in &fields {
            let Some(field) = field.filter(|it| it.since() <= self.version) else { continue };
            objects_in(entry.value, field.ty(), &mut |node, ty| {
                self.descend(node, ty, Some(&object), field.name());
            });
        }
        self.depth -= 1;
    }
}

/// Calls `each` for the objects that a value of type `ty` is or holds.
fn objects_in<'a>(value: Node<'a>, ty: Type, each: &mut dyn FnMut(Node<'a>, ObjectType)) {
    let Some(value) = value.resolved() else { return };
    match ty {
        Type::Object(object) if value.is_map() => each(value, object),
        Type::List(item) if item.get().object().is_some() => {
            for node in with_few_aliases(value.items()) {
                match (node.is_null(), item.get()) {
                    // To the server an item that is null is one without any fields.
                    (true, Type::Object(object)) => each(node, object),
                    (_, item) => objects_in(node, item, each),
                }
            }
        }
        Type::Map(item) if item.get().object().is_some() => {
            for entry in value.entries() {
                objects_in(entry.value, item.get(), each);
            }
        }
        _ => {}
    }
}
