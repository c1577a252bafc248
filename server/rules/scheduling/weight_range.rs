//! The weight of a preference is not between 1 and 100.
//!
//! The scheduler adds up the weights of the preferences that a node meets.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   affinity:
//!     podAntiAffinity:
//!       preferredDuringSchedulingIgnoredDuringExecution:
//!       - weight: 0
//!         podAffinityTerm:
//!           topologyKey: kubernetes.io/hostname
//!           labelSelector:
//!             matchLabels:
//!               app: web
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
//!   affinity:
//!     podAntiAffinity:
//!       preferredDuringSchedulingIgnoredDuringExecution:
//!       - weight: 100
//!         podAffinityTerm:
//!           topologyKey: kubernetes.io/hostname
//!           labelSelector:
//!             matchLabels:
//!               app: web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the weight to the nearest one that is allowed, or adds `weight: 1`. Both are suggestions,
//! since the weight decides between this preference and others.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::{PREFERRED_SCHEDULING_TERM, WEIGHTED_POD_AFFINITY_TERM};
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "weight-range",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PREFERRED_SCHEDULING_TERM, WEIGHTED_POD_AFFINITY_TERM], check)],
    ..Rule::DEFAULT
};

fn check(term: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = term.field("weight") else {
        let message = "missing field `weight` in the preference: expected 1 to 100";
        out.missing(term.node, "weight", message).suggest("Add `weight: 1`", || {
            let one = New::scalar(1);
            write::put(term.node, "weight", &one, Place::First)
        });
        return;
    };
    let Some(weight) = node.as_int() else { return };
    let near = weight.clamp(1, 100);
    if weight != near {
        let message = format!("invalid weight {weight}: expected 1 to 100");
        out.report(node, message)
            .suggest(format!("Change to {near}"), || write::replace(node, &New::scalar(near)));
    }
}
