//! The fixes of names: a valid one that is near, and for volumes another name in all places. They
//! are in their own file, since the rule itself is only about forms.

use super::name_format_table::Form;
use crate::check::DiagnosticBuilder;
use crate::formats::suggest::suggest_within;
use crate::pod::Object;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

/// Offers the most likely name.
pub(super) fn add_fix(
    diagnostic: DiagnosticBuilder<'_>,
    node: Node<'_>,
    text: &str,
    form: Form,
    safe: bool,
) {
    let Some(name) = suggestion(text, form) else { return };
    let title = format!("Change to `{name}`");
    let edits = || write::replace(node, &New::text(&*name));
    if safe {
        diagnostic.fix(title, edits);
    } else {
        diagnostic.suggest(title, edits);
    }
}

pub(super) fn suggestion(text: &str, form: Form) -> Option<String> {
    suggest_within(text, form.nearest()?, form.longest())
}

/// The edits that give a volume and all that refers to it another name; none when that name is
/// taken.
pub(super) fn volume(volume: &Object<'_>, from: &str, to: &str) -> Vec<Edit> {
    let Some(spec) = volume.parent.map(|parent| parent.node) else { return Vec::new() };
    let is = |node: &Node<'_>, name: &str| node.as_str() == Some(name);
    if items(spec, "volumes").filter_map(|it| it.field("name")).any(|node| is(&node, to)) {
        return Vec::new();
    }
    let own = volume.node.field("name").into_iter();
    let mut names: Vec<_> = own.chain(users(spec)).filter(|node| is(node, from)).collect();
    // What an alias repeats is edited once.
    names.sort_by_key(|node| node.span().start);
    names.dedup();
    names.into_iter().filter_map(|node| write::replace(node, &New::text(to))).collect()
}

/// Where the containers of a pod name volumes.
fn users(spec: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let containers = lists.into_iter().flat_map(move |list| items(spec, list));
    containers.flat_map(|container| {
        let lists = ["volumeMounts", "volumeDevices"];
        let mounts = lists.into_iter().flat_map(move |list| items(container, list));
        let mounts = mounts.filter_map(|mount| mount.field("name"));
        let files = items(container, "env").filter_map(|variable| {
            variable.field("valueFrom")?.field("fileKeyRef")?.field("volumeName")
        });
        mounts.chain(files)
    })
}

fn items<'a>(node: Node<'a>, list: &str) -> impl Iterator<Item = Node<'a>> + use<'a> {
    node.items_of(list).filter_map(Node::resolved)
}
