//! Labels that pods get, and the selectors that ask for them.

use crate::pod::Object;
use crate::schema::{core, meta};
use crate::syntax::{Entry, Node};

/// Whether labels of pods stand in the object.
pub(super) fn has_some(object: &Object<'_>) -> bool {
    match object.ty {
        meta::OBJECT_META => {
            object.parent.is_some_and(|it| matches!(it.ty, core::POD | core::POD_TEMPLATE_SPEC))
        }
        // A claim selects volumes by their labels; a network policy may select namespaces.
        meta::LABEL_SELECTOR => {
            object.held_by() != "namespaceSelector"
                && object
                    .parent
                    .is_none_or(|holder| holder.ty != core::PERSISTENT_VOLUME_CLAIM_SPEC)
        }
        core::SERVICE_SPEC | core::REPLICATION_CONTROLLER_SPEC => true,
        _ => false,
    }
}

/// Keys and values, and whether a pod gets them.
pub(super) fn of<'a>(object: &Object<'a>) -> impl Iterator<Item = (Entry<'a>, bool)> + use<'a> {
    let (field, is_definition) = match object.ty {
        meta::OBJECT_META => ("labels", true),
        meta::LABEL_SELECTOR => ("matchLabels", false),
        _ => ("selector", false),
    };
    let map = object.field(field);
    let pairs = map.into_iter().flat_map(Node::fields).map(move |entry| (entry, is_definition));
    let asked = object.field("matchExpressions").filter(|_| object.ty == meta::LABEL_SELECTOR);
    pairs.chain(asked.into_iter().flat_map(Node::items).flat_map(expression))
}

/// The values that an expression asks for, each with its key.
fn expression(item: Node<'_>) -> impl Iterator<Item = (Entry<'_>, bool)> {
    let key = item.resolved().and_then(|item| item.field("key"));
    let values = item.resolved().and_then(|item| item.field("values"));
    let values = values.into_iter().flat_map(Node::items);
    values.filter_map(move |value| Some((Entry { key: key?, value }, false)))
}
