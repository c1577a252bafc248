//! A container uses a claim twice.
//!
//! It uses a claim as a whole, or some of its requests, each once.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: two-gpus
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpu
//!       - name: gpu
//!         request: first
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: two-gpus
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpu
//!         request: first
//!       - name: gpu
//!         request: second
//! ```
//!
//! ## Fix
//!
//! Removes the second use.

use super::lists::{REQUIREMENTS, is_read};
use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "claim-duplicate",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(&[REQUIREMENTS], check)],
};

fn check(resources: &Object<'_>, out: &mut Findings<'_>) {
    let Some(claims) = resources.field("claims") else { return };
    if !is_read(resources, out.version) || resources.is_dropped("claims", out.version) {
        return;
    }
    for (index, claim) in claims.items().enumerate() {
        let Some((name, request)) = used(claim) else { continue };
        let same = |other: &Node<'_>| {
            used(*other).is_some_and(|(other_name, other_request)| {
                let whole = other_request.is_empty() || request.is_empty();
                other_name == name && (whole || other_request == request)
            })
        };
        let Some(first) = claims.items().take(index).find(same) else { continue };
        out.report(claim, format!("claim `{name}` is used twice"))
            .related(first, "the first use")
            .suggest("Remove this use", || write::remove(claim));
    }
}

/// The names of a claim and of one of its requests, which is empty for the whole claim.
fn used(claim: Node<'_>) -> Option<(&str, &str)> {
    let claim = claim.resolved()?;
    let name = claim.field("name")?.as_str().filter(|name| !name.is_empty())?;
    let request = claim.field("request").map_or(Some(""), Node::as_str)?;
    Some((name, request))
}
