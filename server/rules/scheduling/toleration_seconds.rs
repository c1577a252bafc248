//! A toleration has `tolerationSeconds` without the effect `NoExecute`.
//!
//! The field limits how long a pod stays on a node with a `NoExecute` taint. Other effects have no
//! time limit.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   tolerations:
//!   - key: maintenance
//!     operator: Exists
//!     effect: NoSchedule
//!     tolerationSeconds: 60
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
//!   - key: maintenance
//!     operator: Exists
//!     effect: NoExecute
//!     tolerationSeconds: 60
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets the effect to `NoExecute`, or removes `tolerationSeconds`. Both fixes are suggestions, since they
//! change which taints the pod tolerates or for how long.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::TOLERATION;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "toleration-seconds",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[TOLERATION], check)],
    ..Rule::DEFAULT
};

fn check(toleration: &Object<'_>, out: &mut Checker<'_>) {
    let effect = toleration.field("effect");
    let Some(seconds) = toleration.field("tolerationSeconds") else { return };
    let new = New::text("NoExecute");
    let message = "`tolerationSeconds` requires `effect: NoExecute`";
    let diagnostic = match effect.map(|node| (node, node.as_str())) {
        Some((_, None | Some("NoExecute"))) => return,
        Some((node, Some(_))) => out.report(node, message),
        None => out.missing(toleration.node, "effect", message),
    };
    diagnostic
        .related(seconds, "the time")
        .suggest("Set `effect: NoExecute`", || {
            write::put(toleration.node, "effect", &new, Place::Before("tolerationSeconds"))
        })
        .suggest("Remove `tolerationSeconds`", || write::remove(seconds));
}
