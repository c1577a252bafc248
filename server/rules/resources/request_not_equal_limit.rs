//! A request that must equal its limit differs from it.
//!
//! Extended resources and huge pages cannot be shared, so request and limit must be equal. The limit
//! alone is enough.
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
//!       limits:
//!         nvidia.com/gpu: 2
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
//!       requests:
//!         nvidia.com/gpu: 2
//!       limits:
//!         nvidia.com/gpu: 2
//! ```
//!
//! ## Fix
//!
//! Sets the request to the limit.

use super::lists::{Kind, amount_of, amounts, are_amounts_validated, kind};
use crate::check::{Check, Checker, Echo, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::RESOURCE_REQUIREMENTS;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "request-not-equal-limit",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS], check)],
    ..Rule::DEFAULT
};

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    let (requests, limits) = (resources.field("requests"), resources.field("limits"));
    let Some(requests) = requests.filter(|requests| requests.is_map()) else { return };
    for request in amounts(requests) {
        let Some(limit) = amount_of(limits, request.name) else { continue };
        let compared =
            kind(request.name).is_exact() && are_amounts_validated(resources, out.version);
        if request.quantity == limit.quantity || !compared {
            continue;
        }
        let most = limit.value.tree().slice(limit.value.content_span());
        let message = format!("the {} request must equal its limit", request.name);
        let diagnostic = out.report(request.value, message);
        let more = kind(request.name) == Kind::HugePages && request.quantity > limit.quantity;
        let diagnostic = diagnostic.echo(more.then(|| Echo::HugeRequest(request.key.id())));
        diagnostic.related(limit.value, "the limit").suggest(format!("Change to {most}"), || {
            [Edit::replace(request.value.content_span(), most)]
        });
    }
}
