//! A rollout fails before its pods can be available.
//!
//! A pod is available `minReadySeconds` after it became ready. `progressDeadlineSeconds`, 600 by
//! default, must be longer.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   minReadySeconds: 60
//!   progressDeadlineSeconds: 30
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
//!   minReadySeconds: 60
//!   progressDeadlineSeconds: 300
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
//! Sets `progressDeadlineSeconds` to 600 seconds more than `minReadySeconds`. It is a suggestion, since a
//! failed rollout is then reported later.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::apps::DEPLOYMENT_SPEC;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "progress-deadline",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[DEPLOYMENT_SPEC], check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "progressDeadlineSeconds";
/// The default deadline of the server.
const DEFAULT: i64 = 600;

fn check(spec: &Object<'_>, out: &mut Checker<'_>) {
    let deadline = spec.field(FIELD);
    let ready = spec.field("minReadySeconds").and_then(Node::as_int).unwrap_or(0);
    let Some(seconds) = deadline.map_or(Some(DEFAULT), Node::as_int) else { return };
    // Negative numbers are another rule's.
    if seconds > ready || seconds < 0 {
        return;
    }
    let longer = ready.saturating_add(DEFAULT);
    let new = New::scalar(longer);
    let title = format!("Set `{FIELD}` to {longer}");
    let message =
        format!("invalid value {seconds} for `{FIELD}`: expected more than `minReadySeconds`");
    match (deadline, spec.field("minReadySeconds")) {
        (Some(node), _) => {
            out.report(node, message).suggest(title, || write::replace(node, &new));
        }
        (None, Some(node)) => {
            let message = format!("{message}; the default is {DEFAULT}");
            out.report_absence(node, message).suggest(title, || {
                write::insert(spec.node, FIELD, &new, Place::After("minReadySeconds"))
            });
        }
        (None, None) => {}
    }
}
