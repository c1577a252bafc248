//! Names of ports that Services of the same file lead to.

use crate::pod::names::collect::symbol;
use crate::pod::names::{Occurrence, SymbolKind};
use crate::pod::{Manifest, Pod};
use crate::schema::core::SERVICE;
use crate::syntax::{Node, Parse};

/// The names in `service` that stand for ports of the pods in `pods`. Their scope is a container of
/// `pods`, their span a place in `service`.
pub(super) fn port_links(service: &Parse, pods: &Parse) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for manifest in Manifest::all(service).iter().filter(|it| it.ty() == Some(SERVICE)) {
        let Some(spec) = manifest.root.field("spec") else { continue };
        let wanted = |pod: &Pod<'_>| selects(spec, pod);
        let all: Vec<_> = Manifest::all(pods);
        for pod in all.iter().flat_map(Pod::all).filter(wanted) {
            found.extend(targets(spec).filter_map(|target| link(target, &pod)));
        }
    }
    found
}

/// The values of `targetPort` that are names.
fn targets(spec: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let ports = spec.items_of("ports");
    ports.filter_map(|port| port.field("targetPort")).filter(|it| it.as_str().is_some())
}

fn link(target: Node<'_>, pod: &Pod<'_>) -> Option<Occurrence> {
    let text = target.as_str()?;
    let has = |port: Node<'_>| port.field("name").and_then(Node::as_str) == Some(text);
    let holder = pod.containers.iter().find(|it| it.items("ports").any(has))?;
    let symbol = symbol(SymbolKind::Port, Some(holder.node.id()), text.to_owned());
    let span = target.content_span();
    let source = target.tree().slice(span);
    let quotes = usize::from(source != text);
    let span = crate::text::Span::new(span.start + quotes, span.end.checked_sub(quotes)?);
    (target.tree().slice(span) == text).then_some(Occurrence { symbol, span, is_definition: false })
}

/// Whether the Service of this spec leads to the pod.
fn selects(spec: Node<'_>, pod: &Pod<'_>) -> bool {
    let labels = pod.metadata().and_then(|metadata| metadata.field("labels"));
    let Some(labels) = labels else { return false };
    let mut wanted = spec.field("selector").into_iter().flat_map(Node::fields).peekable();
    wanted.peek().is_some()
        && wanted.all(|entry| {
            let key = entry.key.text().unwrap_or_default();
            let value = entry.value.resolved().and_then(Node::text);
            value.is_some() && labels.field(key).and_then(Node::text) == value
        })
}
