//! Where a pod and its containers say what they may do.
//!
//! Most controls look at the same places: the security contexts of the pod and of each container. What
//! a pod has, a container without a word of its own has as well.

use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::Node;

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
