//! A request is greater than its limit.
//!
//! Amounts are compared by value: `1Gi` is more than `1G`, and `1000m` of `cpu` is `1`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     resources:
//!       requests:
//!         memory: 1Gi
//!       limits:
//!         memory: 1G
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     resources:
//!       requests:
//!         memory: 1Gi
//!       limits:
//!         memory: 1Gi
//! ```
//!
//! ## Fix
//!
//! Raises the limit, or lowers the request.

use super::lists::{Amount, amount_of, amounts, are_amounts_validated, kind};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::RESOURCE_REQUIREMENTS;
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "request-exceeds-limit",
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
            kind(request.name).is_overcommitted() && are_amounts_validated(resources, out.version);
        if request.quantity > limit.quantity && compared {
            report(&request, &limit, out);
        }
    }
}

fn report(request: &Amount<'_>, limit: &Amount<'_>, out: &mut Checker<'_>) {
    let text = |node: Node<'_>| node.text().unwrap_or_default().to_owned();
    let (much, most) = (text(request.value), text(limit.value));
    let copy = |from: Node<'_>, to: Node<'_>| {
        let source = from.tree().slice(from.content_span());
        vec![Edit::replace(to.content_span(), source)]
    };
    let name = request.name;
    let diagnostic = out
        .report(request.value, format!("the {name} request {much} exceeds its limit {most}"))
        .related(limit.value, "the limit")
        .suggest(format!("Raise the limit to {much}"), || copy(request.value, limit.value));
    // A negative limit is another rule's.
    if !most.starts_with('-') {
        diagnostic
            .suggest(format!("Lower the request to {most}"), || copy(limit.value, request.value));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn compares_values() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  initContainers:
  - name: a
    image: x
    resources: {requests: {cpu: 1.0001, memory: 1Mi}, limits: {cpu: 1.0005, memory: }}
                                                ^^^ the memory request 1Mi exceeds its limit 
  containers:
  - name: a
    image: x
    resources: {requests: {cpu: 1}, limits: {cpu: 999m}}
                                ^ the cpu request 1 exceeds its limit 999m
  ephemeralContainers:
  - name: a
    image: x
    resources: {requests: {cpu: 1}, limits: {cpu: 999m}}
",
        );
    }
}
