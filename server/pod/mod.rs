//! The typed view of a manifest. It borrows the tree and keeps every span.
//!
//! What several rules, actions or features ask about a pod belongs here; what one asks belongs there. It is called by them
//! and by `check`; it must not know findings or editors.

mod container;
mod describe;
mod expect;
mod foreign;
mod further;
mod manifest;
mod names;
mod namespaces;
mod object;
mod order;
mod precedence;
mod qos;
mod quantity;
mod resources;
mod roles;
mod spec;
mod walk;
mod windows;
mod workload;

pub use container::{Container, PROBES, Role};
pub use describe::describe;
pub use expect::{Expected, expected};
pub use foreign::is_foreign;
pub use further::further_objects;
pub use manifest::{Class, Manifest, kind_of_fields};
pub use names::{
    Known, Listed, Occurrence, ReferenceTarget, Symbol, SymbolKind, links, names, reference_target,
};
pub use namespaces::{enforced, enforced_by, namespace_of};
pub use object::{Object, TypedEntry};
pub use order::{DecidedBy, Gate, Restart};
pub use precedence::{HOOK_HANDLERS, PROBE_HANDLERS, VOLUME_SOURCES};
pub use qos::{Obstacle, Qos, QosClass};
pub use quantity::quantity;
pub use resources::{Amount, Source};
pub use roles::{Access, Call, ContainerRole, Pattern, Shared, Use, collects_logs};
pub use spec::{Pod, Volume};
pub use walk::walk;
pub use windows::forbidden_on_windows;
pub use workload::Workload;
