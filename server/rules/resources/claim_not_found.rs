//! A container uses a claim that the pod does not have.
//!
//! `claims` refers to names in the pod's `resourceClaims`, not to ResourceClaim objects.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: one-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpus
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
//!     resourceClaimTemplateName: one-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpu
//! ```
//!
//! ## Fix
//!
//! Changes the name to the nearest claim, or adds a claim of that name to the pod.

use std::collections::HashSet;

use super::lists::are_amounts_validated;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::label;
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::{Edit, nearest};

const CLAIMS: &str = "resourceClaims";

pub(crate) static RULE: Rule = Rule {
    code: "claim-not-found",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS], check)],
    ..Rule::DEFAULT
};

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    let Some(claims) = resources.field("claims") else { return };
    let Some(pod) = resources.within(POD_SPEC) else { return };
    if !are_amounts_validated(resources, out.version) || resources.is_dropped("claims", out.version)
    {
        return;
    }
    let names: HashSet<&str> = known(pod).collect();
    for claim in claims.items().filter_map(Node::resolved) {
        let Some(node) = claim.field("name") else { continue };
        let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { continue };
        if !names.contains(name) {
            report(pod, node, name, out);
        }
    }
}

fn known<'a>(pod: &Object<'a>) -> impl Iterator<Item = &'a str> {
    let claims = pod.items_of(CLAIMS);
    claims.filter_map(|claim| claim.resolved()?.field("name")?.as_str())
}

fn report(pod: &Object<'_>, node: Node<'_>, name: &str, out: &mut Checker<'_>) {
    let diagnostic =
        out.report_absence(node, format!("cannot find resource claim `{name}` in this pod"));
    let diagnostic = diagnostic.missing_in(pod.field(CLAIMS).unwrap_or(pod.node));
    let diagnostic = match nearest(name, known(pod)) {
        Some(meant) => diagnostic
            .fix(format!("Change to `{meant}`"), || [crate::syntax::write::word(node, meant)]),
        None => diagnostic,
    };
    if label(name).is_ok() {
        diagnostic.suggest(format!("Add the claim `{name}` to the pod"), || add(pod.node, name));
    }
}

fn add(spec: Node<'_>, name: &str) -> Option<Edit> {
    let template = ("resourceClaimTemplateName", New::text(name));
    let claim = New::map([("name", New::text(name)), template]);
    write::add(spec, CLAIMS, &claim, Place::Last)
}
