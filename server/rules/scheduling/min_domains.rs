//! `minDomains` is set in a spread constraint that is not `DoNotSchedule`.
//!
//! The field is allowed only with `whenUnsatisfiable: DoNotSchedule`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: topology.kubernetes.io/zone
//!     whenUnsatisfiable: ScheduleAnyway
//!     minDomains: 2
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
//!     topologyKey: topology.kubernetes.io/zone
//!     whenUnsatisfiable: DoNotSchedule
//!     minDomains: 2
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
//! Removes `minDomains`, or changes `whenUnsatisfiable` to `DoNotSchedule`. Both fixes are suggestions:
//! with `DoNotSchedule` pods may stay pending.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::placeholder::is_filled_in;
use crate::pod::Object;
use crate::schema::core::TOPOLOGY_SPREAD_CONSTRAINT;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "min-domains",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[TOPOLOGY_SPREAD_CONSTRAINT], check)],
    ..Rule::DEFAULT
};

fn check(constraint: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = constraint.field("minDomains") else { return };
    let Some(action) = constraint.field("whenUnsatisfiable") else { return };
    let other = action.as_str().is_some_and(|text| text != "DoNotSchedule" && !is_filled_in(text));
    if !other || constraint.is_dropped("minDomains", out.version) {
        return;
    }
    out.report(node, "`minDomains` requires `whenUnsatisfiable: DoNotSchedule`")
        .related(action, "`whenUnsatisfiable`")
        .suggest("Remove `minDomains`", || write::remove(node))
        .suggest("Change to `DoNotSchedule`", || {
            write::replace(action, &New::text("DoNotSchedule"))
        });
}
