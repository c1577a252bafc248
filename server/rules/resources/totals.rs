//! The total resources of the containers of a pod.

use super::lists::amount_of;
use crate::formats::quantity::Quantity;
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::Node;

/// The amounts to add up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Limits,
    /// Requests as they are written.
    Requests,
    /// Requests, and limits where there is no request: what they become in a Pod.
    RequestsOrLimits,
}

/// The most that the containers of the pod need of one resource at any time, as the server counts
/// for its validation; `None` when none of them names it. App containers and sidecars run together;
/// each init container runs with the sidecars that started before it.
pub(super) fn total(pod: &Pod<'_>, resource: &str, of: Of) -> Option<Quantity> {
    let mut is_named = false;
    let (mut apps, mut sidecars, mut most) = (Quantity::ZERO, Quantity::ZERO, Quantity::ZERO);
    for container in &pod.containers {
        let Some(amount) = amount(container, resource, of) else { continue };
        match container.role {
            Role::App => apps = apps + amount,
            Role::Sidecar => sidecars = sidecars + amount,
            Role::Init => most = most.max(amount + sidecars),
            Role::Ephemeral => continue,
        }
        is_named = true;
    }
    is_named.then(|| most.max(apps + sidecars))
}

fn amount(container: &Container<'_>, resource: &str, of: Of) -> Option<Quantity> {
    let resources = container.node.field("resources")?;
    let list = |field: &str| amount_of(resources.field(field), resource).map(|it| it.quantity);
    match of {
        Of::Limits => list("limits"),
        Of::Requests => list("requests"),
        Of::RequestsOrLimits => list("requests").or_else(|| list("limits")),
    }
}

/// The resources of the pod as a whole, if the server looks at them.
pub(super) fn of_pod<'a>(pod: &Pod<'a>, version: Version) -> Option<Node<'a>> {
    let read = version >= Version::new(34) && !pod.is_windows();
    pod.spec.field("resources").filter(|_| read)
}

#[cfg(test)]
mod tests {
    use super::{Of, total};
    use crate::pod::{Manifest, Pod};
    use crate::syntax::parse;

    /// The CPU that a pod needs, of which each container is a letter and an amount: `i` for an init
    /// container, `s` for a sidecar, `a` for an app container, `e` for an ephemeral one.
    fn needed(containers: &str, of: Of) -> Option<String> {
        let list = |letters: &str| {
            let of_list =
                containers.split(' ').filter(|it| it.starts_with(|c| letters.contains(c)));
            let items = of_list.map(|container| {
                let (letter, amount) = container.split_at(1);
                let policy = if letter == "s" { "restartPolicy: Always, " } else { "" };
                let requests = format!("resources: {{requests: {{cpu: {amount}m}}}}");
                format!("{{{policy}{requests}}}")
            });
            items.collect::<Vec<_>>().join(", ")
        };
        let text = format!(
            "apiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{}]\n  containers: [{}]\n  \
             ephemeralContainers: [{}]\n",
            list("is"),
            list("a"),
            list("e")
        );
        let parse = parse(&text);
        let manifests = Manifest::all(&parse);
        let pod = Pod::all(&manifests[0]).into_iter().next().unwrap();
        total(&pod, "cpu", of).map(|it| it.canonical())
    }

    #[test]
    fn sidecars_run_beside_all_that_start_later() {
        for (containers, expected) in [
            ("a100 a200", Some("300m")),
            ("s10 a100", Some("110m")),
            ("s10 s20 a100", Some("130m")),
            ("i500 a100", Some("500m")),
            ("s10 i500 a100", Some("510m")),
            ("i500 s10 a100", Some("500m")),
            ("i50 s10 a100", Some("110m")),
            ("s10 i50 s20 i70 a50", Some("100m")),
            ("s10 i50 s20 i70 a80", Some("110m")),
            ("i300 i200", Some("300m")),
            ("s10", Some("10m")),
            ("a100 e900", Some("100m")),
            ("e900", None),
        ] {
            assert_eq!(needed(containers, Of::Requests).as_deref(), expected, "{containers}");
            assert_eq!(
                needed(containers, Of::RequestsOrLimits).as_deref(),
                expected,
                "{containers}"
            );
            assert_eq!(needed(containers, Of::Limits), None, "{containers}");
        }
    }
}
