//! Whether a container has an amount of a resource.
//!
//! Several rules of good practice require one amount each. They check what runs all the time, which is
//! app containers and sidecars, and the resources of the complete pod.

use super::totals::of_pod;
use crate::check::Checker;
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;

/// Reports that a container has none of `resource` in `list`, which is `requests` or `limits`. A missing
/// request defaults to the limit.
pub(super) fn expect_amount(
    container: &Container<'_>,
    pod: &Pod<'_>,
    list: &str,
    resource: &str,
    out: &mut Checker<'_>,
) {
    if !matches!(container.role, Role::App | Role::Sidecar) {
        return;
    }
    let of_container = container.node.field("resources");
    let of_pod = of_pod(pod, out.version);
    let said = |holder: Option<Node<'_>>| says(holder, list, resource);
    if said(of_container) || said(of_pod) {
        return;
    }
    let what = list.trim_end_matches('s');
    let message = format!("{} has no {resource} {what}", container.title());
    out.missing(container.node, &format!("resources.{list}.{resource}"), message);
}

/// Whether these resources have an amount, or may have one that cannot be read.
fn says(resources: Option<Node<'_>>, list: &str, resource: &str) -> bool {
    let Some(resources) = resources else { return false };
    let lists: &[&str] = if list == "requests" { &["requests", "limits"] } else { &["limits"] };
    let holds = |list: &&str| {
        let amounts = resources.field(list);
        amounts.is_some_and(|it| !it.is_map() || it.field(resource).is_some())
    };
    !resources.is_map() || lists.iter().any(holds)
}
