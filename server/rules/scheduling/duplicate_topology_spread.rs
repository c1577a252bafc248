//! Two spread constraints have the same `topologyKey` and `whenUnsatisfiable`.
//!
//! Only one constraint is allowed for each pair of them, whatever the selectors are.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: DoNotSchedule
//!     labelSelector:
//!       matchLabels:
//!         app: web
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: DoNotSchedule
//!     labelSelector:
//!       matchLabels:
//!         app: web
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
//!   topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: DoNotSchedule
//!     labelSelector:
//!       matchLabels:
//!         app: web
//!   - maxSkew: 1
//!     topologyKey: topology.kubernetes.io/zone
//!     whenUnsatisfiable: DoNotSchedule
//!     labelSelector:
//!       matchLabels:
//!         app: web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the first of the two constraints. It is a suggestion, since their selectors and `maxSkew` may
//! differ.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-topology-spread",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(list) = pod.spec.field("topologySpreadConstraints") else { return };
    let items: Vec<_> = list.items().filter_map(Node::resolved).collect();
    let mut later_ones = HashMap::new();
    for item in items.into_iter().rev() {
        let Some(both) = what(item) else { continue };
        if let Some(later) = later_ones.insert(both, item) {
            let (key, action) = both;
            let message = format!("duplicate constraint for `{key}` with `{action}`");
            out.report(item, message)
                .related(later, "the other constraint")
                .suggest("Remove this constraint", || write::remove(item));
        }
    }
}

/// What tells constraints apart.
fn what<'a>(item: Node<'a>) -> Option<(&'a str, &'a str)> {
    let text = |field| item.field(field).and_then(Node::as_str);
    Some((text("topologyKey")?, text("whenUnsatisfiable")?))
}
