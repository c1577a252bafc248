//! A pull secret is listed twice, or has no name.
//!
//! The entry has no effect.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   imagePullSecrets:
//!   - name: registry
//!   - name: registry
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
//! spec:
//!   imagePullSecrets:
//!   - name: registry
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the entry.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Pod;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "pull-secret",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(list) = pod.spec.field("imagePullSecrets") else { return };
    let mut named = HashMap::new();
    for item in list.items() {
        // A word where a map is wanted has the wrong type.
        if !item.resolved().is_some_and(|it| it.is_map() || it.is_null()) {
            continue;
        }
        let name = name(item);
        let remove = || write::remove(item);
        let Some(node) = name.filter(|name| name.as_str() != Some("")) else {
            let message = "missing field `name` in the pull secret";
            let diagnostic = match name {
                Some(name) => out.report_absence(name, message),
                None => out.missing(item, "name", message),
            };
            diagnostic.suggest("Remove it", remove);
            continue;
        };
        let Some(text) = node.as_str() else { continue };
        let Some(first) = named.get(text).copied() else {
            named.insert(text, node);
            continue;
        };
        out.report(node, format!("duplicate pull secret `{text}`"))
            .related(first, "the first one")
            .fix("Remove it", remove);
    }
}

fn name(item: Node<'_>) -> Option<Node<'_>> {
    item.resolved()?.field("name")
}
