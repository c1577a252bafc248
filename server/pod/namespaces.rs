//! Which level of the Pod Security Standards namespaces enforce, as the labels of their manifests say.

use std::collections::BTreeMap;

use crate::schema::PodSecurity;
use crate::syntax::{Node, Parse, Stream, parse};

/// The label that makes the API server refuse pods below a level.
const LABEL: &str = "pod-security.kubernetes.io/enforce";

/// What the Namespaces in `text`, a stream of YAML documents, enforce.
pub fn enforced(text: &str) -> BTreeMap<String, PodSecurity> {
    // Nearly all files have none, and need not be read.
    if !text.contains(LABEL) {
        return BTreeMap::new();
    }
    let stream = Stream::new(text, parse);
    stream.documents().filter_map(|(_, parse)| enforced_by(parse)).collect()
}

/// The name and the level of the Namespace in this document, if it is one that enforces a level.
pub fn enforced_by(parse: &Parse) -> Option<(String, PodSecurity)> {
    let root = parse.tree.root()?;
    let is = |field: &str, wanted: &str| root.field(field).and_then(Node::as_str) == Some(wanted);
    if !is("kind", "Namespace") || !is("apiVersion", "v1") {
        return None;
    }
    let metadata = root.field("metadata")?;
    let level = PodSecurity::parse(metadata.field("labels")?.field(LABEL)?.as_str()?)?;
    Some((metadata.field("name")?.as_str()?.to_owned(), level))
}

/// The namespace that the object in this document says it lives in.
pub fn namespace_of(parse: &Parse) -> Option<&str> {
    parse.tree.root()?.field("metadata")?.field("namespace")?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_namespaces_tell() {
        let text = "kind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  \
            name: shop\n  labels: {pod-security.kubernetes.io/enforce: restricted}\n---\napiVersion: v1\n\
            kind: Namespace\nmetadata:\n  name: b\n  labels: {pod-security.kubernetes.io/enforce: none}\n";
        let expected = [("shop".to_owned(), PodSecurity::Restricted)];
        assert_eq!(enforced(text).into_iter().collect::<Vec<_>>(), expected);
        assert!(enforced("kind: Namespace\n").is_empty());
    }
}
