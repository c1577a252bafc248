//! The annotations of a pod or pod template, which several rules read.

use crate::pod::{Container, Pod};
use crate::syntax::{Entry, Node};

/// Where AppArmor profiles of containers were set before they had a field.
pub(super) const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
/// The same for seccomp, of the pod and of its containers.
pub(super) const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
pub(super) const SECCOMP: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// The map of annotations.
pub(super) fn map<'a>(pod: &Pod<'a>) -> Option<Node<'a>> {
    pod.metadata()?.field("annotations").filter(|map| map.is_map())
}

/// The annotations whose keys start with `prefix`, with the rest of the key.
pub(super) fn with_prefix<'a>(
    map: Node<'a>,
    prefix: &'static str,
) -> impl Iterator<Item = (Entry<'a>, &'a str)> {
    map.fields().filter_map(move |entry| Some((entry, entry.key.text()?.strip_prefix(prefix)?)))
}

/// The text of an annotation.
pub(super) fn text<'a>(entry: &Entry<'a>) -> Option<&'a str> {
    let value = entry.value.resolved()?;
    if value.is_null() { Some("") } else { value.as_str() }
}

/// A field of the security context of the pod or of a container.
pub(super) fn context_field<'a>(holder: Node<'a>, field: &str) -> Option<Node<'a>> {
    holder.field("securityContext")?.field(field)
}

/// The container of this name, of whichever role.
pub(super) fn container<'a, 'b>(pod: &'b Pod<'a>, name: &str) -> Option<&'b Container<'a>> {
    pod.containers.iter().find(|container| container.name() == name)
}

/// How a profile differs from the annotation for the same setting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Disagreement {
    Type,
    Profile,
}

/// Whether a profile with `type` and `localhostProfile` differs from an annotation.
/// `defaults` are the values of an annotation that mean the default of the runtime.
pub(super) fn disagreement(
    profile: Node<'_>,
    annotation: &str,
    defaults: &[&str],
) -> Option<Disagreement> {
    let text = |field| profile.field(field).and_then(Node::as_str);
    let agrees = match text("type")? {
        "Unconfined" => annotation == "unconfined",
        "RuntimeDefault" => defaults.contains(&annotation),
        "Localhost" => {
            let Some(path) = annotation.strip_prefix("localhost/") else {
                return Some(Disagreement::Type);
            };
            return (text("localhostProfile") != Some(path)).then_some(Disagreement::Profile);
        }
        _ => return None,
    };
    (!agrees).then_some(Disagreement::Type)
}

#[cfg(test)]
mod tests {
    use super::{Disagreement, disagreement};
    use crate::syntax::parse;

    #[test]
    fn profiles_and_annotations() {
        for (profile, annotation, expected) in [
            ("{type: Unconfined}", "unconfined", None),
            ("{type: Unconfined}", "runtime/default", Some(Disagreement::Type)),
            ("{type: RuntimeDefault}", "runtime/default", None),
            ("{type: RuntimeDefault}", "localhost/a", Some(Disagreement::Type)),
            ("{type: Localhost, localhostProfile: a}", "localhost/a", None),
            ("{type: Localhost, localhostProfile: a}", "localhost/b", Some(Disagreement::Profile)),
            ("{type: Localhost, localhostProfile: a}", "unconfined", Some(Disagreement::Type)),
            ("{type: Other}", "unconfined", None),
            ("{localhostProfile: a}", "unconfined", None),
        ] {
            let parse = parse(profile);
            let found = disagreement(parse.tree.root().unwrap(), annotation, &["runtime/default"]);
            assert!(found == expected, "{profile} and {annotation}");
        }
    }
}
