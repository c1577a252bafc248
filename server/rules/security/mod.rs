//! Security contexts, as the API server validates them.

pub(super) mod host_process;
pub(super) mod host_users_conflict;
pub(super) mod os_field_forbidden;
pub(super) mod privilege_escalation_conflict;
pub(super) mod proc_mount_host_users;
pub(super) mod share_process_host_pid;
pub(super) mod sysctl_host_namespace;
pub(super) mod sysctl_name;
pub(super) mod unknown_capability;
pub(super) mod whitespace;
pub(super) mod windows_user_name;
