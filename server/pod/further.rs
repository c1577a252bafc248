//! Objects in one document, with the `---` between them missing.

use std::collections::HashSet;

use crate::syntax::{Kind, Node};

/// The keys at which the second and later objects start in the map `root`. Empty unless each of the objects
/// has an `apiVersion`, a `kind` and no duplicate key.
pub fn further_objects(root: Node<'_>) -> Vec<Node<'_>> {
    let keys = || root.entries().map(|entry| entry.key);
    let is_block = root.kind() == Kind::Map { flow: false };
    if !is_block || keys().filter(|key| key.text() == Some("kind")).nth(1).is_none() {
        return Vec::new();
    }
    let (mut starts, mut seen) = (Vec::new(), HashSet::new());
    for key in keys() {
        let Some(name) = key.text() else { return Vec::new() };
        if seen.insert(name) {
            continue;
        }
        if !says_type(name) || !is_object(&seen) {
            return Vec::new();
        }
        starts.push(key);
        seen = HashSet::from([name]);
    }
    if is_object(&seen) { starts } else { Vec::new() }
}

fn says_type(key: &str) -> bool {
    matches!(key, "apiVersion" | "kind")
}

fn is_object(keys: &HashSet<&str>) -> bool {
    keys.contains("apiVersion") && keys.contains("kind")
}

#[cfg(test)]
mod tests {
    use super::further_objects;
    use crate::syntax::parse;

    fn starts(text: &str) -> Vec<usize> {
        let parse = parse(text);
        let root = parse.tree.root().expect("a map");
        further_objects(root).into_iter().map(|key| key.span().start).collect()
    }

    #[test]
    fn only_what_is_plain_counts() {
        assert_eq!(starts("apiVersion: a\nkind: b\napiVersion: a\nkind: b\n"), [22]);
        assert_eq!(starts("kind: b\napiVersion: a\nc: d\nkind: b\napiVersion: a\n"), [27]);
        let three = "kind: b\napiVersion: a\n".repeat(3);
        assert_eq!(starts(&three), [22, 44]);
        for text in [
            "apiVersion: a\nkind: b\nkind: b\n",
            "apiVersion: a\nkind: b\nc: d\nc: d\napiVersion: a\nkind: b\n",
            "apiVersion: a\napiVersion: a\nkind: b\nkind: b\n",
            "{apiVersion: a, kind: b, apiVersion: a, kind: b}\n",
            "apiVersion: a\nkind: b\nmetadata: c\n",
        ] {
            assert!(starts(text).is_empty(), "{text}");
        }
    }
}
