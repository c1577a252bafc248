//! Labels that pods get, and the selectors that ask for them.

use crate::pod::Object;
use crate::schema::ObjectType;
use crate::syntax::{Entry, Node};

const META: ObjectType = ObjectType::named("meta.v1.ObjectMeta");
const POD: ObjectType = ObjectType::named("core.v1.Pod");
const TEMPLATE: ObjectType = ObjectType::named("core.v1.PodTemplateSpec");
const SELECTOR: ObjectType = ObjectType::named("meta.v1.LabelSelector");
const CLAIM: ObjectType = ObjectType::named("core.v1.PersistentVolumeClaimSpec");
const SERVICE: ObjectType = ObjectType::named("core.v1.ServiceSpec");
const CONTROLLER: ObjectType = ObjectType::named("core.v1.ReplicationControllerSpec");

/// Whether labels of pods stand in the object.
pub(super) fn has_some(object: &Object<'_>) -> bool {
    match object.ty {
        META => object.parent.is_some_and(|it| matches!(it.ty, POD | TEMPLATE)),
        // A claim selects volumes by their labels; a network policy may select namespaces.
        SELECTOR => {
            object.held_by() != "namespaceSelector"
                && object.parent.is_none_or(|holder| holder.ty != CLAIM)
        }
        SERVICE | CONTROLLER => true,
        _ => false,
    }
}

/// Keys and values, and whether a pod gets them.
pub(super) fn of<'a>(object: &Object<'a>) -> impl Iterator<Item = (Entry<'a>, bool)> + use<'a> {
    let (field, is_definition) = match object.ty {
        META => ("labels", true),
        SELECTOR => ("matchLabels", false),
        _ => ("selector", false),
    };
    let map = object.field(field);
    let pairs = map.into_iter().flat_map(Node::fields).map(move |entry| (entry, is_definition));
    let asked = object.field("matchExpressions").filter(|_| object.ty == SELECTOR);
    pairs.chain(asked.into_iter().flat_map(Node::items).flat_map(expression))
}

/// The values that an expression asks for, each with its key.
fn expression(item: Node<'_>) -> impl Iterator<Item = (Entry<'_>, bool)> {
    let key = item.resolved().and_then(|item| item.field("key"));
    let values = item.resolved().and_then(|item| item.field("values"));
    let values = values.into_iter().flat_map(Node::items);
    values.filter_map(move |value| Some((Entry { key: key?, value }, false)))
}
