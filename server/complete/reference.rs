//! Names that stand elsewhere in the pod: volumes in mounts, ports in probes, containers.

use std::collections::HashSet;

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::pod::{Container, Manifest, Pod, Role, SymbolKind};
use crate::schema::{Type, core};
use crate::syntax::Node;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.node.is_key() || matches!(cx.ty(), Some(Type::Object(_) | Type::List(_) | Type::Map(_))) {
        return;
    }
    let Some((owner, field)) = cx.expected.and_then(|expected| expected.field) else { return };
    if owner == core::SERVICE_PORT && field.name() == "targetPort" {
        return target_ports(cx, items);
    }
    if owner == core::CONTAINER && field.name() == "name" {
        return containers_of_base(cx, items);
    }
    let names: fn(&Pod<'_>, &CompletionCx<'_>) -> Vec<(String, String)> = match field.name() {
        "name" if owner == core::VOLUME_MOUNT || owner == core::VOLUME_DEVICE => volumes,
        "port" if owner == core::HTTP_GET_ACTION || owner == core::TCP_SOCKET_ACTION => ports,
        "containerName" if owner == core::RESOURCE_FIELD_SELECTOR => containers,
        "targetContainerName" if owner == core::EPHEMERAL_CONTAINER => containers,
        "name" if owner == core::RESOURCE_CLAIM => claims,
        _ => return,
    };
    let Some(pod) = pod_around(cx.node) else { return };
    // What is being written is no name yet.
    let others = names(&pod, cx).into_iter().filter(|(name, _)| cx.node.text() != Some(name));
    items.extend(others.map(|(name, detail)| {
        let insert = cx.quoted_value(&name, field.ty());
        Item { detail, snippet: false, ..cx.item(&name, ItemKind::Reference, insert) }
    }));
}

/// The ports of all pods that are known: a Service may be for any of them.
fn target_ports(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let kinds = [SymbolKind::Port, SymbolKind::PortNumber];
    let names = (cx.known)().names.into_iter().filter(|it| it.is_definition);
    let mut ports: Vec<(usize, String)> = names
        .filter_map(|it| {
            let order = kinds.iter().position(|kind| *kind == it.symbol.kind)?;
            Some((order, it.symbol.name))
        })
        .collect();
    ports.sort();
    ports.dedup();
    items.extend(ports.into_iter().map(|(_, port)| {
        let insert = cx.quoted_value(&port, Type::IntOrString);
        Item { snippet: false, ..cx.item(&port, ItemKind::Reference, insert) }
    }));
}

/// The containers of the object of the same kind and name elsewhere, which this one is a patch of, as far
/// as the list does not have them.
fn containers_of_base(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let list = cx.node.ancestors().find(|it| it.is_seq());
    let Some((list, key)) = list.and_then(|it| Some((it, it.key()?.text()?))) else { return };
    let objects = cx.node.ancestors().filter(|it| it.is_map() && it.get("kind").is_some());
    let Some(object) = objects.last().map(Manifest::of) else { return };
    let Some(name) = object.name() else { return };
    let there: HashSet<&str> = list.items().filter_map(|item| item.field("name")?.text()).collect();
    let mut found: Vec<_> = (cx.known)().containers;
    found.retain(|it| {
        (&*it.kind, &*it.object, it.list) == (object.kind, name, key)
            && !it.name.is_empty()
            && !there.contains(&*it.name)
    });
    let mut names: Vec<String> = found.into_iter().map(|it| it.name).collect();
    names.dedup();
    items.extend(names.into_iter().map(|name| {
        let insert = cx.text_value(&name);
        Item { snippet: false, ..cx.item(&name, ItemKind::Reference, insert) }
    }));
}

/// The pod that holds `node`, in a manifest of any kind.
pub(super) fn pod_around(node: Node<'_>) -> Option<Pod<'_>> {
    let holds = |root: &Node<'_>| root.is_map() && root.get("spec").is_some();
    let roots: Vec<Node<'_>> = node.ancestors().filter(holds).collect();
    roots.iter().rev().find_map(|root| Pod::around(Manifest::of(*root), node))
}

fn volumes(pod: &Pod<'_>, _: &CompletionCx<'_>) -> Vec<(String, String)> {
    let named = pod.volumes.iter().filter(|volume| !volume.name.is_empty());
    named.map(|it| (it.name.to_owned(), it.source.to_owned())).collect()
}

/// The ports of the container that the cursor is in; a probe knows no others.
fn ports(pod: &Pod<'_>, cx: &CompletionCx<'_>) -> Vec<(String, String)> {
    let own = |it: &&Container<'_>| cx.node.ancestors().any(|node| node == it.node);
    let ports = pod.containers.iter().find(own).into_iter().flat_map(|it| it.items("ports"));
    let mut out = Vec::new();
    for port in ports {
        let number = port.field("containerPort").and_then(Node::as_int);
        let name = port.field("name").and_then(Node::as_str);
        let number = number.map(|it| it.to_string()).unwrap_or_default();
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            out.push((name.to_owned(), number.clone()));
        }
        if !number.is_empty() {
            out.push((number, name.unwrap_or_default().to_owned()));
        }
    }
    out
}

fn containers(pod: &Pod<'_>, _: &CompletionCx<'_>) -> Vec<(String, String)> {
    let lasting = |it: &&Container<'_>| it.role != Role::Ephemeral && !it.name().is_empty();
    let named = pod.containers.iter().filter(lasting);
    named.map(|it| (it.name().to_owned(), it.role.name().to_owned())).collect()
}

fn claims(pod: &Pod<'_>, _: &CompletionCx<'_>) -> Vec<(String, String)> {
    let claims = pod.spec.items_of("resourceClaims");
    let names = claims.filter_map(|claim| claim.field("name")?.as_str());
    names.map(|name| (name.to_owned(), "resource claim".to_owned())).collect()
}
