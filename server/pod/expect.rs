//! Which type belongs at a place, also in a manifest that is not finished.

use crate::pod::manifest::without_slash;
use crate::schema::apps::DEPLOYMENT;
use crate::schema::core::{POD, POD_SPEC};
use crate::schema::meta::OBJECT_META;
use crate::schema::{self, Field, ObjectType, Type};
use crate::syntax::Node;

/// What belongs at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    pub ty: Type,
    /// The field whose value it is, or in whose list or map it stands.
    pub field: Option<(ObjectType, Field)>,
}

/// The type of the value `node`; of a key, the type of the map it is in.
pub fn expected(node: Node<'_>) -> Option<Expected> {
    let node = if node.is_key() { node.parent()? } else { node };
    let chain: Vec<Node<'_>> = node.ancestors().collect();
    let (index, ty) = root_type(&chain)?;
    let mut here = Expected { ty: Type::Object(ty), field: None };
    for node in chain[..index].iter().rev() {
        here = below(here, *node)?;
    }
    Some(here)
}

/// The outermost object of a known type around a node, and its place in the chain of ancestors:
/// the manifest, or the metadata or a pod spec in a kind of somebody else.
fn root_type(chain: &[Node<'_>]) -> Option<(usize, ObjectType)> {
    let known = |(index, node): (usize, &Node<'_>)| Some((index, manifest_type(*node)?));
    if let Some(found) = chain.iter().enumerate().rev().find_map(known) {
        return Some(found);
    }
    let metadata = |(index, node): (usize, &Node<'_>)| {
        let holder = node.parent().filter(|it| it.get("kind").is_some());
        let named = node.key().is_some_and(|key| key.text() == Some("metadata"));
        let object = holder.is_some_and(|it| it.get("apiVersion").is_some());
        (named && object).then_some((index, OBJECT_META))
    };
    if let Some(found) = chain.iter().enumerate().rev().find_map(metadata) {
        return Some(found);
    }
    let pod_spec = |(index, node): (usize, &Node<'_>)| {
        let in_spec = node.key().is_none_or(|key| key.text() == Some("spec"));
        let holds = node.is_map() && has_containers(*node);
        (in_spec && holds).then_some((index, POD_SPEC))
    };
    if let Some(found) = chain.iter().enumerate().find_map(pod_spec) {
        return Some(found);
    }
    let root = *chain.last()?;
    Some((chain.len() - 1, guess(root)?))
}

fn has_containers(node: Node<'_>) -> bool {
    node.get("containers").is_some() || node.get("initContainers").is_some()
}

/// The type that `apiVersion` and `kind` name; `kind` alone will do while the other is not there.
fn manifest_type(node: Node<'_>) -> Option<ObjectType> {
    let kind = node.get("kind")?.as_str()?;
    let Some(version) = node.get("apiVersion").and_then(Node::as_str) else {
        return schema::kinds().find(|it| it.kind == kind).map(|it| it.ty);
    };
    let version = without_slash(version);
    schema::kind(version, kind).or_else(|| {
        let retired = schema::retired(version, kind)?;
        schema::kind(retired.replacement?, retired.replacement_kind.unwrap_or(kind))
    })
}

/// What a map without a kind most likely is.
fn guess(root: Node<'_>) -> Option<ObjectType> {
    let spec = root.get("spec");
    if root.get("kind").is_some() {
        return None;
    }
    if spec.is_some_and(|it| it.get("template").is_some() || it.get("replicas").is_some()) {
        return Some(DEPLOYMENT);
    }
    spec.is_some_and(has_containers).then_some(POD)
}

/// What belongs at `node`, a child of a value of which `outer` is expected.
fn below(outer: Expected, node: Node<'_>) -> Option<Expected> {
    match outer.ty {
        Type::Object(ty) => {
            let field = ty.field(node.key()?.text()?)?;
            Some(Expected { ty: field.ty(), field: Some((ty, field)) })
        }
        Type::List(item) | Type::Map(item) => Some(Expected { ty: item.get(), ..outer }),
        _ => None,
    }
}
