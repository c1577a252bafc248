//! Where a pod and its containers say what they may do.
//!
//! Most controls look at the same places: the security contexts of the pod and of each container. What
//! a pod has, a container without a word of its own has as well.

use crate::pod::Pod;
use crate::rules::{Draft, Findings};
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(super) const CONTEXT: &str = "securityContext";

/// A field of the security context of a pod spec or a container.
pub(super) fn context<'a>(holder: Node<'a>, field: &str) -> Option<Node<'a>> {
    holder.field(CONTEXT)?.field(field)
}

/// The pod spec and its containers.
pub(super) fn holders<'a>(pod: &Pod<'a>) -> impl Iterator<Item = Node<'a>> {
    std::iter::once(pod.spec).chain(pod.containers.iter().map(|container| container.node))
}

/// How a message names a holder.
pub(super) fn title(pod: &Pod<'_>, holder: Node<'_>) -> String {
    let container = pod.containers.iter().find(|container| container.node == holder);
    container.map_or_else(|| "the pod".to_owned(), |container| container.title())
}

/// Whether the pod says that it is for Windows, where most of Linux does not apply.
pub(super) fn is_windows(pod: &Pod<'_>) -> bool {
    let name = pod.spec.field("os").and_then(|os| os.field("name"));
    name.and_then(Node::as_str) == Some("windows")
}

/// Whether root in the pod is nobody on the host; policies know of it from 1.35 on.
pub(super) fn has_own_users(pod: &Pod<'_>, version: Version) -> bool {
    let shared = pod.spec.field("hostUsers").and_then(Node::as_bool);
    shared == Some(false) && version >= Version::new(35)
}

/// The type of a profile; the empty one when there is a profile without.
pub(super) fn profile_type<'a>(profile: Node<'a>) -> Option<(Node<'a>, &'a str)> {
    if !profile.is_map() {
        return None;
    }
    match profile.field("type") {
        None => Some((profile, "")),
        Some(node) => Some((node, node.as_str()?)),
    }
}

/// Reports that `holder` lacks what `path` leads to.
pub(super) fn lacking<'a>(
    out: &'a mut Findings<'_>,
    holder: Node<'_>,
    path: &[&str],
    message: String,
) -> Draft<'a> {
    let (mut node, mut rest) = (holder, path);
    while let [first, more @ ..] = rest
        && !more.is_empty()
        && let Some(inner) = node.field(first).filter(|inner| inner.is_map())
    {
        (node, rest) = (inner, more);
    }
    out.missing(node, &rest.join("."), message)
}

/// The edit that gives what `path` leads to from `holder` a value.
pub(super) fn set(holder: Node<'_>, path: &[&str], value: &New) -> Vec<Edit> {
    written(holder, path, value).into_iter().collect()
}

fn written(holder: Node<'_>, path: &[&str], value: &New) -> Option<Edit> {
    let (first, rest) = path.split_first()?;
    match holder.get(first) {
        Some(node) if rest.is_empty() => write::replace(node, value),
        Some(node) if node.is_map() => written(node, rest, value),
        Some(node) if node.is_null() => write::replace(node, &nested(rest, value)),
        Some(_) => None,
        None => write::insert(holder, first, &nested(rest, value), Place::Last),
    }
}

fn nested(path: &[&str], value: &New) -> New {
    let inner = path.iter().rev();
    inner.fold(value.clone(), |value, key| New::map([(*key, value)]))
}

/// The edit that removes an entry or an item.
pub(super) fn removed(node: Node<'_>) -> Vec<Edit> {
    write::remove(node).into_iter().collect()
}
