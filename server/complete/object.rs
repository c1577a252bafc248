//! Names of other objects and their keys: ConfigMaps, Secrets, claims, Services.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::pod::{Occurrence, reference_target};
use crate::schema::Type;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.node.is_key() || !matches!(cx.ty(), Some(Type::String)) {
        return;
    }
    let Some(place) = reference_target(cx.node) else { return };
    let fits = |name: &Occurrence| {
        let symbol = &name.symbol;
        let near = place.object.is_empty() || place.object == symbol.object;
        name.is_definition && symbol.kind == place.kind && symbol.of == place.of && near
    };
    let mut names: Vec<Occurrence> = (cx.known)().names.into_iter().filter(fits).collect();
    names.sort_by(|a, b| a.symbol.name.cmp(&b.symbol.name));
    names.dedup_by(|a, b| a.symbol.name == b.symbol.name);
    for Occurrence { symbol, .. } in names {
        let detail = match symbol.object.as_str() {
            "" => symbol.of.clone(),
            object => format!("{} {object}", symbol.of),
        };
        let insert = cx.text_value(&symbol.name);
        items.push(Item { detail, ..cx.item(&symbol.name, ItemKind::Reference, insert) });
    }
}
