//! A StatefulSet has no `serviceName`.
//!
//! It names the headless Service that gives each pod a stable DNS name. Without it the pods have
//! stable names, but no DNS names.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
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
//!   serviceName: web
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

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Manifest, Workload};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "missing-service-name",
    severity: Severity::Hint,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    if manifest.workload() != Some(Workload::StatefulSet) {
        return;
    }
    let Some(spec) = manifest.root.field("spec").filter(|spec| spec.is_map()) else { return };
    let given = spec.field("serviceName").is_some_and(|name| name.as_str() != Some(""));
    let whole = spec.field("selector").is_some_and(Node::is_map);
    if !given && whole {
        out.missing(spec, "serviceName", "without `serviceName` the pods have no DNS names");
    }
}
