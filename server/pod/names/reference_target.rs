//! What a place that is still empty would refer to.

use crate::pod::expected;
use crate::pod::names::SymbolKind;
use crate::pod::names::table::{NameUse, name_use};
use crate::syntax::Node;

/// What a name that goes here stands for: an object, a key of one, or the value of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceTarget {
    pub kind: SymbolKind,
    /// The kind of the object; of a label its key.
    pub of: String,
    /// Of keys: the name of the object that has them.
    pub object: String,
}

/// What the value `node` refers to, if that is something other documents can make.
pub fn reference_target(node: Node<'_>) -> Option<ReferenceTarget> {
    let (owner, field) = expected(node)?.field?;
    let map = node.parent()?;
    let around = expected(map).and_then(|it| it.field);
    let held_by = around.map_or("", |(_, field)| field.name());
    let text = |node: Option<Node<'_>>, field| {
        let value = node.and_then(|node| node.field(field)?.as_str());
        value.unwrap_or_default().to_owned()
    };
    let of_object =
        |of: String| ReferenceTarget { kind: SymbolKind::Object, of, object: String::new() };
    let of_key =
        |of: &str, object| ReferenceTarget { kind: SymbolKind::Key, of: of.to_owned(), object };
    match name_use(owner, field.name(), held_by, around.map(|(outer, _)| outer))? {
        NameUse::Object(of) => Some(of_object(of.to_owned())),
        NameUse::ObjectOfKind => Some(of_object(text(Some(map), "kind"))),
        NameUse::Key(of) => Some(of_key(of, text(Some(map), "name"))),
        NameUse::Item(of, field) => {
            let holder = map.parent().and_then(Node::parent);
            Some(of_key(of, text(holder, field)))
        }
        NameUse::Defines(_) | NameUse::Refers(_) => None,
    }
}
