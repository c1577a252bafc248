//! The walk that finds the names of a document.

use crate::pod::names::table::{NameUse, name_use};
use crate::pod::names::{Occurrence, Symbol, SymbolKind, labels, variables};
use crate::pod::{Manifest, Object, Pod, walk};
use crate::schema::core::{CONTAINER, EPHEMERAL_CONTAINER, POD_SPEC};
use crate::schema::meta::OBJECT_META;
use crate::schema::{ObjectType, Version};
use crate::syntax::{Kind, Node, NodeId, Parse, Style, Tree};
use crate::text::Span;

/// The annotation that names the container `kubectl logs` and `kubectl exec` take.
const DEFAULT_CONTAINER: &str = "kubectl.kubernetes.io/default-container";

/// What stands in front of a container's name in the annotations that were AppArmor's.
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

pub(super) fn names(parse: &Parse) -> Vec<Occurrence> {
    let mut out = anchors(&parse.tree);
    for manifest in Manifest::all(parse) {
        let metadata = manifest.root.field("metadata");
        let namespace = metadata.and_then(|it| it.field("namespace")?.as_str());
        let mut of_one = Collector {
            tree: &parse.tree,
            namespace: namespace.unwrap_or_default(),
            out: &mut out,
        };
        of_one.own_name(&manifest, metadata);
        match manifest.ty() {
            Some(ty) => of_one.walk(manifest.root, ty),
            None => Pod::all(&manifest).iter().for_each(|pod| of_one.walk(pod.spec, POD_SPEC)),
        }
    }
    put_in_order(&mut out);
    out
}

/// Aliases lead to the same place again and again.
fn put_in_order(names: &mut Vec<Occurrence>) {
    names.sort_by_key(|name| (name.span, !name.is_definition));
    names.dedup();
}

/// Anchors and the aliases that refer to them.
fn anchors(tree: &Tree) -> Vec<Occurrence> {
    let name = |at: Span, node: NodeId, is_definition: bool| {
        let span = Span::new(at.start + 1, at.end);
        let name = tree.slice(span).to_owned();
        Occurrence { symbol: symbol(SymbolKind::Anchor, Some(node), name), span, is_definition }
    };
    let made = tree.anchors().map(|(at, node)| name(at, node.id(), true));
    let mut found: Vec<Occurrence> = made.collect();
    if !found.is_empty() {
        let aliases = tree.nodes().filter(|node| node.kind() == Kind::Alias);
        let target = |node: Node<'_>| {
            let at = node.content_span();
            let before = u32::try_from(at.start).ok()?;
            let id = tree.anchored(tree.slice(Span::new(at.start + 1, at.end)), before)?;
            Some(name(at, id, false))
        };
        found.extend(aliases.filter_map(target));
    }
    found
}

pub(super) fn symbol(kind: SymbolKind, scope: Option<NodeId>, name: String) -> Symbol {
    let (of, namespace, object) = (String::new(), String::new(), String::new());
    Symbol { kind, scope, of, namespace, object, name }
}

/// Finds the names of one object.
pub(super) struct Collector<'a, 'o> {
    tree: &'a Tree,
    namespace: &'a str,
    out: &'o mut Vec<Occurrence>,
}

impl Collector<'_, '_> {
    fn walk(&mut self, root: Node<'_>, ty: ObjectType) {
        walk(root, ty, Version::NEWEST, &mut |object| self.visit(object));
    }

    /// The name of the object itself, and the keys of its data.
    fn own_name(&mut self, manifest: &Manifest<'_>, metadata: Option<Node<'_>>) {
        let Some(name) = metadata.and_then(|it| it.field("name")) else { return };
        let Some(text) = name.as_str() else { return };
        let object = self.object(SymbolKind::Object, manifest.kind, String::new(), text.to_owned());
        self.add(name, object, true);
        let lists: &[&str] = match (manifest.api_version, manifest.kind) {
            ("v1", "ConfigMap") => &["data", "binaryData"],
            ("v1", "Secret") => &["data", "stringData"],
            _ => return,
        };
        let maps = lists.iter().filter_map(|list| manifest.root.field(list));
        for entry in maps.flat_map(Node::fields) {
            let key = entry.key.text().unwrap_or_default().to_owned();
            let key = self.object(SymbolKind::Key, manifest.kind, text.to_owned(), key);
            self.add(entry.key, key, true);
        }
    }

    fn visit(&mut self, object: &Object<'_>) {
        if object.ty == OBJECT_META {
            self.visit_metadata(object);
        }
        if labels::has_some(object) {
            self.labels(object);
        }
        if matches!(object.ty, CONTAINER | EPHEMERAL_CONTAINER) {
            variables::visit(object, |span, name| {
                let symbol = symbol(SymbolKind::Variable, Some(object.node.id()), name.to_owned());
                self.push(Occurrence { symbol, span, is_definition: false });
            });
        }
        let outer = object.parent.map(|outer| outer.ty);
        for field in object.fields {
            let Some(name) = field.field.map(crate::schema::Field::name) else { continue };
            let Some(name_use) = name_use(object.ty, name, object.held_by(), outer) else {
                continue;
            };
            let Some(value) = field.entry.value.resolved() else { continue };
            if let Some((symbol, is_definition)) = self.referred(object, value, name_use) {
                self.add(value, symbol, is_definition);
            }
        }
    }

