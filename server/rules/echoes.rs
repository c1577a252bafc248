//! Where the API server says the same fault a second time.
//!
//! What follows from a fault is not a finding of its own, but programs that compare ours with the
//! server's want to know of it. From the server's defaults and the order of its validation.

use crate::pod::Object;
use crate::rules::Draft;
use crate::schema::ObjectType;
use crate::syntax::Node;

/// A fault of `node`, a part of a label selector or a label. In the selector of a workload it makes all
/// of the selector wrong.
pub(super) fn of_label<'f>(draft: Draft<'f>, node: Node<'_>) -> Draft<'f> {
    match selector_of_workload(node) {
        Some(selector) => draft.echo(selector, "spec.selector"),
        None => of_template_label(draft, node),
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
fn of_template_label<'f>(draft: Draft<'f>, node: Node<'_>) -> Draft<'f> {
    let labels = node.ancestors().find(|it| is_named(*it, "labels"));
    let template = labels.and_then(Node::parent).and_then(Node::parent);
    let spec = template.filter(|it| is_named(*it, "template")).and_then(Node::parent);
    let Some(root) = spec.and_then(Node::parent) else { return draft };
    let kind = root.field("kind").and_then(Node::as_str);
    let metadata = root.field("metadata").filter(|it| it.field("labels").is_none());
    match metadata.filter(|_| matches!(kind, Some("Job" | "ReplicationController"))) {
        Some(metadata) => draft.echo(metadata, "metadata.labels"),
        None => draft,
    }
}

/// The name of a Job that is no label: the server gives its pods a label with it, and the Job itself
/// the labels of its pods when it has none.
pub(super) fn of_job_name<'f>(draft: Draft<'f>, root: Node<'_>) -> Draft<'f> {
    let template = root.field("spec").and_then(|spec| spec.field("template"));
    let Some(template) = template else { return draft };
    let of_pods = labels_key(template).unwrap_or(template);
    let draft = draft.echo(of_pods, "spec.template.labels");
    let metadata =
        root.field("metadata").filter(|_| of_pods.is_key() && labels_key(root).is_none());
    match metadata {
        Some(metadata) => draft.echo(metadata, "metadata.labels"),
        None => draft,
    }
}

/// A selector that is wrong or missing: no labels match it.
pub(super) fn of_selector<'f>(draft: Draft<'f>, spec: Node<'_>) -> Draft<'f> {
    let Some(template) = spec.field("template") else { return draft };
    draft.echo(labels_key(template).unwrap_or(template), "spec.template.metadata.labels")
}

/// The limit at `key`, of huge pages for a container: the server adds it to the resources of the pod as a
/// whole, where the pod has some, before it looks at them.
pub(super) fn of_huge_pages<'f>(
    draft: Draft<'f>,
    resources: &Object<'_>,
    key: Node<'_>,
) -> Draft<'f> {
    let spec = resources.ancestors().find(|it| it.ty == ObjectType::named("core.v1.PodSpec"));
    let of_pod = spec.and_then(|spec| spec.field("resources"));
    let is_limit = key.parent().is_some_and(|list| is_named(list, "limits"));
    let of_pod = of_pod.filter(|_| is_limit && resources.role().is_some());
    let name = key.text().unwrap_or_default();
    ["requests", "limits"].into_iter().fold(draft, |draft, list| match of_pod {
        Some(of_pod) if of_pod.field(list).is_some_and(|list| list.field(name).is_none()) => {
            draft.echo(of_pod, format!("{}.{list}[{name}]", of_pod.path()))
        }
        _ => draft,
    })
}

fn labels_key<'a>(holder: Node<'a>) -> Option<Node<'a>> {
    holder.field("metadata")?.entry("labels").map(|entry| entry.key)
}

fn is_named(node: Node<'_>, name: &str) -> bool {
    node.key().and_then(Node::text) == Some(name)
}
