//! A variable is set twice.
//!
//! The later value is used, and server-side apply refuses both. Adding to an earlier value is fine:
//! `$(PATH):/opt/bin`.
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
//!     env:
//!     - name: LOG_LEVEL
//!       value: info
//!     - name: LOG_LEVEL
//!       value: debug
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
//!     env:
//!     - name: LOG_LEVEL
//!       value: debug
//! ```
//!
//! ## Fix
//!
//! Removes the variable that has no effect.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-env",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let items: Vec<_> = container.items("env").collect();
    let mut seen: HashMap<&str, Node<'_>> = HashMap::with_capacity(items.len());
    for item in items {
        let Some(node) = item.field("name") else { continue };
        let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { continue };
        let earlier = seen.insert(name, item);
        if let Some(earlier) = earlier.filter(|_| hides(item, name, out.version)) {
            report(container, item, earlier, name, out);
        }
    }
}

/// Whether the value does not refer to the earlier one.
fn hides(item: Node<'_>, name: &str, version: Version) -> bool {
    let own = format!("$({name})");
    let value = item.field("value").and_then(Node::as_str).unwrap_or_default();
    let from = item.field("valueFrom").is_some();
    version < Version::new(28) || from || value == own || !value.contains(&own)
}

fn report(
    container: &Container<'_>,
    item: Node<'_>,
    earlier: Node<'_>,
    name: &str,
    out: &mut Checker<'_>,
) {
    let Some(first) = earlier.field("name") else { return };
    let Some(second) = item.field("name") else { return };
    out.report(item, format!("duplicate environment variable `{name}` in {}", container.title()))
        .at(second.head_span())
        .related(first, "this one has no effect")
        .suggest("Remove the earlier one", || write::remove(earlier));
}
