//! Volumes and devices in containers.

pub(super) mod device_volume_type;
pub(super) mod duplicate_device;
pub(super) mod duplicate_mount_path;
pub(super) mod mount_device_conflict;
pub(super) mod mount_propagation;
pub(super) mod recursive_read_only;
pub(super) mod volume_not_found;
