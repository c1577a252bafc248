//! An invalid finalizer name.
//!
//! It is a domain, a slash and a name. Only `orphan`, `foregroundDeletion` and `kubernetes` need no
//! domain. The finalizers of pod templates have no effect and are not checked.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   finalizers:
//!   - cleanup
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   finalizers:
//!   - example.com/cleanup
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::names::qualified_name;
use crate::pod::Manifest;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "finalizer-format",
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

const STANDARD: [&str; 3] = ["orphan", "foregroundDeletion", "kubernetes"];

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    if manifest.workload().is_none() {
        return;
    }
    let list = manifest.root.field("metadata").and_then(|it| it.field("finalizers"));
    for node in list.into_iter().flat_map(Node::items).filter_map(Node::resolved) {
        let Some(text) = node.as_str() else { continue };
        if let Err(fault) = qualified_name(text) {
            let name = if text.is_empty() { String::new() } else { format!(" `{text}`") };
            out.report(node, format!("invalid finalizer{name}: it {fault}"));
        } else if !text.contains('/') && !STANDARD.contains(&text) {
            out.report(
                node,
                format!("invalid finalizer `{text}`: it must start with a domain and a `/`"),
            )
            .path(node.path());
        }
    }
}
