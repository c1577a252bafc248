//! Start, hooks and end of containers.

mod commands;
pub(super) mod grace_period_negative;
pub(super) mod grace_too_short;
pub(super) mod init_lifecycle_forbidden;
pub(super) mod init_never_ends;
pub(super) mod init_probe_forbidden;
pub(super) mod init_resize_policy;
mod sidecar;
pub(super) mod sleep_range;
pub(super) mod wait_without_limit;
