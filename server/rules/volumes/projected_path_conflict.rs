//! Two sources of a projected volume write the same file.
//!
//! Only one of them can exist. Like the API server, the rule compares the paths of `items`, but not
//! that of a service account token.
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
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//!           items:
//!           - key: a
//!             path: config
//!       - secret:
//!           name: web
//!           items:
//!           - key: b
//!             path: config
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
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//!           items:
//!           - key: a
//!             path: config
//!       - secret:
//!           name: web
//!           items:
//!           - key: b
//!             path: password
//! ```

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::core::PROJECTED_VOLUME_SOURCE;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "projected-path-conflict",
    since: "0.1.0",
    checks: &[Check::Object(&[PROJECTED_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

/// The sources that name files.
const SOURCES: [&str; 3] = ["secret", "configMap", "downwardAPI"];

fn check(volume: &Object<'_>, out: &mut Checker<'_>) {
    let sources = volume.items_of("sources");
    let sources = sources.filter_map(Node::resolved);
    let items = sources.flat_map(|source| {
        SOURCES.into_iter().filter_map(move |field| source.field(field)?.field("items"))
    });
    let paths = items.flat_map(Node::items).filter_map(|it| it.resolved()?.field("path"));
    let mut seen: HashMap<&str, Node<'_>> = HashMap::new();
    for path in paths {
        let Some(text) = path.as_str().filter(|text| !text.is_empty()) else { continue };
        if let Some(other) = seen.get(text) {
            out.report(path, format!("duplicate path `{text}` in the volume"))
                .related(*other, "the other file");
        } else {
            seen.insert(text, path);
        }
    }
}
