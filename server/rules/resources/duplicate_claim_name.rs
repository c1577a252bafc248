//! Two resource claims of one pod have the same name.
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
//!   - name: gpu
//!     resourceClaimTemplateName: fast-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
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
//!   - name: fast-gpu
//!     resourceClaimTemplateName: fast-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//! ```
//!
//! ## Fix
//!
//! Adds a number to the name.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-claim-name",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(claims) = pod.spec.field("resourceClaims") else { return };
    if out.version < Version::new(34) {
        return;
    }
    let names = || claims.items().filter_map(|claim| Some((name(claim)?, claim)));
    for (first, claim) in duplicates(names().map(|((_, name), claim)| (name, claim))) {
        let Some((node, name)) = name(claim) else { continue };
        let free = (2_u32..).map(|number| format!("{name}-{number}"));
        let taken = |made: &str| names().any(|((_, it), _)| it == made);
        let free = free.into_iter().find(|made| !taken(made)).unwrap_or_default();
        out.report(node, format!("duplicate resource claim `{name}` in the pod"))
            .related(first, "the first claim")
            .suggest(format!("Change to `{free}`"), || [Edit::replace(node.content_span(), free)]);
    }
}

fn name(claim: Node<'_>) -> Option<(Node<'_>, &str)> {
    let node = claim.resolved()?.field("name")?;
    node.as_str().filter(|name| !name.is_empty()).map(|name| (node, name))
}
