//! A toleration without a key does not have the operator `Exists`.
//!
//! With `Exists` and without a key, all taints are tolerated. The default, `Equal`, requires a key.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   tolerations:
//!   - effect: NoSchedule
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
//!   tolerations:
//!   - operator: Exists
//!     effect: NoSchedule
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets `operator: Exists`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::TOLERATION;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "toleration-operator",
    fixes: Fixes::Suggested,
    link: Some(
        "[Taints and tolerations](https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(&[TOLERATION], check)],
    ..Rule::DEFAULT
};

fn check(toleration: &Object<'_>, out: &mut Checker<'_>) {
    let key = toleration.field("key");
    if key.is_some_and(|key| key.as_str() != Some("")) {
        return;
    }
    let exists = New::text("Exists");
    let message = "a toleration without `key` requires `operator: Exists`";
    match toleration.field("operator").map(|node| (node, node.as_str())) {
        Some((node, Some(text))) if text != "Exists" => {
            out.report_absence(node, message)
                .suggest("Change to `Exists`", || write::replace(node, &exists));
        }
        None => {
            out.missing(toleration.node, "operator", message).suggest(
                "Add `operator: Exists`",
                || {
                    let place = Place::First;
                    write::insert(toleration.node, "operator", &exists, place)
                },
            );
        }
        Some(_) => {}
    }
}
