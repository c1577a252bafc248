//! Two files of a volume have the same path, or one is a directory of the other.
//!
//! Only one of them can exist. Which one is undefined, and mounting may fail.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     configMap:
//!       name: web
//!       items:
//!       - key: a
//!         path: conf
//!       - key: b
//!         path: conf/b
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     configMap:
//!       name: web
//!       items:
//!       - key: a
//!         path: conf/a
//!       - key: b
//!         path: conf/b
//! ```

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Object;
use crate::schema::{Version, core};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "volume-path-overlap",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Object(
        &[
            core::CONFIG_MAP_VOLUME_SOURCE,
            core::DOWNWARD_API_VOLUME_SOURCE,
            core::PROJECTED_VOLUME_SOURCE,
            core::SECRET_VOLUME_SOURCE,
        ],
        check,
    )],
    ..Rule::DEFAULT
};

const TOKEN: &str = "serviceAccountToken";
const SOURCES: [&str; 3] = ["configMap", "secret", "downwardAPI"];

fn check(volume: &Object<'_>, out: &mut Checker<'_>) {
    if out.version < Version::new(32) {
        return;
    }
    let mut seen = Seen::default();
    if volume.ty != core::PROJECTED_VOLUME_SOURCE {
        for path in paths(volume.node) {
            check_path(path, true, &mut seen, out);
        }
        return;
    }
    let sources = volume.items_of("sources");
    for source in sources.filter_map(Node::resolved) {
        for list in SOURCES.into_iter().filter_map(|field| source.field(field)) {
            // Equal paths of these are refused, which is another rule's.
            paths(list).for_each(|path| check_path(path, false, &mut seen, out));
        }
        if let Some(path) = source.field(TOKEN).and_then(|token| token.field("path")) {
            check_path(path, true, &mut seen, out);
        }
    }
}

fn paths<'a>(source: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    let items = source.items_of("items");
    items.filter_map(|item| item.resolved()?.field("path"))
}

/// The paths and directories of a volume so far.
#[derive(Default)]
struct Seen<'a> {
    /// Files, and whether equal ones are this rule's.
    files: HashMap<&'a str, (Node<'a>, bool)>,
    /// The directories around them.
    directories: HashMap<&'a str, Node<'a>>,
}

fn check_path<'a>(node: Node<'a>, equal_too: bool, seen: &mut Seen<'a>, out: &mut Checker<'_>) {
    let Some(path) = node.as_str().map(|path| path.trim_end_matches('/')) else { return };
    if path.is_empty() {
        return;
    }
    let directories = || path.match_indices('/').map(|(at, _)| &path[..at]);
    let same = seen.files.get(path).filter(|(_, other)| equal_too || *other);
    let outer = directories().find_map(|directory| seen.files.get(directory));
    let inner = seen.directories.get(path).copied();
    if let Some((other, _)) = same {
        out.report(node, format!("duplicate path `{path}` in the volume"))
            .related(*other, "the other file");
    } else if let Some(other) = outer.map(|(other, _)| *other).or(inner) {
        let name = other.as_str().unwrap_or_default();
        out.report(node, format!("`{path}` conflicts with `{name}`"))
            .related(other, "the other file");
    }
    for directory in directories() {
        seen.directories.entry(directory).or_insert(node);
    }
    seen.files.entry(path).or_insert((node, equal_too));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn files_and_directories() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
  volumes:
  - name: a
    configMap:
      name: web
      items:
      - {key: a, path: a/b/c}
      - {key: b, path: a/b}
                       ^^^ `a/b` conflicts with `a/b/c`
      - {key: c, path: a/bc}
      - {key: d, path: a/bc/}
                       ^^^^^ duplicate path `a/bc` in the volume
      - {key: e, path: a/b/c/d}
                       ^^^^^^^ `a/b/c/d` conflicts with `a/b`
  - name: b
    projected:
      sources:
      - serviceAccountToken: {path: token}
      - secret:
          name: web
          items:
          - {key: a, path: token}
                           ^^^^^ duplicate path `token` in the volume
          - {key: b, path: x}
          - {key: c, path: x}
"#,
        );
    }
}
