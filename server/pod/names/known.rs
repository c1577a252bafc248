//! What other manifests make, for those who complete a name.

use crate::pod::names::{Occurrence, SymbolKind, names};
use crate::pod::{Manifest, Pod};
use crate::syntax::Parse;

/// What a document may refer to.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The names that the whole cluster knows, and the ports of pods, which Services refer to.
    pub names: Vec<Occurrence>,
    pub containers: Vec<Listed>,
}

/// A container of an object, which a patch of that object may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The kind and the name of the object.
    pub kind: String,
    pub object: String,
    /// The field of the pod spec that lists the container.
    pub list: &'static str,
    pub name: String,
}

impl Known {
    /// What the manifests of a document make and refer to.
    pub fn of(parse: &Parse) -> Self {
        let is_port = |name: &Occurrence| {
            matches!(name.symbol.kind, SymbolKind::Port | SymbolKind::PortNumber)
                && name.is_definition
        };
        let global = names(parse).into_iter().filter(|it| it.symbol.is_global() || is_port(it));
        let mut containers = Vec::new();
        for manifest in &Manifest::all(parse) {
            let Some(object) = manifest.name() else { continue };
            for container in Pod::all(manifest).iter().flat_map(|pod| &pod.containers) {
                containers.push(Listed {
                    kind: manifest.kind.to_owned(),
                    object: object.to_owned(),
                    list: container.role.list(),
                    name: container.name().to_owned(),
                });
            }
        }
        Self { names: global.collect(), containers }
    }

    pub fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.containers.extend(other.containers);
    }
}
