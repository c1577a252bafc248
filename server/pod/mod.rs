//! The typed view of a manifest. It borrows the tree and keeps every span.

mod container;
mod describe;
mod expect;
mod manifest;
mod quantity;
mod spec;
mod walk;
mod workload;

pub use container::{Container, PROBES, Role};
pub use describe::describe;
pub use expect::{Expected, expected};
pub use manifest::{Class, Manifest, is_placeholder};
pub use quantity::quantity;
pub use spec::{Pod, Volume};
pub use walk::{Object, TypedEntry, walk};
pub use workload::Workload;
