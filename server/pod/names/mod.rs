//! Names that mean something elsewhere: which symbol each of them stands for.
//!
//! Go to definition, references, highlights and rename ask for nothing else. It is worked out when one
//! of them is asked for, by one walk over the typed objects of a document.

mod collect;
mod known;
mod labels;
mod scaler;
mod service;
mod reference_target;
mod table;
mod variables;

use crate::formats::{self, Verdict};
use crate::syntax::{NodeId, Parse};
use crate::text::Span;

pub use known::{Known, Listed};
pub use reference_target::{ReferenceTarget, reference_target};

/// What a name stands for. Two names stand for the same if their symbols are the `same`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub kind: SymbolKind,
    /// The pod's spec, the container or the anchored node it belongs to; `None` for what the whole
    /// cluster knows.
    pub scope: Option<NodeId>,
    /// The kind of the object; of a label its key.
    pub of: String,
    /// The namespace of the object; empty when the manifest does not say it.
    pub namespace: String,
    /// Of keys of a ConfigMap or a Secret: the name of that object.
    pub object: String,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A volume of a pod, or the claim template that stands for one.
    Volume,
    Container,
    /// The name of a port of a container.
    Port,
    /// The number of a port of a container.
    PortNumber,
    /// An environment variable of a container.
    Variable,
    /// A resource claim of a pod.
    ResourceClaim,
    /// An object of its own: a ConfigMap, a Service, a claim.
    Object,
    /// A key in the data of a ConfigMap or a Secret.
    Key,
    /// The value of a label, where pods get it and where selectors ask for it.
    Label,
    /// A YAML anchor.
    Anchor,
}

impl SymbolKind {
    /// Whether each pod has its own.
    pub fn is_local(self) -> bool {
        matches!(self, Self::Volume | Self::Container | Self::ResourceClaim)
    }

    /// Whether other manifests may refer to it: a HorizontalPodAutoscaler names containers.
    pub fn is_known_outside(self) -> bool {
        self == Self::Container || !(self.is_local() || self == Self::Variable)
    }
}

/// A name in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    pub symbol: Symbol,
    /// Where it stands, without quotes.
    pub span: Span,
    /// Whether the symbol is defined here; else it is only referred to.
    pub is_definition: bool,
}

/// The names in `other` that stand for ports and containers of the pods in `pods`: what Services lead to
/// and autoscalers measure. Their scope is a node of `pods`, their span a place in `other`.
pub fn links(other: &Parse, pods: &Parse) -> Vec<Occurrence> {
    let mut found = service::port_links(other, pods);
    found.extend(scaler::container_links(other, pods));
    found
}

/// The names in a document, sorted by place.
pub fn names(parse: &Parse) -> Vec<Occurrence> {
    collect::names(parse)
}

impl Symbol {
    /// Whether both are the same symbol, in one document if it is known in one only. A manifest that
    /// does not say its namespace may be in any.
    pub fn same(&self, other: &Self) -> bool {
        let near = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        self.name == other.name
            && self.kind == other.kind
            && self.scope == other.scope
            && self.of == other.of
            && self.object == other.object
            && near(&self.namespace, &other.namespace)
    }

    /// Whether other documents and other files can refer to it.
    pub fn is_global(&self) -> bool {
        self.scope.is_none()
    }

    /// Whether `name` may take its place; else what is wrong with it, as the end of a sentence.
    pub fn check_name(&self, name: &str) -> Verdict {
        match self.kind {
            SymbolKind::Volume | SymbolKind::Container | SymbolKind::ResourceClaim => {
                formats::names::label(name)
            }
            SymbolKind::Port => formats::names::port_name(name),
            SymbolKind::Variable => formats::env::strict_name(name),
            SymbolKind::Key => formats::env::config_key(name),
            SymbolKind::Label => formats::names::label_value(name),
            SymbolKind::Object => object(&self.of, name),
            SymbolKind::Anchor => anchor(name),
            SymbolKind::PortNumber => Err("is a number, which the app decides"),
        }
    }

    /// Whether it can get another name. At which port an app listens is for the app to say.
    pub fn can_be_renamed(&self) -> bool {
        self.kind != SymbolKind::PortNumber && !formats::placeholder::is_filled_in(&self.name)
    }
}

/// The name of an object of this kind.
fn object(kind: &str, name: &str) -> Verdict {
    match kind {
        "Namespace" | "Service" => formats::names::label(name),
        // Any path segment will do for roles: `system:node`.
        "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding" => {
            let fits = !name.is_empty() && !name.contains(['/', '%', ' ']);
            if fits { Ok(()) } else { Err("has `/`, `%` or blanks, or is empty") }
        }
        _ => formats::names::subdomain(name),
    }
}

fn anchor(name: &str) -> Verdict {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    match !name.is_empty() && name.bytes().all(fits) {
        true => Ok(()),
        false => Err("is empty or has characters other than letters, digits, `-`, `_` and `.`"),
    }
}

#[cfg(test)]
mod tests;
