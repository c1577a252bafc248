//! Splits a container out into its own Deployment.
//!
//! The container moves to a new document after this one, with copies of the volumes it mounts and of
//! the pod's settings that it needs to run. Volumes that live as long as the pod are no longer shared,
//! and neither is localhost; the title lists such volumes.
//!
//! ```yaml before
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: shop
//! spec:
//!   selector:
//!     matchLabels:
//!       app: shop
//!   template:
//!     metadata:
//!       labels:
//!         app: shop
//!     spec:
//!       containers:
//!       - name: web
//!         image: example.com/web:1
//!       # Does the work.
//!       - name: wor$0ker
//!         image: example.com/worker:1
//!         volumeMounts:
//!         - name: settings
//!           mountPath: /etc/worker
//!       volumes:
//!       - name: settings
//!         configMap:
//!           name: worker
//! ```
//!
//! ```yaml after
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: shop
//! spec:
//!   selector:
//!     matchLabels:
//!       app: shop
//!   template:
//!     metadata:
//!       labels:
//!         app: shop
//!     spec:
//!       containers:
//!       - name: web
//!         image: example.com/web:1
//!       volumes:
//!       - name: settings
//!         configMap:
//!           name: worker
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: shop-worker
//! spec:
//!   selector:
//!     matchLabels:
//!       app: shop-worker
//!   template:
//!     metadata:
//!       labels:
//!         app: shop-worker
//!     spec:
//!       containers:
//!       # Does the work.
//!       - name: worker
//!         image: example.com/worker:1
//!         volumeMounts:
//!         - name: settings
//!           mountPath: /etc/worker
//!       volumes:
//!       - name: settings
//!         configMap:
//!           name: worker
//! ```

use crate::actions::convert::lines::{ended, listed, of_entry, of_item};
use crate::actions::convert::relist::{is_last_app, removal};
use crate::actions::convert::template::Outline;
use crate::actions::{Action, ActionCx, Assist};
use crate::formats::names;
use crate::pod::{Container, Pod, Role, Volume, Workload};
use crate::syntax::Node;
use crate::syntax::write::Layout;
use crate::text::Edit;

pub(crate) static ACTION: Action = Action { id: "split-container", run, cures: &[] };

/// The fields of a pod spec that a container needs wherever it runs.
const COPIED: [&str; 10] = [
    "affinity",
    "imagePullSecrets",
    "nodeSelector",
    "os",
    "priorityClassName",
    "runtimeClassName",
    "securityContext",
    "serviceAccountName",
    "tolerations",
    "hostNetwork",
];

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assist(cx).into_iter().collect()
}

fn assist(cx: &ActionCx<'_>) -> Option<Assist> {
    let container = cx.picked()?;
    let pod = cx.pod;
    let serves = pod.workload.is_some_and(|it| !it.is_batch() && it != Workload::PodTemplate);
    let bound = container.node.get("resources").is_some_and(|it| it.field("claims").is_some());
    let restarts = container.node.entry("restartPolicy").is_some();
    let fits = serves && container.role == Role::App && !pod.manifest.in_list;
    if !fits || bound || restarts || is_last_app(pod, &container) || container.node.in_flow() {
        return None;
    }
    let name = format!("{}-{}", pod.manifest.name()?, container.name());
    names::label(&name).ok()?;
    let volumes = volumes(pod, &container)?;
    let text = pod.spec.tree().text();
    let document = document(pod, &container, &name, &volumes)?;
    let line_break = Layout::of(container.node).line_break;
    // The text after a document that ends with `...` has another form.
    if text.lines().any(|line| line.trim_end() == "...") {
        return None;
    }
    let lead = if text.ends_with(['\n', '\r']) { "" } else { line_break };
    let new = Edit::insert(text.len(), format!("{lead}---{line_break}{document}"));
    let title = title(&container, &volumes);
    Some(cx.rewrite(ACTION.id, title, vec![removal(container.node, text)?, new]))
}

/// The volumes of the pod that the container mounts; `None` if a claim template is among them,
/// which a Deployment does not have.
fn volumes<'a>(pod: &Pod<'a>, container: &Container<'a>) -> Option<Vec<Volume<'a>>> {
    let uses = |volume: &&Volume<'a>| {
        let lists = ["volumeMounts", "volumeDevices"];
        let mut items = lists.into_iter().flat_map(|list| container.items(list));
        items.any(|it| it.field("name").and_then(Node::as_str) == Some(volume.name))
    };
    let found: Vec<_> = pod.volumes.iter().filter(uses).copied().collect();
    (!found.iter().any(|it| it.is_claim_template)).then_some(found)
}

fn title(container: &Container<'_>, volumes: &[Volume<'_>]) -> String {
    let shared = volumes.iter().filter(|it| ["emptyDir", "ephemeral"].contains(&it.source));
    let shared: Vec<_> = shared.map(|it| it.name).collect();
    let title = format!("Split `{}` out into its own Deployment", container.name());
    match &shared[..] {
        [] => title,
        [one] => format!("{title} (volume {one} is no longer shared)"),
        many => format!("{title} (volumes {} are no longer shared)", listed(many)),
    }
}

/// The new document.
fn document(
    pod: &Pod<'_>,
    container: &Container<'_>,
    name: &str,
    volumes: &[Volume<'_>],
) -> Option<String> {
    let mut out = Outline::at(container.node, 0);
    out.pair("apiVersion", "apps/v1");
    out.pair("kind", "Deployment");
    out.open("metadata");
    out.pair("name", name);
    let namespace = pod.manifest.root.field("metadata").and_then(|it| it.field("namespace"));
    if let Some(namespace) = namespace {
        out.pair("namespace", namespace.tree().slice(namespace.content_span()));
    }
    out.close();
    out.open("spec");
    for key in ["selector", "matchLabels"] {
        out.open(key);
    }
    out.pair("app", name);
    out.close();
    out.close();
    out.open("template");
    for key in ["metadata", "labels"] {
        out.open(key);
    }
    out.pair("app", name);
    out.close();
    out.close();
    out.open("spec");
    for field in COPIED {
        if let Some(entry) = pod.spec.entry(field) {
            copy(&mut out, entry.key)?;
        }
    }
    list(&mut out, pod.spec, "containers", &[container.node])?;
    let nodes: Vec<_> = volumes.iter().map(|it| it.node).collect();
    if !nodes.is_empty() {
        list(&mut out, pod.spec, "volumes", &nodes)?;
    }
    Some(out.text)
}

/// Copies the lines of an entry of the pod spec.
fn copy(out: &mut Outline<'_>, key: Node<'_>) -> Option<()> {
    let lines = of_entry(key)?;
    let text = key.tree().text().get(lines.span.start..lines.span.end)?;
    out.lines(&ended(text, Layout::of(key).line_break), lines.column)
}

/// Copies items of a list of the pod spec, and keeps their indentation below the key.
fn list(out: &mut Outline<'_>, spec: Node<'_>, name: &str, items: &[Node<'_>]) -> Option<()> {
    let list = spec.get(name)?;
    let deeper = usize::try_from(list.indent() - spec.indent()).ok()?;
    out.bare(name);
    for item in items {
        let lines = of_item(*item)?;
        let text = item.tree().text().get(lines.span.start..lines.span.end)?;
        let column = out.column;
        out.column += deeper;
        out.lines(&ended(text, Layout::of(*item).line_break), lines.column)?;
        out.column = column;
    }
    Some(())
}
