//! What a document is: which kind, and how much can be said about it.

use crate::formats::placeholder::is_filled_in;
use crate::pod::workload::Workload;
use crate::schema::{self, ObjectType, Retired};
use crate::syntax::{Node, Parse, Templated};

/// One object in a document. A `List` holds several.
#[derive(Clone, Copy)]
pub struct Manifest<'a> {
    pub root: Node<'a>,
    pub api_version: &'a str,
    pub kind: &'a str,
    pub class: Class,
    /// Whether all of it is there: what is missing is missing. False for patches, templates and
    /// kinds whose operator fills things in.
    pub complete: bool,
    /// Whether it is an item of a `List`: the API server takes those without a look.
    pub in_list: bool,
}

/// How much is known about an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Class {
    /// A kind that the newest Kubernetes has.
    BuiltIn(ObjectType),
    /// A version of a built-in kind that is gone; `ty` is its successor.
    Retired { retired: Retired, ty: Option<ObjectType> },
    /// A kind in a built-in group that does not exist.
    Unknown,
    /// A kind of somebody else.
    Custom,
}

impl<'a> Manifest<'a> {
    /// The objects of a document: none when it is no manifest, the items of a `List`.
    pub fn all(parse: &'a Parse) -> Vec<Self> {
        let mut found = Vec::new();
        if let Some(root) = parse.tree.root().and_then(Node::resolved) {
            collect(root, parse.templated == Templated::No, &mut found, 0);
        }
        found
    }

    /// The object whose map is `root`, whatever it is.
    pub fn of(root: Node<'a>) -> Self {
        let text = |key| root.get(key).and_then(Node::as_str).unwrap_or_default();
        let (api_version, kind) = (without_slash(text("apiVersion")), text("kind"));
        let class = classify(api_version, kind);
        Self { root, api_version, kind, class, complete: false, in_list: false }
    }

    /// The type of the object. A version that is gone has none: that is all the API server says
    /// of it, and its fields may have been others.
    pub fn ty(&self) -> Option<ObjectType> {
        match self.class {
            Class::BuiltIn(ty) => Some(ty),
            Class::Retired { .. } | Class::Unknown | Class::Custom => None,
        }
    }

    /// Which kind with a pod it is.
    pub fn workload(&self) -> Option<Workload> {
        Workload::of(self.ty()?)
    }

    /// `metadata.name`, when it is a string.
    pub fn name(&self) -> Option<&'a str> {
        self.root.field("metadata")?.field("name")?.as_str()
    }
}

fn collect<'a>(root: Node<'a>, complete: bool, found: &mut Vec<Manifest<'a>>, depth: usize) {
    let Some((api_version, kind)) = types(root) else { return };
    let api_version = without_slash(api_version);
    if is_list(api_version, kind) && depth < 4 {
        for item in root.items_of("items") {
            if let Some(item) = item.resolved() {
                collect(item, complete, found, depth + 1);
            }
        }
        return;
    }
    let class = classify(api_version, kind);
    let is_known = matches!(class, Class::BuiltIn(_)) && !is_filled_in(api_version);
    let complete = complete && is_known && !is_patch(root);
    found.push(Manifest { root, api_version, kind, class, complete, in_list: depth > 0 });
}

/// The apiVersion and the kind. If one of them is a number or a boolean, which kubectl refuses, it follows
/// from the other one and the fields.
fn types(root: Node<'_>) -> Option<(&str, &str)> {
    let text = |key| root.get(key).and_then(Node::as_str);
    let is_wrong = |key| root.field(key).is_some_and(|it| it.is_scalar() && it.as_str().is_none());
    match (text("apiVersion"), text("kind")) {
        (Some(version), Some(kind)) => Some((version, kind)),
        (None, Some(kind)) if is_wrong("apiVersion") => {
            let mut named = schema::kinds().filter(|known| known.kind == kind);
            let only = named.next().filter(|_| named.next().is_none())?;
            Some((only.api_version, kind))
        }
        (Some(version), None) if is_wrong("kind") => {
            Some((version, kind_of_fields(root, version)?))
        }
        _ => None,
    }
}

/// The kind with a pod whose spec has all the fields that are there.
pub fn kind_of_fields(root: Node<'_>, version: &str) -> Option<&'static str> {
    let fields: Vec<_> = root.field("spec")?.fields().filter_map(|it| it.key.text()).collect();
    let fits = |name: &str| {
        let spec = schema::kind(version, name).and_then(|ty| ty.field("spec")?.ty().object());
        spec.is_some_and(|spec| fields.iter().all(|field| spec.field(field).is_some()))
    };
    ["Pod", "Deployment", "CronJob", "Job", "StatefulSet", "DaemonSet", "ReplicationController"]
        .into_iter()
        .find(|name| !fields.is_empty() && fits(name))
}

/// The server reads `/v1` as the version `v1` of the group without a name (`ParseGroupVersion`).
pub(super) fn without_slash(api_version: &str) -> &str {
    api_version.strip_prefix('/').filter(|it| !it.contains('/')).unwrap_or(api_version)
}

fn is_list(api_version: &str, kind: &str) -> bool {
    let item = kind.strip_suffix("List").unwrap_or_default();
    (kind == "List" && api_version == "v1") || schema::kind(api_version, item).is_some()
}

fn classify(api_version: &str, kind: &str) -> Class {
    if let Some(ty) = schema::kind(api_version, kind) {
        return Class::BuiltIn(ty);
    }
    if let Some(retired) = schema::retired(api_version, kind) {
        let kind = retired.replacement_kind.unwrap_or(kind);
        let ty = retired.replacement.and_then(|version| schema::kind(version, kind));
        return Class::Retired { retired, ty };
    }
    if is_filled_in(api_version) {
        // Charts ask the cluster for the version. Of what holds pods, it is some version of the one we know.
        let named = |it: &schema::Kind| it.kind == kind && Workload::of(it.ty).is_some();
        return schema::kinds().find(named).map_or(Class::Custom, |it| Class::BuiltIn(it.ty));
    }
    if is_built_in_group(api_version) { Class::Unknown } else { Class::Custom }
}

/// Whether Kubernetes alone decides which kinds are in the group of this apiVersion.
fn is_built_in_group(api_version: &str) -> bool {
    let known = |group: &str| {
        let same = |kind: schema::Kind| group_of(kind.api_version) == group;
        schema::kinds().any(same)
    };
    known(group_of(api_version))
}

fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a strategic merge patch directive stands in it.
fn is_patch(node: Node<'_>) -> bool {
    // Nearly all texts are without one, and need not be walked.
    node.tree().slice(node.span()).contains('$') && holds_directive(node, 0)
}

fn holds_directive(node: Node<'_>, depth: usize) -> bool {
    const DIRECTIVES: [&str; 3] = ["$patch", "$retainKeys", "$deleteFromPrimitiveList"];
    let directive = |key: Node<'_>| {
        let text = key.text().unwrap_or_default();
        text.starts_with('$')
            && (DIRECTIVES.contains(&text)
                || text.starts_with("$setElementOrder/")
                || text.starts_with("$deleteFromPrimitiveList/"))
    };
    depth < 12
        && (node
            .entries()
            .any(|entry| directive(entry.key) || holds_directive(entry.value, depth + 1))
            || node.items().any(|item| holds_directive(item, depth + 1)))
}
