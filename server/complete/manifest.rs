//! The head of a manifest: whole ones in an empty file, `apiVersion` and `kind`.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::schema::{self, Type};
use crate::syntax::Node;
use crate::text::Edit;

/// Whole manifests: a label, what it is, and its text as a snippet.
const WHOLE: &[(&str, &str, &str)] = &[
    ("Pod", "a pod", include_str!("manifests/pod.yaml")),
    (
        "Pod with a sidecar",
        "a pod with a native sidecar",
        include_str!("manifests/pod_sidecar.yaml"),
    ),
    ("Deployment", "pods that serve", include_str!("manifests/deployment.yaml")),
    (
        "StatefulSet",
        "pods with names and disks of their own",
        include_str!("manifests/stateful_set.yaml"),
    ),
    ("DaemonSet", "a pod on every node", include_str!("manifests/daemon_set.yaml")),
    ("Job", "pods that run to completion", include_str!("manifests/job.yaml")),
    ("CronJob", "a Job on a schedule", include_str!("manifests/cron_job.yaml")),
    ("Service", "a stable address for pods", include_str!("manifests/service.yaml")),
    ("ConfigMap", "settings for pods", include_str!("manifests/config_map.yaml")),
    ("Secret", "secret settings for pods", include_str!("manifests/secret.yaml")),
    ("PersistentVolumeClaim", "a disk", include_str!("manifests/claim.yaml")),
    ("Ingress", "HTTP access from outside", include_str!("manifests/ingress.yaml")),
];

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let Some(parent) = cx.node.parent() else {
        return empty_document(cx, items);
    };
    if !is_object(parent) {
        return;
    }
    if cx.node.is_key() && cx.expected.is_none() {
        return head_fields(cx, parent, items);
    }
    match cx.node.key().and_then(Node::text) {
        Some("apiVersion") => api_versions(cx, parent, items),
        Some("kind") => kinds(cx, parent, items),
        _ => {}
    }
}

/// Whether the map is the whole of an object: of the document, or of an item of a list of objects.
fn is_object(map: Node<'_>) -> bool {
    let Some(items) = map.parent() else { return true };
    let of_list = items.key().is_some_and(|key| key.text() == Some("items"));
    let list = items.parent().filter(|it| of_list && items.is_seq() && it.parent().is_none());
    list.and_then(|it| it.get("kind")?.as_str()).is_some_and(|kind| kind.ends_with("List"))
}

fn empty_document(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.cursor.line_indent > 0 || !cx.cursor.starts_line {
        return;
    }
    for (order, (label, detail, text)) in WHOLE.iter().enumerate() {
        items.push(Item {
            detail: (*detail).to_owned(),
            sort: format!("0{order:03}"),
            ..cx.item(label, ItemKind::Manifest, text.trim_end().to_owned())
        });
    }
    items.push(Item {
        sort: "1".to_owned(),
        ..cx.item("apiVersion", ItemKind::Field, "apiVersion: $0".to_owned())
    });
}

fn head_fields(cx: &CompletionCx<'_>, parent: Node<'_>, items: &mut Vec<Item>) {
    for (order, name) in ["apiVersion", "kind", "metadata", "spec"].iter().enumerate() {
        if parent.get(name).is_some() || (cx.cursor.holds_lines && order < 2) {
            continue;
        }
        let insert = match *name {
            _ if cx.cursor.has_colon => (*name).to_owned(),
            _ if cx.cursor.holds_lines => format!("{name}:"),
            _ if cx.in_brackets() => {
                let value = if order < 2 { "\"$0\"" } else { "{$0}" };
                format!("{}: {value}", cx.quoted_key(name))
            }
            "apiVersion" => format!("{name}: {}", only_version(parent).unwrap_or("$0")),
            "kind" => format!("{name}: $0"),
            _ => format!("{name}:\n{}$0", cx.pad(1)),
        };
        items.push(Item { sort: format!("{order}"), ..cx.item(name, ItemKind::Field, insert) });
    }
}

/// The version of the kind, if there is one only.
pub(super) fn only_version(object: Node<'_>) -> Option<&'static str> {
    let kind = object.get("kind")?.as_str()?;
    let mut of_kind = schema::kinds().filter(|it| it.kind == kind);
    let version = of_kind.next()?.api_version;
    of_kind.next().is_none().then_some(version)
}

/// The versions in which the kind is served; without a kind, all of them.
fn api_versions(cx: &CompletionCx<'_>, parent: Node<'_>, items: &mut Vec<Item>) {
    let kind = parent.get("kind").and_then(Node::as_str);
    let fits = |it: &schema::Kind| kind.is_none_or(|kind| it.kind == kind);
    let any = schema::kinds().any(|it| fits(&it));
    let mut versions: Vec<_> =
        schema::kinds().filter(|it| !any || fits(it)).map(|it| it.api_version).collect();
    versions.sort_unstable();
    versions.dedup();
    items.extend(versions.iter().map(|version| {
        // Those of pods and of what makes them come first.
        let of_pods = ["v1", "apps/v1", "batch/v1"].iter().position(|it| it == version);
        let sort = format!("{}{version}", of_pods.unwrap_or(9));
        let insert = cx.quoted_value(version, Type::String);
        Item { sort, ..cx.item(version, ItemKind::Value, insert) }
    }));
}

/// All kinds: those of the apiVersion first, and of them those with pods. With any other one comes its
/// apiVersion.
fn kinds(cx: &CompletionCx<'_>, parent: Node<'_>, items: &mut Vec<Item>) {
    let said = parent.get("apiVersion");
    let version = said.and_then(Node::as_str);
    let line = parent.entry("kind").map(|entry| entry.key).filter(|_| version.is_none());
    let is_known = schema::kinds().any(|it| version == Some(it.api_version));
    for kind in schema::kinds() {
        let pod = crate::pod::Workload::of(kind.ty).is_some();
        let fits = version.is_none_or(|version| version == kind.api_version);
        let other = said.filter(|_| is_known && !fits);
        let correction = other.and_then(|it| cx.reworded(it, kind.api_version));
        let above = line.and_then(|it| version_above(it, kind.api_version));
        items.push(Item {
            detail: kind.api_version.to_owned(),
            sort: format!("{}{}{}", u8::from(!fits), u8::from(!pod), kind.kind),
            also: above.or(correction).into_iter().collect(),
            ..cx.item(kind.kind, ItemKind::Value, cx.quoted_value(kind.kind, Type::String))
        });
    }
}

/// The line that the kind at `key` lacks.
fn version_above(key: Node<'_>, version: &str) -> Option<Edit> {
    let start = key.span().start;
    let before = key.tree().text().get(..start)?;
    let alone = !key.in_flow() && (before.is_empty() || before.ends_with('\n'));
    let line_break = if key.tree().text().contains("\r\n") { "\r\n" } else { "\n" };
    alone.then(|| Edit::insert(start, format!("apiVersion: {version}{line_break}")))
}
