//! What Kubernetes' types say: kinds, fields, docs, versions. Plain data, made by `build.rs`.
//!
//! Everything here is a lookup in one static table: nothing is parsed when podls starts, nothing
//! is allocated, and every handle is a small number.

mod kinds;
mod table;
mod types;
mod version;

pub use kinds::{Kind, Removed, Retired, kind, kinds, removed, retired};
pub use types::{EnumValue, Field, ItemType, ListKind, ObjectType, TYPE_COUNT, Type};
pub use version::Version;

/// The type with this name, such as `core.v1.Container`. For a name that is known when podls is
/// built, `ObjectType::named` is a constant.
pub fn object_type(name: &str) -> Option<ObjectType> {
    ObjectType::find(name)
}

/// All object types, sorted by name.
pub fn object_types() -> impl ExactSizeIterator<Item = ObjectType> {
    (0..TYPE_COUNT as u16).map(ObjectType::at)
}
