//! What the containers of a pod need together.

use super::lists::amount_of;
use crate::facts::quantity::Quantity;
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::Node;

/// Which amounts are added up.
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
