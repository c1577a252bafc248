//! Where the API server says the same fault a second time.
//!
//! What follows from a fault is not a finding of its own, but programs that compare ours with the
//! server's want to know of it. From the server's defaults and the order of its validation.

use std::collections::HashSet;
use std::iter;

use crate::check::{Echo, Finding, head};
use crate::syntax::{Node, Parse};
use crate::text::Span;

/// A place where the server reports a fault again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    /// What the server calls it.
    pub path: String,
}

impl Place {
    fn new(node: Node<'_>, path: impl Into<String>) -> Self {
        Self { span: head(node), path: path.into() }
    }

    fn of(node: Node<'_>) -> Self {
        Self::new(node, node.path())
    }
}

/// Where in the document `parse` the server reports `finding`, which is one of it, again.
pub fn echoes(parse: &Parse, finding: &Finding) -> Vec<Place> {
    let node = |id| parse.tree.node(id);
    match finding.echo {
        None => Vec::new(),
        Some(Echo::At(id)) => vec![Place::of(node(id))],
        Some(Echo::Label(id)) => of_label(node(id)).into_iter().collect(),
        Some(Echo::Job(id)) => of_job(node(id)),
        Some(Echo::Selector(id)) => of_selector(node(id)).into_iter().collect(),
        Some(Echo::HugePages(id)) => of_huge_pages(node(id)),
        Some(Echo::HugeRequest(id)) => of_huge_request(node(id)).into_iter().collect(),
        Some(Echo::Volume(id)) => of_volume(node(id)),
    }
}

/// In the selector of a workload a wrong part makes all of the selector wrong.
fn of_label(node: Node<'_>) -> Option<Place> {
    match selector_of_workload(node) {
        Some(selector) => Some(Place::new(selector, "spec.selector")),
        None => of_template_label(node),
    }
}

