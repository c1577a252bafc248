//! A DaemonSet with `type: OnDelete` has settings for a rolling update.
//!
//! With `OnDelete` the `rollingUpdate` block is ignored.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata:
//!   name: web
//! spec:
//!   updateStrategy:
//!     type: OnDelete
//!     rollingUpdate:
//!       maxUnavailable: 1
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
//! kind: DaemonSet
//! metadata:
//!   name: web
//! spec:
//!   updateStrategy:
//!     type: OnDelete
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
//! Removes the block.

use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::Object;
use crate::schema::apps::DAEMON_SET_UPDATE_STRATEGY;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "daemon-set-on-delete",
    severity: Severity::Hint,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[DAEMON_SET_UPDATE_STRATEGY], check)],
    ..Rule::DEFAULT
};

fn check(strategy: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = strategy.field("rollingUpdate") else { return };
    if strategy.text("type") == "OnDelete" {
        out.report_key(node, "`rollingUpdate` has no effect with `type: OnDelete`")
            .tag(Tag::Unnecessary)
            .suggest("Remove `rollingUpdate`", || write::remove(node));
    }
}
