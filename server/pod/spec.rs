//! A pod, or the template of one.

use std::collections::HashMap;

use crate::pod::container::Container;
use crate::pod::manifest::{Class, Manifest};
use crate::pod::workload::Workload;
use crate::syntax::Node;

/// So many volumes are looked through one by one.
const FEW: usize = 32;

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
    /// The last volume of each name, where there are many.
    by_name: HashMap<&'a str, usize>,
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
        if manifest.class != Class::Custom {
            return Vec::new();
        }
        let left = manifest.root.tree().len() + MOST_ALIASED;
        let mut search = Search { manifest: *manifest, found: Vec::new(), left };
        search.look_into(manifest.root, 0);
        search.found
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
        let mut volumes: Vec<_> = spec.items_of("volumes").filter_map(Volume::of).collect();
        if workload == Some(Workload::StatefulSet) {
            let claims = manifest.root.field("spec").into_iter();
            let claims = claims.flat_map(|spec| spec.items_of("volumeClaimTemplates"));
            volumes.extend(claims.filter_map(Volume::of_claim));
        }
        let by_name = match volumes.len() > FEW {
            true => volumes.iter().enumerate().map(|(at, volume)| (volume.name, at)).collect(),
            false => HashMap::new(),
        };
        Some(Self { manifest, template, spec, workload, containers, volumes, by_name })
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
        match self.volumes.len() > FEW {
            true => self.volumes.get(*self.by_name.get(name)?),
            false => self.volumes.iter().rev().find(|volume| volume.name == name),
        }
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

/// How many nodes are looked into besides those that are there: aliases can make a small text stand
/// for a huge one.
const MOST_ALIASED: usize = 1_000;

/// Finds pod templates in a custom kind by their shape: `spec` with a list of `containers`.
struct Search<'a> {
    manifest: Manifest<'a>,
    found: Vec<Pod<'a>>,
    /// How many nodes may still be looked into.
    left: usize,
}

impl<'a> Search<'a> {
    fn look_into(&mut self, node: Node<'a>, depth: usize) {
        let values = node.entries().map(|entry| entry.value).chain(node.items());
        for value in values.filter_map(Node::resolved).filter(|it| it.is_map() || it.is_seq()) {
            if depth > 12 || self.left == 0 {
                return;
            }
            self.left -= 1;
            let is_template = value.get("spec").is_some_and(holds_containers);
            match Pod::new(self.manifest, value, None).filter(|_| is_template) {
                Some(pod) => self.found.push(pod),
                None => self.look_into(value, depth + 1),
            }
        }
    }
}

fn holds_containers(spec: Node<'_>) -> bool {
    let Some(containers) = spec.get("containers").filter(|it| it.is_seq()) else { return false };
    let mut items = containers.items().filter_map(Node::resolved).peekable();
    items.peek().is_some() && items.all(|it| it.get("name").is_some() || it.get("image").is_some())
}
