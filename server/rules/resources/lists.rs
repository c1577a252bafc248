//! The maps of resources that the API server checks alike, and what kinds of resources there are.
//!
//! Limits and requests of containers and of the pod, and the pod's overhead, which is checked like
//! the limits of a container.

use crate::formats::names::qualified_name;
use crate::formats::quantity::Quantity;
use crate::pod::{Object, Role, quantity};
use crate::schema::Version;
use crate::schema::core::POD_SPEC;
use crate::syntax::{Entry, Node};

/// A resource and its amount.
#[derive(Clone, Copy)]
pub(super) struct Amount<'a> {
    pub(super) name: &'a str,
    pub(super) key: Node<'a>,
    pub(super) value: Node<'a>,
    /// Rounded to thousandths, as the server does.
    pub(super) quantity: Quantity,
}

/// The maps of resources in `object`, which is a pod spec or has limits and requests, if the
/// server of this version looks at them.
pub(super) fn lists<'a>(
    object: &Object<'a>,
    version: Version,
) -> impl Iterator<Item = Node<'a>> + use<'a> {
    let fields: &[&str] = match object.ty {
        POD_SPEC => &["overhead"],
        _ if are_amounts_validated(object, version) => &["limits", "requests"],
        _ => &[],
    };
    let node = object.node;
    fields.iter().filter_map(move |field| node.field(field)).filter(|list| list.is_map())
}

/// Whether the server looks at these limits and requests: those of ephemeral containers are
/// refused as a whole, those of status fields are its own.
pub(super) fn are_amounts_validated(resources: &Object<'_>, version: Version) -> bool {
    match resources.role() {
        Some(role) => role != Role::Ephemeral,
        None => is_of_pod(resources) && !resources.is_dropped("limits", version),
    }
}

/// Whether these are the resources of the pod as a whole, and it may have some.
pub(super) fn is_of_pod(resources: &Object<'_>) -> bool {
    resources.parent.is_some_and(|spec| {
        let os = spec.field("os").and_then(|os| os.field("name")).and_then(Node::as_str);
        spec.ty == POD_SPEC && os != Some("windows")
    })
}

/// The keys of a map of resources.
pub(super) fn names<'a>(list: Node<'a>) -> impl Iterator<Item = (&'a str, Entry<'a>)> {
    list.fields().filter_map(|entry| Some((entry.key.text()?, entry)))
}

/// The resources of a map whose amounts can be read. Null is nothing.
pub(super) fn amounts<'a>(list: Node<'a>) -> impl Iterator<Item = Amount<'a>> {
    names(list).filter_map(|(name, entry)| amount(name, entry))
}

/// The amount of one resource in a map.
pub(super) fn amount_of<'a>(list: Option<Node<'a>>, name: &str) -> Option<Amount<'a>> {
    let entry = list.filter(|list| list.is_map())?.entry(name)?;
    amount(entry.key.text()?, entry)
}

fn amount<'a>(name: &'a str, entry: Entry<'a>) -> Option<Amount<'a>> {
    let value = entry.value.resolved()?;
    let read = if value.is_null() { Quantity::ZERO } else { quantity(value)? };
    let quantity = read.rounded_to_thousandths();
    Some(Amount { name, key: entry.key, value, quantity })
}

/// The kind of a resource by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `cpu`, `memory`, `ephemeral-storage`
    Standard,
    /// `hugepages-2Mi`
    HugePages,
    /// In a domain of Kubernetes, which may get a meaning later.
    Native,
    /// An extended resource: `nvidia.com/gpu`.
    Extended,
    /// A resource that a container cannot request.
    Unknown,
}

pub(super) const STANDARD: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
pub(super) const HUGE_PAGES: &str = "hugepages-";

pub(super) fn kind(name: &str) -> Kind {
    match name.contains('/') {
        _ if STANDARD.contains(&name) => Kind::Standard,
        _ if qualified_name(name).is_err() => Kind::Unknown,
        false if name.starts_with(HUGE_PAGES) => Kind::HugePages,
        false => Kind::Unknown,
        true if name.contains("kubernetes.io/") => Kind::Native,
        true if is_extended(name) => Kind::Extended,
        true => Kind::Unknown,
    }
}

/// Quotas prefix the name with `requests.`, and the result must be a valid name.
fn is_extended(name: &str) -> bool {
    !name.starts_with("requests.") && qualified_name(&format!("requests.{name}")).is_ok()
}

impl Kind {
    /// Whether a container can get more of it than it requests.
    pub(super) fn is_overcommitted(self) -> bool {
        matches!(self, Self::Standard | Self::Native)
    }

    /// Whether a container gets exactly its limit.
    pub(super) fn is_exact(self) -> bool {
        matches!(self, Self::HugePages | Self::Extended)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn kinds() {
        for (name, wanted) in [
            ("cpu", Kind::Standard),
            ("hugepages-2Mi", Kind::HugePages),
            ("hugepages-", Kind::Unknown),
            ("mem", Kind::Unknown),
            ("storage", Kind::Unknown),
            ("nvidia.com/gpu", Kind::Extended),
            ("kubernetes.io/batch", Kind::Native),
            ("batch.kubernetes.io/x", Kind::Native),
            ("requests.nvidia.com/gpu", Kind::Unknown),
            ("a/b/c", Kind::Unknown),
            ("/gpu", Kind::Unknown),
        ] {
            assert_eq!(kind(name), wanted, "{name}");
        }
    }
}
