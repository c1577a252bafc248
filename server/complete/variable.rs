//! `$(NAME)`: the variables that Kubernetes puts in.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::pod::Container;
use crate::syntax::Node;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let before = cx.cursor.before();
    let Some(head) = before.strip_suffix("$(") else { return };
    // Two dollars stand for one.
    let dollars = head.bytes().rev().take_while(|byte| *byte == b'$').count();
    if dollars % 2 == 1 {
        return;
    }
    let Some(pod) = super::reference::pod_around(cx.node) else { return };
    let holds = |it: &&Container<'_>| cx.node.ancestors().any(|node| node == it.node);
    let Some(container) = pod.containers.iter().find(holds) else { return };
    let close = if cx.cursor.after().starts_with(')') { "" } else { ")" };
    // A variable knows those above it, commands and arguments know all.
    let is_own = |item: &Node<'_>| cx.node.ancestors().any(|node| node == *item);
    let above = container.items("env").take_while(|item| !is_own(item));
    for (order, item) in above.enumerate() {
        let Some(name) = item.field("name").and_then(Node::as_str) else { continue };
        let value = item.field("value").and_then(Node::text).unwrap_or("valueFrom");
        items.push(Item {
            detail: value.chars().take(40).collect(),
            sort: format!("{order:03}"),
            snippet: false,
            ..cx.item(name, ItemKind::Reference, format!("{name}{close}"))
        });
    }
}
