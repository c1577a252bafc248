//! A StatefulSet keeps a negative number of revisions.
//!
//! Other kinds with a history refuse this, but StatefulSets accept it and keep all revisions.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   revisionHistoryLimit: -1
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   revisionHistoryLimit: 0
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the field; the default is 10 revisions.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::apps::STATEFUL_SET_SPEC;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "revision-history-negative",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[STATEFUL_SET_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(spec: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = spec.field("revisionHistoryLimit") else { return };
    let negative = Node::as_int(node).is_some_and(|limit| limit < 0);
    if negative && out.version >= Version::new(33) {
        out.report(node, "invalid `revisionHistoryLimit`: expected at least 0")
            .suggest("Remove it", || write::remove(node));
    }
}
