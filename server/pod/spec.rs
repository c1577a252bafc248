//! A pod, or the template of one.

use crate::pod::container::Container;
use crate::pod::manifest::{Class, Manifest};
use crate::pod::workload::Workload;
use crate::syntax::Node;

/// The pod of a manifest: its spec and what is in it, with every span.
pub struct Pod<'a> {
    pub manifest: Manifest<'a>,
    /// The map that holds `metadata` and `spec`: the manifest itself for a Pod.
    pub template: Node<'a>,
    pub spec: Node<'a>,
    /// `None` for a template inside a custom kind.
    pub workload: Option<Workload>,
    /// Init containers and sidecars in their order, then app containers, then ephemeral ones.
    pub containers: Vec<Container<'a>>,
    pub volumes: Vec<Volume<'a>>,
}

/// A volume of the pod, or a claim template of a StatefulSet that stands for one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume<'a> {
    pub node: Node<'a>,
    /// Empty when it has none.
    pub name: &'a str,
    /// The field that says where its content comes from; `emptyDir` when there is none, as for
    /// the API server.
    pub source: &'a str,
    pub is_claim_template: bool,
}

impl<'a> Pod<'a> {
    /// The pods of a manifest: one for a workload, as many as there are templates in a custom
    /// kind.
    pub fn all(manifest: &Manifest<'a>) -> Vec<Self> {
        if let Some(workload) = manifest.workload() {
            let path = workload.template_path().iter();
            let template = path.into_iter().try_fold(manifest.root, |node, key| node.field(key));
            let pod = template.and_then(|it| Self::new(*manifest, it, Some(workload)));
            return pod.into_iter().collect();
        }
        let mut found = Vec::new();
        if manifest.class == Class::Custom {
            embedded(*manifest, manifest.root, &mut found, 0);
        }
        found
    }

    /// The pod of `manifest` that holds `node`.
    pub fn around(manifest: Manifest<'a>, node: Node<'a>) -> Option<Self> {
        let holds = |pod: &Self| node.ancestors().any(|it| it == pod.spec);
        Self::all(&manifest).into_iter().find(holds)
    }

    fn new(manifest: Manifest<'a>, template: Node<'a>, workload: Option<Workload>) -> Option<Self> {
        let spec = template.field("spec").filter(|spec| spec.is_map())?;
        let lists = ["initContainers", "containers", "ephemeralContainers"];
        let containers = lists.into_iter().flat_map(|it| Container::list(spec, it)).collect();
        let mut volumes: Vec<_> = items(spec, "volumes").filter_map(Volume::of).collect();
        if workload == Some(Workload::StatefulSet) {
            let claims = manifest.root.field("spec").into_iter();
            let claims = claims.flat_map(|spec| items(spec, "volumeClaimTemplates"));
            volumes.extend(claims.filter_map(Volume::of_claim));
        }
        Some(Self { manifest, template, spec, workload, containers, volumes })
    }

    /// Whether it is a template, from which a controller makes pods.
    pub fn is_template(&self) -> bool {
        self.workload != Some(Workload::Pod)
    }

    /// `metadata` of the pod or of the template.
    pub fn metadata(&self) -> Option<Node<'a>> {
        self.template.field("metadata")
    }

    /// The volume of this name that a mount gets: claim templates win over volumes.
    pub fn volume(&self, name: &str) -> Option<&Volume<'a>> {
        self.volumes.iter().rev().find(|volume| volume.name == name)
    }

    /// Whether the pod says that it is for Windows, where most of Linux does not apply.
    pub fn is_windows(&self) -> bool {
        let name = self.spec.field("os").and_then(|os| os.field("name"));
        name.and_then(Node::as_str) == Some("windows")
    }

    /// A boolean of the pod spec; false when it is absent.
    pub fn flag(&self, field: &str) -> bool {
        self.spec.field(field).and_then(Node::as_bool).unwrap_or(false)
    }
}

impl<'a> Volume<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let node = node.resolved().filter(|node| node.is_map())?;
        let mut sources = node.fields().filter(|entry| {
            entry.key.text() != Some("name")
                && entry.value.resolved().is_some_and(|it| !it.is_null())
        });
        let source = sources.next().and_then(|entry| entry.key.text()).unwrap_or("emptyDir");
        let name = node.field("name").and_then(Node::as_str).unwrap_or_default();
        Some(Self { node, name, source, is_claim_template: false })
    }

    fn of_claim(node: Node<'a>) -> Option<Self> {
        let node = node.resolved().filter(|node| node.is_map())?;
        let name = node.field("metadata").and_then(|metadata| metadata.field("name"));
        let name = name.and_then(Node::as_str).unwrap_or_default();
        Some(Self { node, name, source: "persistentVolumeClaim", is_claim_template: true })
    }
}

fn items<'a>(node: Node<'a>, list: &str) -> impl Iterator<Item = Node<'a>> {
    node.get(list).into_iter().flat_map(Node::items)
}

/// Finds pod templates in a custom kind by their shape: `spec` with a list of `containers`.
fn embedded<'a>(manifest: Manifest<'a>, node: Node<'a>, found: &mut Vec<Pod<'a>>, depth: usize) {
    if depth > 12 {
        return;
    }
    for entry in node.entries() {
        let Some(value) = entry.value.resolved().filter(|value| value.is_map()) else { continue };
        let is_template = value.get("spec").is_some_and(holds_containers);
        match Pod::new(manifest, value, None).filter(|_| is_template) {
            Some(pod) => found.push(pod),
            None => embedded(manifest, value, found, depth + 1),
        }
    }
    for item in node.items().filter_map(Node::resolved) {
        embedded(manifest, item, found, depth + 1);
    }
}

fn holds_containers(spec: Node<'_>) -> bool {
    let Some(containers) = spec.get("containers").filter(|it| it.is_seq()) else { return false };
    let mut items = containers.items().filter_map(Node::resolved).peekable();
    items.peek().is_some() && items.all(|it| it.get("name").is_some() || it.get("image").is_some())
}
