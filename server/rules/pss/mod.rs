//! The Pod Security Standards.

mod contexts;
pub(super) mod pss_app_armor;
pub(super) mod pss_capabilities;
pub(super) mod pss_drop_capabilities;
pub(super) mod pss_host_namespaces;
pub(super) mod pss_host_path;
pub(super) mod pss_host_ports;
pub(super) mod pss_host_probes;
pub(super) mod pss_privilege_escalation;
pub(super) mod pss_privileged;
pub(super) mod pss_proc_mount;
pub(super) mod pss_run_as_non_root;
pub(super) mod pss_run_as_user;
pub(super) mod pss_seccomp;
pub(super) mod pss_seccomp_profile;
pub(super) mod pss_selinux;
pub(super) mod pss_sysctls;
pub(super) mod pss_user_namespace_proc_mount;
pub(super) mod pss_volume_types;
pub(super) mod pss_windows_host_process;
mod seccomp;
