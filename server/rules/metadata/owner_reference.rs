//! An object has an owner that cannot own it.
//!
//! At most one owner can be the controller, and an Event cannot be an owner. Controllers write
//! owners; in a manifest they are usually left over from an export.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   ownerReferences:
//!   - apiVersion: apps/v1
//!     kind: ReplicaSet
//!     name: web
//!     uid: 1b4e28ba-2fa1-11d2-883f-0016d3cca427
//!     controller: true
//!   - apiVersion: apps/v1
//!     kind: ReplicaSet
//!     name: api
//!     uid: 2b4e28ba-2fa1-11d2-883f-0016d3cca427
//!     controller: true
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
//!   ownerReferences:
//!   - apiVersion: apps/v1
//!     kind: ReplicaSet
//!     name: web
//!     uid: 1b4e28ba-2fa1-11d2-883f-0016d3cca427
//!     controller: true
//!   - apiVersion: apps/v1
//!     kind: ReplicaSet
//!     name: api
//!     uid: 2b4e28ba-2fa1-11d2-883f-0016d3cca427
//!     controller: false
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Keeps only the first owner as the controller, or removes an Event.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Manifest;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "owner-reference",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let list = manifest.root.field("metadata").and_then(|it| it.field("ownerReferences"));
    let Some(list) = list.filter(|_| manifest.workload().is_some()) else { return };
    let text = |owner: &Node<'_>, field: &str, wanted: &str| {
        owner.field(field).and_then(Node::as_str) == Some(wanted)
    };
    let owners = || list.items().filter_map(Node::resolved);
    for owner in owners().filter(|it| text(it, "apiVersion", "v1") && text(it, "kind", "Event")) {
        out.report(owner, "an Event cannot be an owner")
            .suggest("Remove this owner", || write::remove(owner));
    }
    let flags = owners().filter_map(|it| it.field("controller"));
    let mut flags = flags.filter(|node| node.as_bool() == Some(true));
    let Some(first) = flags.next() else { return };
    for node in flags {
        let no = New::scalar(false);
        out.report(node, "duplicate controller: only one owner can be the controller")
            .related(first, "the first controller")
            .suggest("Change to `false`", || write::replace(node, &no));
    }
}
