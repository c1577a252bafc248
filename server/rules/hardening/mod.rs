//! Settings that give an attacker more than a container needs. Off without the profile.

pub(super) mod default_service_account;
pub(super) mod docker_socket;
pub(super) mod drop_net_raw;
pub(super) mod high_uid;
pub(super) mod host_aliases;
mod host_paths;
pub(super) mod privileged_port;
pub(super) mod read_only_root_filesystem;
pub(super) mod root_group;
pub(super) mod secret_in_env;
pub(super) mod secrets_as_env;
pub(super) mod sensitive_host_path;
pub(super) mod service_account_token;
pub(super) mod ssh_port;
pub(super) mod writable_host_path;
