//! Where the API server says the same fault a second time.
//!
//! What follows from a fault is not a finding of its own, but programs that compare ours with the
//! server's want to know of it. From the server's defaults and the order of its validation.

use crate::check::DiagnosticBuilder;
use crate::pod::Object;
use crate::schema::ObjectType;
use crate::syntax::Node;

/// A fault of `node`, a part of a label selector or a label. In the selector of a workload it makes all
/// of the selector wrong.
pub(crate) fn of_label<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    node: Node<'_>,
) -> DiagnosticBuilder<'f> {
    match selector_of_workload(node) {
        Some(selector) => diagnostic.echo(selector, "spec.selector"),
        None => of_template_label(diagnostic, node),
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
fn of_template_label<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    node: Node<'_>,
) -> DiagnosticBuilder<'f> {
    let labels = node.ancestors().find(|it| is_named(*it, "labels"));
    let template = labels.and_then(Node::parent).and_then(Node::parent);
    let spec = template.filter(|it| is_named(*it, "template")).and_then(Node::parent);
    let Some(root) = spec.and_then(Node::parent) else { return diagnostic };
    let kind = root.field("kind").and_then(Node::as_str);
    let metadata = root.field("metadata").filter(|it| it.field("labels").is_none());
    match metadata.filter(|_| matches!(kind, Some("Job" | "ReplicationController"))) {
        Some(metadata) => diagnostic.echo(metadata, "metadata.labels"),
        None => diagnostic,
    }
}

/// The name of a Job that is no label: the server gives its pods a label with it, and the Job itself
/// the labels of its pods when it has none.
pub(crate) fn of_job_name<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    root: Node<'_>,
) -> DiagnosticBuilder<'f> {
    let template = root.field("spec").and_then(|spec| spec.field("template"));
    let Some(template) = template else { return diagnostic };
    let of_pods = labels_key(template).unwrap_or(template);
    let diagnostic = diagnostic.echo(of_pods, "spec.template.labels");
    let metadata =
        root.field("metadata").filter(|_| of_pods.is_key() && labels_key(root).is_none());
    match metadata {
        Some(metadata) => diagnostic.echo(metadata, "metadata.labels"),
        None => diagnostic,
    }
}

/// A selector that is wrong or missing: no labels match it.
pub(crate) fn of_selector<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    spec: Node<'_>,
) -> DiagnosticBuilder<'f> {
    let Some(template) = spec.field("template") else { return diagnostic };
    diagnostic.echo(labels_key(template).unwrap_or(template), "spec.template.metadata.labels")
}

/// The limit at `key`, of huge pages for a container: the server adds it to the resources of the pod as a
/// whole, where the pod has some, before it looks at them.
pub(crate) fn of_huge_pages<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    resources: &Object<'_>,
    key: Node<'_>,
) -> DiagnosticBuilder<'f> {
    let of_pod = of_pod(resources);
    let is_limit = key.parent().is_some_and(|list| is_named(list, "limits"));
    let of_pod = of_pod.filter(|_| is_limit && resources.role().is_some());
    let name = key.text().unwrap_or_default();
    ["requests", "limits"].into_iter().fold(diagnostic, |diagnostic, list| match of_pod {
        Some(of_pod) if of_pod.field(list).is_some_and(|list| list.field(name).is_none()) => {
            diagnostic.echo(of_pod, format!("{}.{list}[{name}]", of_pod.path()))
        }
        _ => diagnostic,
    })
}

/// The request at `key`, of more huge pages than the limit: the server takes the limit for the request of
/// the pod as a whole.
pub(crate) fn of_huge_request<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    resources: &Object<'_>,
    key: Node<'_>,
) -> DiagnosticBuilder<'f> {
    let name = key.text().unwrap_or_default();
    let requests = of_pod(resources).and_then(|of_pod| of_pod.field("requests"));
    match requests.filter(|requests| resources.role().is_some() && requests.get(name).is_none()) {
        Some(requests) => diagnostic.echo(requests, format!("{}[{name}]", requests.path())),
        None => diagnostic,
    }
}

/// The resources of the pod as a whole, around those of a container. The server fills them in for pods,
/// not for templates.
fn of_pod<'a>(resources: &Object<'a>) -> Option<Node<'a>> {
    let spec = resources.within(ObjectType::named("core.v1.PodSpec"))?;
    let is_pod = |outer: &Object<'_>| outer.ty == ObjectType::named("core.v1.Pod");
    spec.field("resources").filter(|_| spec.parent.is_some_and(is_pod))
}

/// An object that lacks `field`: without a kind a source of data is of no known kind, and mounts do not
/// find a volume without a name.
pub(crate) fn of_missing<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    object: &Object<'_>,
    field: &str,
) -> DiagnosticBuilder<'f> {
    const SOURCES: [ObjectType; 2] = [
        ObjectType::named("core.v1.TypedLocalObjectReference"),
        ObjectType::named("core.v1.TypedObjectReference"),
    ];
    if SOURCES.contains(&object.ty) && field == "kind" && object.text("apiGroup").is_empty() {
        return diagnostic.echo(object.node, object.node.path());
    }
    let list = object.node.parent().filter(|list| is_named(*list, object.held_by()));
    match (list.and_then(Node::parent), object.held_by(), field) {
        (Some(spec), "volumes", "name") => {
            let claims = spec.parent().and_then(Node::parent);
            let claims = claims.and_then(|workload| workload.field("volumeClaimTemplates"));
            of_volume(diagnostic, spec, list, claims)
        }
        (Some(spec), "volumeClaimTemplates", "metadata.name") => {
            let pod = spec.field("template").and_then(|template| template.field("spec"));
            let volumes = pod.and_then(|pod| pod.field("volumes"));
            pod.into_iter()
                .fold(diagnostic, |diagnostic, pod| of_volume(diagnostic, pod, volumes, list))
        }
        _ => diagnostic,
    }
}

/// Echoes at the mounts and devices of the pod `spec` that are none of its volumes and claims.
fn of_volume<'f>(
    diagnostic: DiagnosticBuilder<'f>,
    spec: Node<'_>,
    volumes: Option<Node<'_>>,
    claims: Option<Node<'_>>,
) -> DiagnosticBuilder<'f> {
    let items = |list: Option<Node<'_>>, name: &str| {
        let mut items = list.into_iter().flat_map(Node::items).filter_map(Node::resolved);
        items.any(|it| {
            let own = it.field("metadata").unwrap_or(it);
            own.field("name").and_then(Node::as_str) == Some(name)
        })
    };
    let known = |name: &str| name.is_empty() || items(volumes, name) || items(claims, name);
    let containers = ["initContainers", "containers"].into_iter().filter_map(|it| spec.field(it));
    let containers = containers.flat_map(Node::items).filter_map(Node::resolved);
    let uses = containers.flat_map(|container| {
        let lists = ["volumeMounts", "volumeDevices"].into_iter();
        lists.filter_map(move |it| container.field(it)).flat_map(Node::items)
    });
    let names = uses.filter_map(|it| it.resolved()?.field("name"));
    let lost = names.filter(|it| it.as_str().is_some_and(|name| !known(name)));
    lost.fold(diagnostic, |diagnostic, name| diagnostic.echo(name, name.path()))
}

fn labels_key<'a>(holder: Node<'a>) -> Option<Node<'a>> {
    holder.field("metadata")?.entry("labels").map(|entry| entry.key)
}

fn is_named(node: Node<'_>, name: &str) -> bool {
    node.key().and_then(Node::text) == Some(name)
}
