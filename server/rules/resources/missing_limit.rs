//! A request that must equal its limit has no limit.
//!
//! Extended resources and huge pages cannot be shared, so they require a limit that equals the
//! request. The limit alone is enough.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       requests:
//!         nvidia.com/gpu: 1
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       limits:
//!         nvidia.com/gpu: 1
//! ```
//!
//! ## Fix
//!
//! Adds the limit.

use super::lists::{Amount, amounts, are_amounts_validated, kind};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::RESOURCE_REQUIREMENTS;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "missing-limit",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS], check)],
    ..Rule::DEFAULT
};

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    let (requests, limits) = (resources.field("requests"), resources.field("limits"));
    let Some(requests) = requests.filter(|requests| requests.is_map()) else { return };
    if limits.is_some_and(|limits| !limits.is_map()) {
        return;
    }
    for request in amounts(requests) {
        let limited = limits.is_some_and(|limits| limits.entry(request.name).is_some());
        if limited
            || !kind(request.name).is_exact()
            || !are_amounts_validated(resources, out.version)
        {
            continue;
        }
        out.report_absence(request.key, format!("`{}` requires a limit", request.name))
            .missing_in(resources.node)
            .fix("Add the limit", || add(resources, &request));
    }
}

fn add(resources: &Object<'_>, request: &Amount<'_>) -> Option<Edit> {
    let source = request.value.tree().slice(request.value.content_span());
    let value = New::scalar(source);
    match resources.node.get("limits") {
        Some(limits) if limits.is_map() => write::insert(limits, request.name, &value, Place::Last),
        Some(empty) => write::replace(empty, &New::map([(request.name, value)])),
        None => {
            let limits = New::map([(request.name, value)]);
            write::insert(resources.node, "limits", &limits, Place::Last)
        }
    }
}
