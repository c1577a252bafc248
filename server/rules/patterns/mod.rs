//! Containers that work together: sidecars, ambassadors, init containers.

pub(super) mod endless_helper_in_job;
mod handlers;
pub(super) mod init_calls_app;
pub(super) mod main_container_not_first;
pub(super) mod sidecar_after_user;
pub(super) mod sidecar_waits_for_app;
pub(super) mod uncalled_ambassador;
pub(super) mod undeclared_probe_port;
pub(super) mod unused_volume;
pub(super) mod unwritten_volume;
