//! Volumes and their sources.

pub(super) mod access_modes;
pub(super) mod azure_disk_uri;
pub(super) mod data_source;
pub(super) mod deprecated_volume;
pub(super) mod downward_item;
pub(super) mod duplicate_volume_name;
pub(super) mod empty_dir_medium;
pub(super) mod ephemeral_pvc_conflict;
pub(super) mod ephemeral_pvc_name;
pub(super) mod gce_pd_read_only;
pub(super) mod host_port_pair;
pub(super) mod iscsi_name;
pub(super) mod missing_volume_source;
pub(super) mod path_absolute;
pub(super) mod path_format;
pub(super) mod projected_path_conflict;
pub(super) mod projected_source_conflict;
pub(super) mod projected_source_empty;
pub(super) mod reserved_namespace;
pub(super) mod volume_path_overlap;
pub(super) mod volume_source_conflict;