/// The selector around `node`, if its workload is of a kind whose selectors are compared with the labels
/// of its template.
fn selector_of_workload(node: Node<'_>) -> Option<Node<'_>> {
    let selector = node.ancestors().find(|it| is_named(*it, "selector"))?;
    let root = selector.parent()?.parent()?;
    let kind = root.field("kind").and_then(Node::as_str)?;
    matches!(kind, "Deployment" | "ReplicaSet" | "StatefulSet").then_some(selector)
}

/// Jobs and ReplicationControllers that have no labels get those of their templates, and with them
/// their faults.
fn of_template_label(node: Node<'_>) -> Option<Place> {
    let labels = node.ancestors().find(|it| is_named(*it, "labels"))?;
    let template = labels.parent()?.parent().filter(|it| is_named(*it, "template"))?;
    let root = template.parent()?.parent()?;
    let kind = root.field("kind").and_then(Node::as_str);
    let metadata = root.field("metadata").filter(|it| it.field("labels").is_none())?;
    matches!(kind, Some("Job" | "ReplicationController"))
        .then(|| Place::new(metadata, "metadata.labels"))
}

/// The server gives the pods of a Job a label with its name, and the Job itself the labels of its pods when
/// it has none.
fn of_job(root: Node<'_>) -> Vec<Place> {
    let template = root.field("spec").and_then(|spec| spec.field("template"));
    let Some(template) = template else { return Vec::new() };
    let of_pods = labels_key(template).unwrap_or(template);
    let metadata =
        root.field("metadata").filter(|_| of_pods.is_key() && labels_key(root).is_none());
    let of_pods = Place::new(of_pods, "spec.template.labels");
    let of_job = metadata.map(|metadata| Place::new(metadata, "metadata.labels"));
    iter::once(of_pods).chain(of_job).collect()
}

/// No labels match a selector that is wrong or missing.
fn of_selector(spec: Node<'_>) -> Option<Place> {
    let template = spec.field("template")?;
    Some(Place::new(labels_key(template).unwrap_or(template), "spec.template.metadata.labels"))
}

/// The server adds the limit at `key`, of huge pages for a container, to the resources of the pod as a whole,
/// where the pod has some, before it looks at them.
fn of_huge_pages(key: Node<'_>) -> Vec<Place> {
    let is_limit = key.parent().is_some_and(|list| is_named(list, "limits"));
    let Some(of_pod) = resources_of_pod(key).filter(|_| is_limit) else { return Vec::new() };
    let name = key.text().unwrap_or_default();
    let lacks = |list: &&str| of_pod.field(list).is_some_and(|list| list.field(name).is_none());
    let lists = ["requests", "limits"].into_iter().filter(lacks);
    lists.map(|list| Place::new(of_pod, format!("{}.{list}[{name}]", of_pod.path()))).collect()
}

/// The server takes the limit of huge pages for the request of the pod as a whole.
fn of_huge_request(key: Node<'_>) -> Option<Place> {
    let name = key.text().unwrap_or_default();
    let requests = resources_of_pod(key)?.field("requests")?;
    requests
        .get(name)
        .is_none()
        .then(|| Place::new(requests, format!("{}[{name}]", requests.path())))
}

/// The resources of the pod as a whole, around those of the container with `node`. The server fills them in for
/// pods, not for templates.
fn resources_of_pod(node: Node<'_>) -> Option<Node<'_>> {
    const LISTS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];
    let is_list = |node: &Node<'_>| LISTS.iter().any(|list| is_named(*node, list));
    let spec = node.ancestors().find(is_list)?.parent().filter(|it| is_named(*it, "spec"))?;
    let kind = spec.parent()?.field("kind").and_then(Node::as_str);
    spec.field("resources").filter(|_| kind == Some("Pod"))
}

/// A volume or a claim template without a name: mounts do not find it.
fn of_volume(item: Node<'_>) -> Vec<Place> {
    let Some(list) = item.parent() else { return Vec::new() };
    let Some(spec) = list.parent() else { return Vec::new() };
    if is_named(list, "volumes") {
        let workload = spec.parent().and_then(Node::parent);
        let claims = workload.and_then(|it| it.field("volumeClaimTemplates"));
        return unknown_mounts(spec, Some(list), claims);
    }
    let pod = spec.field("template").and_then(|template| template.field("spec"));
    let pod = pod.filter(|_| is_named(list, "volumeClaimTemplates"));
    let of_pod = |pod: Node<'_>| unknown_mounts(pod, pod.field("volumes"), Some(list));
    pod.map(of_pod).unwrap_or_default()
}

/// The mounts and devices of the pod `spec` that are none of its volumes and claims.
fn unknown_mounts(
    spec: Node<'_>,
    volumes: Option<Node<'_>>,
    claims: Option<Node<'_>>,
) -> Vec<Place> {
    let lists = [volumes, claims].into_iter().flatten();
    let items = lists.flat_map(Node::items).filter_map(Node::resolved);
    let known: HashSet<&str> = items.filter_map(name_of).chain([""]).collect();
    let containers = ["initContainers", "containers"].into_iter().filter_map(|it| spec.field(it));
    let containers = containers.flat_map(Node::items).filter_map(Node::resolved);
    let uses = containers.flat_map(|container| {
        let lists = ["volumeMounts", "volumeDevices"].into_iter();
        lists.filter_map(move |it| container.field(it)).flat_map(Node::items)
    });
    let names = uses.filter_map(|it| it.resolved()?.field("name"));
    let unknown = names.filter(|it| it.as_str().is_some_and(|name| !known.contains(name)));
    unknown.map(Place::of).collect()
}

/// The name of a volume or a claim template.
fn name_of(item: Node<'_>) -> Option<&str> {
    item.field("metadata").unwrap_or(item).field("name")?.as_str()
}

fn labels_key(holder: Node<'_>) -> Option<Node<'_>> {
    holder.field("metadata")?.entry("labels").map(|entry| entry.key)
}

fn is_named(node: Node<'_>, name: &str) -> bool {
    node.key().and_then(Node::text) == Some(name)
}
