//! The type of an object: apiVersion and kind.

pub(super) mod deprecated_api_version;
pub(super) mod missing_kind;
pub(super) mod removed_api_version;
pub(super) mod unknown_kind;