    /// What the value of a field used like this stands for, and whether it makes it.
    fn referred(
        &self,
        object: &Object<'_>,
        value: Node<'_>,
        name_use: NameUse,
    ) -> Option<(Symbol, bool)> {
        let text = value.text().filter(|text| !text.is_empty())?.to_owned();
        let is_number = value.as_int().is_some();
        match name_use {
            NameUse::Defines(SymbolKind::PortNumber) => {
                Some((symbol(SymbolKind::PortNumber, container_of(object), text), true))
            }
            NameUse::Refers(SymbolKind::Port) if is_number => {
                Some((symbol(SymbolKind::PortNumber, container_of(object), text), false))
            }
            _ if value.as_str().is_none() => None,
            NameUse::Defines(kind) => Some((symbol(kind, scope_of(object, kind), text), true)),
            NameUse::Refers(kind) => Some((symbol(kind, scope_of(object, kind), text), false)),
            NameUse::Object(of) => {
                Some((self.object(SymbolKind::Object, of, String::new(), text), false))
            }
            NameUse::ObjectOfKind => {
                let mut object_ =
                    self.object(SymbolKind::Object, object.text("kind"), String::new(), text);
                // Subjects of a binding say where they live.
                if let Some(namespace) = object.field("namespace").and_then(Node::as_str) {
                    namespace.clone_into(&mut object_.namespace);
                }
                Some((object_, false))
            }
            NameUse::Key(of) => {
                let holder = object.text("name").to_owned();
                Some((self.object(SymbolKind::Key, of, holder, text), false))
            }
            NameUse::Item(of, field) => {
                let holder = object.parent?.text(field).to_owned();
                Some((self.object(SymbolKind::Key, of, holder, text), false))
            }
        }
    }

    fn visit_metadata(&mut self, object: &Object<'_>) {
        let Some(holder) = object.parent else { return };
        // A claim template of a StatefulSet is a volume of its pods.
        if holder.held_by() == "volumeClaimTemplates"
            && let Some(name) = object.field("name")
            && let Some(text) = name.as_str()
        {
            let volume = symbol(SymbolKind::Volume, pod_of(object), text.to_owned());
            self.add(name, volume, true);
        }
        let annotations = object.field("annotations");
        for entry in annotations.into_iter().flat_map(Node::fields) {
            self.app_armor(entry.key, holder);
        }
        if let Some(value) = annotations.and_then(|it| it.field(DEFAULT_CONTAINER))
            && let Some(text) = value.as_str()
        {
            let spec = holder.field("spec").map(Node::id);
            self.add(value, symbol(SymbolKind::Container, spec, text.to_owned()), false);
        }
    }

    /// The name of the container at the end of the key.
    fn app_armor(&mut self, key: Node<'_>, holder: &Object<'_>) {
        let Some(container) = key.text().and_then(|key| key.strip_prefix(APP_ARMOR)) else {
            return;
        };
        let Some(span) = inner(self.tree, key) else { return };
        let spec = holder.field("spec").map(Node::id);
        let symbol = symbol(SymbolKind::Container, spec, container.to_owned());
        let span = Span::new(span.end - container.len(), span.end);
        self.push(Occurrence { symbol, span, is_definition: false });
    }

    fn labels(&mut self, object: &Object<'_>) {
        for (entry, is_definition) in labels::of(object) {
            let (Some(key), Some(value)) = (entry.key.text(), entry.value.resolved()) else {
                continue;
            };
            let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { continue };
            let label = self.object(SymbolKind::Label, key, String::new(), text.to_owned());
            self.add(value, label, is_definition);
        }
    }

    fn object(&self, kind: SymbolKind, of: &str, object: String, name: String) -> Symbol {
        let namespace = self.namespace.to_owned();
        Symbol { kind, scope: None, of: of.to_owned(), namespace, object, name }
    }

    fn add(&mut self, node: Node<'_>, symbol: Symbol, is_definition: bool) {
        if let Some(span) = inner(self.tree, node) {
            self.push(Occurrence { symbol, span, is_definition });
        }
    }

    /// Rather than growing, a list of many names drops what it holds twice.
    fn push(&mut self, name: Occurrence) {
        const MANY: usize = 1024;
        if self.out.len() >= MANY && self.out.len() == self.out.capacity() {
            put_in_order(self.out);
            self.out.reserve(self.out.len());
        }
        self.out.push(name);
    }
}

/// Where the text of a scalar stands, without its quotes. Names in blocks are too rare to care.
pub(super) fn inner(tree: &Tree, node: Node<'_>) -> Option<Span> {
    let span = node.content_span();
    let quoted = match node.kind() {
        Kind::Scalar(Style::Plain) => 0,
        Kind::Scalar(Style::SingleQuoted | Style::DoubleQuoted) => 1,
        _ => return None,
    };
    let inner = Span::new(span.start + quoted, span.end.checked_sub(quoted)?);
    let whole = inner.start <= inner.end && node.text() == Some(tree.slice(inner));
    whole.then_some(inner)
}

/// What a name of this kind belongs to.
fn scope_of(object: &Object<'_>, kind: SymbolKind) -> Option<NodeId> {
    match kind {
        SymbolKind::Port | SymbolKind::PortNumber | SymbolKind::Variable => container_of(object),
        _ => pod_of(object),
    }
}

fn container_of(object: &Object<'_>) -> Option<NodeId> {
    let mut around = object.ancestors();
    let container = around.find(|it| matches!(it.ty, CONTAINER | EPHEMERAL_CONTAINER));
    container.map(|it| it.node.id()).or(Some(NOWHERE))
}

/// The spec of the pod that the object is in, or whose template stands beside it.
fn pod_of(object: &Object<'_>) -> Option<NodeId> {
    let spec = object.ancestors().find_map(|it| match it.ty {
        POD_SPEC => Some(it.node),
        _ => it.field("template")?.field("spec"),
    });
    spec.map(Node::id).or(Some(NOWHERE))
}

/// What belongs to no pod is not known to the whole cluster either.
const NOWHERE: NodeId = NodeId(u32::MAX);
