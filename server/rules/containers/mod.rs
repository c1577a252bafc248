//! The containers of a pod and the lists that they can be in.

pub(super) mod container_restart_policy;
pub(super) mod duplicate_container_name;
pub(super) mod ephemeral_in_template;
pub(super) mod ephemeral_on_create;
pub(super) mod image_whitespace;
pub(super) mod missing_containers;
pub(super) mod sidecar_restart_rules;
pub(super) mod target_container_not_found;
