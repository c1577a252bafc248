//! A rolling update can never proceed.
//!
//! If no extra pod and no missing pod is allowed, no pod can be replaced. By default, `maxSurge` and
//! `maxUnavailable` of a Deployment are 25%; of a DaemonSet `maxSurge` is 0 and `maxUnavailable` is 1.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   strategy:
//!     rollingUpdate:
//!       maxSurge: 0
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
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   strategy:
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
//! Sets `maxUnavailable` to 1.

use super::rolling_update::is_zero;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::apps::{ROLLING_UPDATE_DAEMON_SET, ROLLING_UPDATE_DEPLOYMENT};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "rollout-stuck",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[ROLLING_UPDATE_DEPLOYMENT, ROLLING_UPDATE_DAEMON_SET], check)],
    ..Rule::DEFAULT
};

fn check(update: &Object<'_>, out: &mut Checker<'_>) {
    let other = update.parent.map(|strategy| strategy.text("type")).unwrap_or_default();
    let by_default = update.ty == ROLLING_UPDATE_DAEMON_SET;
    let surge = is_zero(Some(update.node), "maxSurge", by_default);
    let unavailable = is_zero(Some(update.node), "maxUnavailable", false);
    if !matches!(other, "" | "RollingUpdate") || (surge, unavailable) != (Some(true), Some(true)) {
        return;
    }
    let Some(node) = update.field("maxUnavailable") else { return };
    out.report(node, "`maxSurge` and `maxUnavailable` are both 0, so the rollout never proceeds")
        .suggest("Set `maxUnavailable` to 1", || write::replace(node, &New::scalar(1)));
}
