//! Containers that autoscalers of the same namespace refer to.

use crate::pod::names::collect::{inner, symbol};
use crate::pod::names::{Occurrence, SymbolKind};
use crate::pod::{Manifest, Pod};
use crate::syntax::{Node, Parse};

/// The names in `scalers` that stand for containers of the pods in `pods`. Their scope is the spec of a
/// pod in `pods`, their span a place in `scalers`.
pub(super) fn container_links(scalers: &Parse, pods: &Parse) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for scaler in &Manifest::all(scalers) {
        let Some((target, names)) = reference_target(scaler) else { continue };
        for scaled in Manifest::all(pods).iter().filter(|it| is_target(it, target, scaler)) {
            for pod in Pod::all(scaled) {
                found.extend(names.iter().filter_map(|name| link(*name, &pod)));
            }
        }
    }
    found
}

/// What an autoscaler scales, and where it names containers of that.
fn reference_target<'a>(scaler: &Manifest<'a>) -> Option<(Node<'a>, Vec<Node<'a>>)> {
    let spec = scaler.root.field("spec")?;
    match scaler.kind {
        "HorizontalPodAutoscaler" => {
            let metrics = spec.items_of("metrics");
            let name = |metric: Node<'a>| metric.field("containerResource")?.field("container");
            Some((spec.field("scaleTargetRef")?, metrics.filter_map(name).collect()))
        }
        "VerticalPodAutoscaler" => {
            let policies =
                spec.field("resourcePolicy").and_then(|it| it.field("containerPolicies"));
            let policies = policies.into_iter().flat_map(Node::items);
            let names = policies.filter_map(|policy| policy.field("containerName"));
            Some((spec.field("targetRef")?, names.collect()))
        }
        _ => None,
    }
}

/// Whether `manifest` is what `target` refers to, in the namespace of the scaler.
fn is_target(manifest: &Manifest<'_>, target: Node<'_>, scaler: &Manifest<'_>) -> bool {
    let text = |node: Node<'_>, field| node.field(field).and_then(Node::as_str).map(str::to_owned);
    let of = |it: &Manifest<'_>, field| text(it.root.field("metadata")?, field);
    let near = match (of(manifest, "namespace"), of(scaler, "namespace")) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    near && text(target, "kind").as_deref() == Some(manifest.kind)
        && text(target, "name").is_some_and(|name| of(manifest, "name") == Some(name))
}

fn link(name: Node<'_>, pod: &Pod<'_>) -> Option<Occurrence> {
    let text = name.as_str()?;
    pod.containers.iter().find(|it| it.name() == text)?;
    let symbol = symbol(SymbolKind::Container, Some(pod.spec.id()), text.to_owned());
    Some(Occurrence { symbol, span: inner(name.tree(), name)?, is_definition: false })
}
