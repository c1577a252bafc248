//! A DaemonSet has both a surge and unavailable pods.
//!
//! On each node it either starts the new pod first (`maxSurge`) or stops the old one first
//! (`maxUnavailable`), never both. Since `maxUnavailable` is 1 by default, a surge needs
//! `maxUnavailable: 0`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata:
//!   name: web
//! spec:
//!   updateStrategy:
//!     rollingUpdate:
//!       maxSurge: 1
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
//!     rollingUpdate:
//!       maxSurge: 1
//!       maxUnavailable: 0
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
//! Sets `maxUnavailable` to 0.

use super::rolling_update::is_zero;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::apps::ROLLING_UPDATE_DAEMON_SET;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "daemon-set-surge",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[ROLLING_UPDATE_DAEMON_SET], check)],
    ..Rule::DEFAULT
};

fn check(update: &Object<'_>, out: &mut Checker<'_>) {
    let other = update.parent.map(|strategy| strategy.text("type")).unwrap_or_default();
    let surge = is_zero(Some(update.node), "maxSurge", true);
    let unavailable = is_zero(Some(update.node), "maxUnavailable", false);
    if !matches!(other, "" | "RollingUpdate") || (surge, unavailable) != (Some(false), Some(false))
    {
        return;
    }
    let Some(node) = update.field("maxSurge") else { return };
    let zero = New::scalar(0);
    let given = update.field("maxUnavailable");
    let message = "`maxSurge` cannot be combined with `maxUnavailable` in a DaemonSet";
    let diagnostic = match given {
        Some(_) => out.report(node, message),
        None => out.report_absence(node, format!("{message}; `maxUnavailable` is 1 by default")),
    };
    diagnostic.suggest("Set `maxUnavailable` to 0", || {
        write::put(update.node, "maxUnavailable", &zero, Place::After("maxSurge"))
    });
}
