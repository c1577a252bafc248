//! A container uses a claim twice.
//!
//! A container uses either a complete claim or some of its requests, each once.
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

use std::collections::HashMap;

use super::lists::are_amounts_validated;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::RESOURCE_REQUIREMENTS;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-claim",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS], check)],
    ..Rule::DEFAULT
};

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    let Some(claims) = resources.field("claims") else { return };
    if !are_amounts_validated(resources, out.version) || resources.is_dropped("claims", out.version)
    {
        return;
    }
    // The first use of each claim, and of each of its requests; an empty request is all of the claim.
    let mut uses: HashMap<&str, Node<'_>> = HashMap::new();
    let mut requests: HashMap<(&str, &str), Node<'_>> = HashMap::new();
    for claim in claims.items() {
        let Some((name, request)) = used(claim) else { continue };
        let whole = requests.get(&(name, "")).copied();
        let of_request = requests.get(&(name, request)).copied();
        let earlier = match request {
            "" => uses.get(name).copied(),
            _ => whole.into_iter().chain(of_request).min_by_key(|it| it.index()),
        };
        uses.entry(name).or_insert(claim);
        requests.entry((name, request)).or_insert(claim);
        let Some(first) = earlier else { continue };
        out.report(claim, format!("duplicate claim `{name}`"))
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
