//! Conversions of containers and pods.

mod lines;
pub(super) mod move_container;
mod relist;
pub(super) mod split_container;
mod template;
pub(super) mod to_container;
pub(super) mod to_init_container;
pub(super) mod to_sidecar;
pub(super) mod unwrap_pod;
pub(super) mod use_ambassador;
pub(super) mod wrap_pod;
