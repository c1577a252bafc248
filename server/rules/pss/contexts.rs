//! The security contexts of a pod and its containers.
//!
//! Most controls read the same places: the security contexts of the pod and of each container. A
//! container inherits the values of the pod that it does not set itself.

use crate::check::{Rule, Severity};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::Node;

/// What the rules of this folder have in common.
pub(super) const PSS: Rule = Rule {
    severity: Severity::Error,
    link: Some(
        "[Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)",
    ),
    ..Rule::DEFAULT
};

pub(super) const CONTEXT: &str = "securityContext";

/// A field of the security context of a pod spec or a container.
pub(super) fn context<'a>(holder: Node<'a>, field: &str) -> Option<Node<'a>> {
    holder.field(CONTEXT)?.field(field)
}

/// The pod spec and its containers.
pub(super) fn holders<'a>(pod: &Pod<'a>) -> impl Iterator<Item = Node<'a>> {
    std::iter::once(pod.spec).chain(pod.containers.iter().map(|container| container.node))
}

/// The name of a holder in messages.
pub(super) fn title(pod: &Pod<'_>, holder: Node<'_>) -> String {
    let container = pod.containers.iter().find(|container| container.node == holder);
    container.map_or_else(|| "the pod".to_owned(), |container| container.title())
}

/// Whether root in the pod has no rights on the host; the policies allow for it from 1.35 on.
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
