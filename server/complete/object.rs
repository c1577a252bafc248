//! Names of other objects and their keys: ConfigMaps, Secrets, claims, Services.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::pod::{Name, spoken};
use crate::schema::Type;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.node.is_key() || !matches!(cx.ty(), Some(Type::String)) {
        return;
    }
    let Some(place) = spoken(cx.node) else { return };
    let fits = |name: &Name| {
        let thing = &name.thing;
        let near = place.object.is_empty() || place.object == thing.object;
        name.is_definition && thing.kind == place.kind && thing.of == place.of && near
    };
    let mut names: Vec<Name> = (cx.known)().names.into_iter().filter(fits).collect();
    names.sort_by(|a, b| a.thing.name.cmp(&b.thing.name));
    names.dedup_by(|a, b| a.thing.name == b.thing.name);
    for Name { thing, .. } in names {
        let detail = match thing.object.as_str() {
            "" => thing.of.clone(),
            object => format!("{} {object}", thing.of),
        };
        let insert = cx.text_value(&thing.name);
        items.push(Item { detail, ..cx.item(&thing.name, ItemKind::Reference, insert) });
    }
}
