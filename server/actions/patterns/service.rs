//! Services: what a pod may wait for, and what leads to a proxy once there is one.

use crate::pod::Pod;
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Node, Parse};
use crate::text::Edit;

/// A Service, in an open file or in the current one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    pub name: String,
    /// Empty when it has none.
    pub namespace: String,
    pub port: Option<u16>,
    /// The labels that its pods have.
    pub selector: Vec<(String, String)>,
}

impl Service {
    /// The Service that a document is.
    pub fn of(parse: &Parse) -> Option<Self> {
        let root = root(parse)?;
        let metadata = root.field("metadata")?;
        let text = |node: Node<'_>, key: &str| Some(node.field(key)?.as_str()?.to_owned());
        let port = ports(root).next().and_then(|port| port.field("port")?.as_int());
        let selector = root.field("spec").and_then(|it| it.field("selector"));
        let selector = selector.into_iter().flat_map(Node::fields).filter_map(|label| {
            Some((label.key.text()?.to_owned(), label.value.as_str()?.to_owned()))
        });
        Some(Self {
            name: text(metadata, "name").filter(|it| !it.is_empty())?,
            namespace: text(metadata, "namespace").unwrap_or_default(),
            port: port.and_then(|port| u16::try_from(port).ok()),
            selector: selector.collect(),
        })
    }

    /// Whether `pod` is one of its pods.
    pub(super) fn is_for(&self, pod: &Pod<'_>) -> bool {
        selects(&self.selector, pod)
    }

    /// Its name as pods call it; they may be in another namespace.
    pub(super) fn host(&self) -> String {
        match self.namespace.as_str() {
            "" | "default" => self.name.clone(),
            namespace => format!("{}.{namespace}", self.name),
        }
    }
}

fn root(parse: &Parse) -> Option<Node<'_>> {
    let root = parse.tree.root()?.resolved()?;
    let is = |key: &str, value: &str| root.get(key).and_then(Node::as_str) == Some(value);
    (is("kind", "Service") && is("apiVersion", "v1")).then_some(root)
}

fn ports(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let ports = root.field("spec").and_then(|spec| spec.field("ports"));
    ports.into_iter().flat_map(Node::items).filter_map(Node::resolved)
}

fn selects(selector: &[(String, String)], pod: &Pod<'_>) -> bool {
    let labels = pod.metadata().and_then(|it| it.field("labels"));
    let has = |(key, value): &(String, String)| {
        labels.and_then(|it| it.field(key)?.as_str()) == Some(value.as_str())
    };
    !selector.is_empty() && selector.iter().all(has)
}

/// The edits that route the ports of the Service in `parse` to the port `to` of the pod, if they now
/// lead to the port `from` of the app. `from` is its number and its name.
pub(super) fn redirected(
    parse: &Parse,
    pod: &Pod<'_>,
    from: (u16, Option<&str>),
    to: &str,
) -> Vec<Edit> {
    let Some(root) = root(parse) else { return Vec::new() };
    if !Service::of(parse).is_some_and(|it| it.is_for(pod)) {
        return Vec::new();
    }
    let edit = |port: Node<'_>| {
        let number = |key: &str| port.field(key).and_then(Node::as_int);
        let from_number = Some(i64::from(from.0));
        match port.entry("targetPort") {
            None if number("port") == from_number => {
                write::insert(port, "targetPort", &New::text(to), Place::After("port"))
            }
            Some(entry)
                if entry.value.as_int() == from_number
                    || (from.1.is_some() && entry.value.as_str() == from.1) =>
            {
                write::replace(entry.value, &New::text(to))
            }
            _ => None,
        }
    };
    ports(root).filter_map(edit).collect()
}
