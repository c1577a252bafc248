//! Documents of other programs: Compose files, workflows, values and metadata of charts, packages.

use crate::syntax::{Node, Parse, Trust};

/// The beginnings of keys at the top of objects of Kubernetes, in lower case: keys may be misspelt.
const OF_OBJECTS: [&str; 3] = ["apiversion", "metadata", "spec"];

/// A map with this many keys is not one that somebody has begun with `kind`. Values of charts have a `kind`.
const MANY: usize = 4;

/// Whether the document is a map for another program: it has none of the keys that objects of Kubernetes
/// begin with, or it is the `Chart.yaml` of Helm. Text that is not YAML has keys only by chance.
pub fn is_foreign(parse: &Parse) -> bool {
    let Some(root) = parse.tree.root() else { return false };
    let is_complete = |key: &Node<'_>| !key.is_incomplete();
    let keys: Vec<_> = root.entries().map(|entry| entry.key).filter(is_complete).collect();
    let is_read = parse.trust == Trust::Exact || keys.iter().all(|key| is_word(*key));
    let has_kind = keys.len() < MANY && keys.iter().any(|key| starts_with(*key, "kind"));
    let is_object = has_kind || keys.iter().any(|key| is_of_objects(*key));
    (is_read && !keys.is_empty() && !is_object) || is_chart(root)
}

fn is_word(key: Node<'_>) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    key.text().is_some_and(|text| !text.is_empty() && text.bytes().all(sign))
}

fn is_of_objects(key: Node<'_>) -> bool {
    OF_OBJECTS.into_iter().any(|word| starts_with(key, word))
}

fn starts_with(key: Node<'_>, word: &str) -> bool {
    let text = key.text().unwrap_or_default();
    let letters = text.trim_start_matches(|first: char| !first.is_ascii_alphanumeric());
    letters.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn is_chart(root: Node<'_>) -> bool {
    let version = root.get("apiVersion").and_then(Node::as_str);
    let has = |key| root.get(key).is_some();
    matches!(version, Some("v1" | "v2")) && has("name") && has("version") && !has("kind")
}

#[cfg(test)]
mod tests {
    use super::is_foreign;
    use crate::syntax::parse;

    #[test]
    fn of_other_programs() {
        let foreign = |text: &str| is_foreign(&parse(text));
        for text in [
            "services:\n  web: {image: nginx}\n",
            "on: push\njobs: {}\n",
            "image: {tag: x}\n",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "{\"name\": \"x\", \"scripts\": {}}",
            "openapi: 3.0.0\npaths: {}\n",
            "kind: DaemonSet\nimage: {}\nservice: {}\nresources: {}\n",
            "jobs:\n\t- bad\n",
        ] {
            assert!(foreign(text), "{text}");
        }
        for text in [
            "",
            "ki",
            "apiVersion: v1\n",
            "apiversion: v1\nfoo: bar\n",
            "kinds: Pod\nname: a\n",
            "spec: {}\n",
            "kind: ConfigMap\ndata: {}\n",
            "metadata: {name: a}\n",
            "-kind: Pod\n",
            "- a: b\n",
            "<a>: b\n\t<c>: d\n",
            "{}\n",
        ] {
            assert!(!foreign(text), "{text}");
        }
    }
}
