//! Variables and where their values come from.

pub(super) mod duplicate_env;
pub(super) mod env_from_source;
pub(super) mod env_name_format;
pub(super) mod env_value_conflict;
pub(super) mod env_value_from;
pub(super) mod field_ref;
pub(super) mod file_key_volume_type;
pub(super) mod key_format;
pub(super) mod resource_divisor;
pub(super) mod resource_field_ref;
mod resources;
