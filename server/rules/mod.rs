//! Rules: one file per rule, one folder per family.
//!
//! To add a rule, write its file in the shape of its neighbours and run `cargo test`: the lists
//! below and the manual in `README.md` are written by a test.

mod allow;
mod echoes;
mod finding;
mod other_linters;
mod pod_security;
mod report;
mod rule;
mod runner;
mod server_path;

pub use allow::{Allow, Directives};
pub use finding::{Echo, Finding, Fix, Related, Severity, Tag};
pub use other_linters::drop_ignored;
pub use pod_security::is_in_level;
pub use report::{Draft, Findings};
pub use rule::{Check, Rule};
pub use runner::{Selection, run, run_one, run_selected};

use crate::schema::Profile;

// <written by tests/it/generate.rs>
mod comments {
    pub(super) mod unused_allow;
}
mod containers {
    pub(super) mod container_restart_policy;
    pub(super) mod containers_missing;
    pub(super) mod duplicate_container_name;
    pub(super) mod ephemeral_in_template;
    pub(super) mod ephemeral_on_create;
    pub(super) mod image_whitespace;
    pub(super) mod sidecar_restart_rules;
    pub(super) mod target_container_not_found;
}
mod env {
    pub(super) mod duplicate_env;
    pub(super) mod env_from_source;
    pub(super) mod env_name_format;
    pub(super) mod env_value_conflict;
    pub(super) mod env_value_from;
    pub(super) mod field_ref;
    pub(super) mod file_key_volume_type;
    pub(super) mod key_format;
    pub(super) mod resource_divisor;
    pub(super) mod resource_field_ref;
    mod resources;
}
mod hardening {
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
}
mod images {
    pub(super) mod floating_tag;
    pub(super) mod image_pull_policy_always;
    pub(super) mod image_reference;
    pub(super) mod image_without_digest;
    pub(super) mod latest_image;
    pub(super) mod latest_not_always;
    pub(super) mod moved_image;
}
mod jobs {
    pub(super) mod backoff_limit_per_index_missing;
    pub(super) mod completions_missing;
    pub(super) mod cron_day_or_weekday;
    pub(super) mod cron_deadline_small;
    pub(super) mod cron_every_subminute;
    pub(super) mod cron_never;
    pub(super) mod cron_odd_part;
    pub(super) mod cron_schedule;
    pub(super) mod exit_codes;
    pub(super) mod failure_rule;
    pub(super) mod failure_rule_container;
    pub(super) mod huge_indexed_job;
    pub(super) mod indexed_job_limit;
    pub(super) mod indexed_only;
    pub(super) mod job_deadline_zero;
    pub(super) mod pod_replacement_policy;
    mod spec;
    pub(super) mod succeeded_count;
    pub(super) mod succeeded_indexes;
    pub(super) mod success_rule;
    pub(super) mod time_zone;
}
mod kinds {
    pub(super) mod deprecated_api_version;
    pub(super) mod kind_missing;
    pub(super) mod removed_api_version;
    pub(super) mod unknown_kind;
}
mod lifecycle {
    mod commands;
    pub(super) mod grace_too_short;
    pub(super) mod init_lifecycle_forbidden;
    pub(super) mod init_never_ends;
    pub(super) mod init_probe_forbidden;
    pub(super) mod init_resize_policy;
    pub(super) mod negative_grace_period;
    mod sidecar;
    pub(super) mod sleep_range;
    pub(super) mod wait_without_limit;
}
mod metadata {
    pub(super) mod annotation_too_large;
    pub(super) mod annotation_value;
    mod annotations;
    pub(super) mod apparmor_annotation;
    pub(super) mod deprecated_annotation;
    pub(super) mod finalizer_conflict;
    pub(super) mod finalizer_format;
    pub(super) mod generate_name;
    pub(super) mod managed_fields;
    pub(super) mod name_not_label;
    mod old_tolerations;
    pub(super) mod owner_reference;
    pub(super) mod seccomp_annotation;
}
mod mounts {
    pub(super) mod device_duplicate;
    pub(super) mod device_volume_type;
    pub(super) mod mount_device_conflict;
    pub(super) mod mount_path_duplicate;
    pub(super) mod mount_propagation;
    pub(super) mod recursive_read_only;
    pub(super) mod volume_not_found;
}
mod network {
    pub(super) mod dns_none_config;
    pub(super) mod dns_search_format;
    pub(super) mod duplicate_host_alias;
    pub(super) mod hostname_override;
    pub(super) mod ip_format;
    pub(super) mod ip_not_canonical;
    pub(super) mod pull_secret;
}
mod patterns {
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
}
mod ports {
    pub(super) mod duplicate_port;
    pub(super) mod duplicate_port_name;
    mod handlers;
    pub(super) mod host_ip_without_host_port;
    pub(super) mod hostport_conflict;
    pub(super) mod hostport_mismatch;
    pub(super) mod port_name_format;
    pub(super) mod port_range;
    pub(super) mod shared_port_name;
}
mod probes {
    pub(super) mod handler_conflict;
    pub(super) mod handler_missing;
    mod handlers;
    pub(super) mod http_header_name;
    pub(super) mod probe_readiness_grace;
    pub(super) mod probe_success_threshold;
}
mod pss {
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
}
mod reliability {
    pub(super) mod cron_deadline_missing;
    pub(super) mod default_namespace;
    pub(super) mod few_replicas;
    pub(super) mod initial_delay_with_startup_probe;
    pub(super) mod job_ttl_missing;
    mod lasting;
    pub(super) mod missing_liveness_probe;
    pub(super) mod missing_readiness_probe;
    pub(super) mod priority_class_missing;
    pub(super) mod probe_timeout_longer_than_period;
    pub(super) mod replicas_not_spread;
    pub(super) mod same_probes;
    pub(super) mod sub_path_not_updated;
}
mod resources {
    pub(super) mod claim_duplicate;
    pub(super) mod claim_not_found;
    pub(super) mod container_exceeds_pod_limit;
    pub(super) mod cpu_without_unit;
    pub(super) mod duplicate_claim_name;
    pub(super) mod fractional_bytes;
    pub(super) mod hugepages_alone;
    pub(super) mod hugepages_size;
    pub(super) mod limit_missing;
    mod lists;
    pub(super) mod memory_volume_without_limit;
    pub(super) mod memory_without_unit;
    pub(super) mod missing_cpu_limit;
    pub(super) mod missing_cpu_request;
    pub(super) mod missing_ephemeral_storage;
    pub(super) mod missing_memory_limit;
    pub(super) mod missing_memory_request;
    pub(super) mod pod_limit_too_small;
    pub(super) mod pod_request_too_small;
    pub(super) mod quantity_integer;
    pub(super) mod quantity_negative;
    pub(super) mod quantity_positive;
    pub(super) mod request_exceeds_limit;
    pub(super) mod request_not_equal_limit;
    pub(super) mod requests_equal_limits;
    pub(super) mod resize_duplicate;
    pub(super) mod resize_never;
    pub(super) mod resource_name;
    pub(super) mod static_pod_claims;
    mod totals;
    mod wanted;
}
mod scheduling {
    pub(super) mod deprecated_node_label;
    pub(super) mod duplicate_scheduling_gate;
    pub(super) mod min_domains;
    pub(super) mod scheduling_gate_node_name;
    pub(super) mod toleration_operator;
    pub(super) mod toleration_seconds;
    pub(super) mod toleration_value;
    pub(super) mod topology_spread_duplicate;
    pub(super) mod weight_range;
}
mod schema {
    pub(super) mod annotation_format;
    pub(super) mod dropped_field;
    pub(super) mod enum_value;
    pub(super) mod field_forbidden;
    pub(super) mod file_mode;
    pub(super) mod id_range;
    pub(super) mod label_format;
    mod label_format_table;
    pub(super) mod length_limit;
    pub(super) mod name_format;
    mod name_format_metadata;
    mod name_format_rename;
    mod name_format_table;
    pub(super) mod number_range;
    pub(super) mod one_of_conflict;
    pub(super) mod one_of_required;
    pub(super) mod path_backsteps;
    pub(super) mod path_relative;
    mod paths;
    pub(super) mod quantity_format;
    pub(super) mod required_field;
    mod required_field_table;
    mod table;
    pub(super) mod too_many_items;
    pub(super) mod unknown_field;
    pub(super) mod wrong_type;
}
mod security {
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
}
mod selectors {
    pub(super) mod job_selector;
    pub(super) mod match_label_keys;
    mod matching;
    pub(super) mod null_selector;
    pub(super) mod selector_invalid;
    pub(super) mod selector_mismatch;
    pub(super) mod selector_missing;
}
mod volumes {
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
    pub(super) mod path_absolute;
    pub(super) mod path_format;
    pub(super) mod projected_path_conflict;
    pub(super) mod projected_source_conflict;
    pub(super) mod projected_source_empty;
    pub(super) mod reserved_namespace;
    pub(super) mod volume_path_overlap;
    pub(super) mod volume_source_conflict;
    pub(super) mod volume_source_missing;
}
mod workloads {
    pub(super) mod claim_template_unused;
    pub(super) mod daemon_set_on_delete;
    pub(super) mod daemon_set_surge;
    pub(super) mod progress_deadline;
    pub(super) mod restart_policy_kind;
    pub(super) mod revision_history_negative;
    mod rolling_update;
    pub(super) mod rolling_update_value;
    pub(super) mod rollout_stuck;
    pub(super) mod service_name_missing;
    pub(super) mod stateful_set_identity;
    pub(super) mod stateful_set_name_too_long;
    pub(super) mod template_metadata_ignored;
    pub(super) mod template_missing;
}
mod yaml {
    pub(super) mod document_start;
    pub(super) mod duplicate_key;
    pub(super) mod leading_zero;
    pub(super) mod unreadable_yaml;
    pub(super) mod yaml_key_boolean;
    pub(super) mod yaml_syntax;
}

#[rustfmt::skip]
pub static ALL: &[&Rule] = &[
    &comments::unused_allow::RULE,
    &containers::container_restart_policy::RULE,
    &containers::containers_missing::RULE,
    &containers::duplicate_container_name::RULE,
    &containers::ephemeral_in_template::RULE,
    &containers::ephemeral_on_create::RULE,
    &containers::image_whitespace::RULE,
    &containers::sidecar_restart_rules::RULE,
    &containers::target_container_not_found::RULE,
    &env::duplicate_env::RULE,
    &env::env_from_source::RULE,
    &env::env_name_format::RULE,
    &env::env_value_conflict::RULE,
    &env::env_value_from::RULE,
    &env::field_ref::RULE,
    &env::file_key_volume_type::RULE,
    &env::key_format::RULE,
    &env::resource_divisor::RULE,
    &env::resource_field_ref::RULE,
    &hardening::default_service_account::RULE,
    &hardening::docker_socket::RULE,
    &hardening::drop_net_raw::RULE,
    &hardening::high_uid::RULE,
    &hardening::host_aliases::RULE,
    &hardening::privileged_port::RULE,
    &hardening::read_only_root_filesystem::RULE,
    &hardening::root_group::RULE,
    &hardening::secret_in_env::RULE,
    &hardening::secrets_as_env::RULE,
    &hardening::sensitive_host_path::RULE,
    &hardening::service_account_token::RULE,
    &hardening::ssh_port::RULE,
    &hardening::writable_host_path::RULE,
    &images::floating_tag::RULE,
    &images::image_pull_policy_always::RULE,
    &images::image_reference::RULE,
    &images::image_without_digest::RULE,
    &images::latest_image::RULE,
    &images::latest_not_always::RULE,
    &images::moved_image::RULE,
    &jobs::backoff_limit_per_index_missing::RULE,
    &jobs::completions_missing::RULE,
    &jobs::cron_day_or_weekday::RULE,
    &jobs::cron_deadline_small::RULE,
    &jobs::cron_every_subminute::RULE,
    &jobs::cron_never::RULE,
    &jobs::cron_odd_part::RULE,
    &jobs::cron_schedule::RULE,
    &jobs::exit_codes::RULE,
    &jobs::failure_rule::RULE,
    &jobs::failure_rule_container::RULE,
    &jobs::huge_indexed_job::RULE,
    &jobs::indexed_job_limit::RULE,
    &jobs::indexed_only::RULE,
    &jobs::job_deadline_zero::RULE,
    &jobs::pod_replacement_policy::RULE,
    &jobs::succeeded_count::RULE,
    &jobs::succeeded_indexes::RULE,
    &jobs::success_rule::RULE,
    &jobs::time_zone::RULE,
    &kinds::deprecated_api_version::RULE,
    &kinds::kind_missing::RULE,
    &kinds::removed_api_version::RULE,
    &kinds::unknown_kind::RULE,
    &lifecycle::grace_too_short::RULE,
    &lifecycle::init_lifecycle_forbidden::RULE,
    &lifecycle::init_never_ends::RULE,
    &lifecycle::init_probe_forbidden::RULE,
    &lifecycle::init_resize_policy::RULE,
    &lifecycle::negative_grace_period::RULE,
    &lifecycle::sleep_range::RULE,
    &lifecycle::wait_without_limit::RULE,
    &metadata::annotation_too_large::RULE,
    &metadata::annotation_value::RULE,
    &metadata::apparmor_annotation::RULE,
    &metadata::deprecated_annotation::RULE,
    &metadata::finalizer_conflict::RULE,
    &metadata::finalizer_format::RULE,
    &metadata::generate_name::RULE,
    &metadata::managed_fields::RULE,
    &metadata::name_not_label::RULE,
    &metadata::owner_reference::RULE,
    &metadata::seccomp_annotation::RULE,
    &mounts::device_duplicate::RULE,
    &mounts::device_volume_type::RULE,
    &mounts::mount_device_conflict::RULE,
    &mounts::mount_path_duplicate::RULE,
    &mounts::mount_propagation::RULE,
    &mounts::recursive_read_only::RULE,
    &mounts::volume_not_found::RULE,
    &network::dns_none_config::RULE,
    &network::dns_search_format::RULE,
    &network::duplicate_host_alias::RULE,
    &network::hostname_override::RULE,
    &network::ip_format::RULE,
    &network::ip_not_canonical::RULE,
    &network::pull_secret::RULE,
    &patterns::endless_helper_in_job::RULE,
    &patterns::init_calls_app::RULE,
    &patterns::main_container_not_first::RULE,
    &patterns::sidecar_after_user::RULE,
    &patterns::sidecar_waits_for_app::RULE,
    &patterns::uncalled_ambassador::RULE,
    &patterns::undeclared_probe_port::RULE,
    &patterns::unused_volume::RULE,
    &patterns::unwritten_volume::RULE,
    &ports::duplicate_port::RULE,
    &ports::duplicate_port_name::RULE,
    &ports::host_ip_without_host_port::RULE,
    &ports::hostport_conflict::RULE,
    &ports::hostport_mismatch::RULE,
    &ports::port_name_format::RULE,
    &ports::port_range::RULE,
    &ports::shared_port_name::RULE,
    &probes::handler_conflict::RULE,
    &probes::handler_missing::RULE,
    &probes::http_header_name::RULE,
    &probes::probe_readiness_grace::RULE,
    &probes::probe_success_threshold::RULE,
    &pss::pss_app_armor::RULE,
    &pss::pss_capabilities::RULE,
    &pss::pss_drop_capabilities::RULE,
    &pss::pss_host_namespaces::RULE,
    &pss::pss_host_path::RULE,
    &pss::pss_host_ports::RULE,
    &pss::pss_host_probes::RULE,
    &pss::pss_privilege_escalation::RULE,
    &pss::pss_privileged::RULE,
    &pss::pss_proc_mount::RULE,
    &pss::pss_run_as_non_root::RULE,
    &pss::pss_run_as_user::RULE,
    &pss::pss_seccomp::RULE,
    &pss::pss_seccomp_profile::RULE,
    &pss::pss_selinux::RULE,
    &pss::pss_sysctls::RULE,
    &pss::pss_user_namespace_proc_mount::RULE,
    &pss::pss_volume_types::RULE,
    &pss::pss_windows_host_process::RULE,
    &reliability::cron_deadline_missing::RULE,
    &reliability::default_namespace::RULE,
    &reliability::few_replicas::RULE,
    &reliability::initial_delay_with_startup_probe::RULE,
    &reliability::job_ttl_missing::RULE,
    &reliability::missing_liveness_probe::RULE,
    &reliability::missing_readiness_probe::RULE,
    &reliability::priority_class_missing::RULE,
    &reliability::probe_timeout_longer_than_period::RULE,
    &reliability::replicas_not_spread::RULE,
    &reliability::same_probes::RULE,
    &reliability::sub_path_not_updated::RULE,
    &resources::claim_duplicate::RULE,
    &resources::claim_not_found::RULE,
    &resources::container_exceeds_pod_limit::RULE,
    &resources::cpu_without_unit::RULE,
    &resources::duplicate_claim_name::RULE,
    &resources::fractional_bytes::RULE,
    &resources::hugepages_alone::RULE,
    &resources::hugepages_size::RULE,
    &resources::limit_missing::RULE,
    &resources::memory_volume_without_limit::RULE,
    &resources::memory_without_unit::RULE,
    &resources::missing_cpu_limit::RULE,
    &resources::missing_cpu_request::RULE,
    &resources::missing_ephemeral_storage::RULE,
    &resources::missing_memory_limit::RULE,
    &resources::missing_memory_request::RULE,
    &resources::pod_limit_too_small::RULE,
    &resources::pod_request_too_small::RULE,
    &resources::quantity_integer::RULE,
    &resources::quantity_negative::RULE,
    &resources::quantity_positive::RULE,
    &resources::request_exceeds_limit::RULE,
    &resources::request_not_equal_limit::RULE,
    &resources::requests_equal_limits::RULE,
    &resources::resize_duplicate::RULE,
    &resources::resize_never::RULE,
    &resources::resource_name::RULE,
    &resources::static_pod_claims::RULE,
    &scheduling::deprecated_node_label::RULE,
    &scheduling::duplicate_scheduling_gate::RULE,
    &scheduling::min_domains::RULE,
    &scheduling::scheduling_gate_node_name::RULE,
    &scheduling::toleration_operator::RULE,
    &scheduling::toleration_seconds::RULE,
    &scheduling::toleration_value::RULE,
    &scheduling::topology_spread_duplicate::RULE,
    &scheduling::weight_range::RULE,
    &schema::annotation_format::RULE,
    &schema::dropped_field::RULE,
    &schema::enum_value::RULE,
    &schema::field_forbidden::RULE,
    &schema::file_mode::RULE,
    &schema::id_range::RULE,
    &schema::label_format::RULE,
    &schema::length_limit::RULE,
    &schema::name_format::RULE,
    &schema::number_range::RULE,
    &schema::one_of_conflict::RULE,
    &schema::one_of_required::RULE,
    &schema::path_backsteps::RULE,
    &schema::path_relative::RULE,
    &schema::quantity_format::RULE,
    &schema::required_field::RULE,
    &schema::too_many_items::RULE,
    &schema::unknown_field::RULE,
    &schema::wrong_type::RULE,
    &security::host_process::RULE,
    &security::host_users_conflict::RULE,
    &security::os_field_forbidden::RULE,
    &security::privilege_escalation_conflict::RULE,
    &security::proc_mount_host_users::RULE,
    &security::share_process_host_pid::RULE,
    &security::sysctl_host_namespace::RULE,
    &security::sysctl_name::RULE,
    &security::unknown_capability::RULE,
    &security::whitespace::RULE,
    &security::windows_user_name::RULE,
    &selectors::job_selector::RULE,
    &selectors::match_label_keys::RULE,
    &selectors::null_selector::RULE,
    &selectors::selector_invalid::RULE,
    &selectors::selector_mismatch::RULE,
    &selectors::selector_missing::RULE,
    &volumes::access_modes::RULE,
    &volumes::azure_disk_uri::RULE,
    &volumes::data_source::RULE,
    &volumes::deprecated_volume::RULE,
    &volumes::downward_item::RULE,
    &volumes::duplicate_volume_name::RULE,
    &volumes::empty_dir_medium::RULE,
    &volumes::ephemeral_pvc_conflict::RULE,
    &volumes::ephemeral_pvc_name::RULE,
    &volumes::gce_pd_read_only::RULE,
    &volumes::host_port_pair::RULE,
    &volumes::iscsi_name::RULE,
    &volumes::path_absolute::RULE,
    &volumes::path_format::RULE,
    &volumes::projected_path_conflict::RULE,
    &volumes::projected_source_conflict::RULE,
    &volumes::projected_source_empty::RULE,
    &volumes::reserved_namespace::RULE,
    &volumes::volume_path_overlap::RULE,
    &volumes::volume_source_conflict::RULE,
    &volumes::volume_source_missing::RULE,
    &workloads::claim_template_unused::RULE,
    &workloads::daemon_set_on_delete::RULE,
    &workloads::daemon_set_surge::RULE,
    &workloads::progress_deadline::RULE,
    &workloads::restart_policy_kind::RULE,
    &workloads::revision_history_negative::RULE,
    &workloads::rolling_update_value::RULE,
    &workloads::rollout_stuck::RULE,
    &workloads::service_name_missing::RULE,
    &workloads::stateful_set_identity::RULE,
    &workloads::stateful_set_name_too_long::RULE,
    &workloads::template_metadata_ignored::RULE,
    &workloads::template_missing::RULE,
    &yaml::document_start::RULE,
    &yaml::duplicate_key::RULE,
    &yaml::leading_zero::RULE,
    &yaml::unreadable_yaml::RULE,
    &yaml::yaml_key_boolean::RULE,
    &yaml::yaml_syntax::RULE,
];

/// The rules that a profile switches on.
#[rustfmt::skip]
static PROFILES: &[(&Rule, Profile)] = &[
    (&hardening::default_service_account::RULE, hardening::default_service_account::PROFILE),
    (&hardening::docker_socket::RULE, hardening::docker_socket::PROFILE),
    (&hardening::drop_net_raw::RULE, hardening::drop_net_raw::PROFILE),
    (&hardening::high_uid::RULE, hardening::high_uid::PROFILE),
    (&hardening::host_aliases::RULE, hardening::host_aliases::PROFILE),
    (&hardening::privileged_port::RULE, hardening::privileged_port::PROFILE),
    (&hardening::read_only_root_filesystem::RULE, hardening::read_only_root_filesystem::PROFILE),
    (&hardening::root_group::RULE, hardening::root_group::PROFILE),
    (&hardening::secret_in_env::RULE, hardening::secret_in_env::PROFILE),
    (&hardening::secrets_as_env::RULE, hardening::secrets_as_env::PROFILE),
    (&hardening::sensitive_host_path::RULE, hardening::sensitive_host_path::PROFILE),
    (&hardening::service_account_token::RULE, hardening::service_account_token::PROFILE),
    (&hardening::ssh_port::RULE, hardening::ssh_port::PROFILE),
    (&hardening::writable_host_path::RULE, hardening::writable_host_path::PROFILE),
    (&images::floating_tag::RULE, images::floating_tag::PROFILE),
    (&images::image_pull_policy_always::RULE, images::image_pull_policy_always::PROFILE),
    (&images::image_without_digest::RULE, images::image_without_digest::PROFILE),
    (&images::latest_image::RULE, images::latest_image::PROFILE),
    (&images::latest_not_always::RULE, images::latest_not_always::PROFILE),
    (&images::moved_image::RULE, images::moved_image::PROFILE),
    (&lifecycle::wait_without_limit::RULE, lifecycle::wait_without_limit::PROFILE),
    (&patterns::main_container_not_first::RULE, patterns::main_container_not_first::PROFILE),
    (&patterns::uncalled_ambassador::RULE, patterns::uncalled_ambassador::PROFILE),
    (&patterns::undeclared_probe_port::RULE, patterns::undeclared_probe_port::PROFILE),
    (&reliability::cron_deadline_missing::RULE, reliability::cron_deadline_missing::PROFILE),
    (&reliability::default_namespace::RULE, reliability::default_namespace::PROFILE),
    (&reliability::few_replicas::RULE, reliability::few_replicas::PROFILE),
    (&reliability::initial_delay_with_startup_probe::RULE, reliability::initial_delay_with_startup_probe::PROFILE),
    (&reliability::job_ttl_missing::RULE, reliability::job_ttl_missing::PROFILE),
    (&reliability::missing_liveness_probe::RULE, reliability::missing_liveness_probe::PROFILE),
    (&reliability::missing_readiness_probe::RULE, reliability::missing_readiness_probe::PROFILE),
    (&reliability::priority_class_missing::RULE, reliability::priority_class_missing::PROFILE),
    (&reliability::probe_timeout_longer_than_period::RULE, reliability::probe_timeout_longer_than_period::PROFILE),
    (&reliability::replicas_not_spread::RULE, reliability::replicas_not_spread::PROFILE),
    (&reliability::same_probes::RULE, reliability::same_probes::PROFILE),
    (&reliability::sub_path_not_updated::RULE, reliability::sub_path_not_updated::PROFILE),
    (&resources::memory_volume_without_limit::RULE, resources::memory_volume_without_limit::PROFILE),
    (&resources::missing_cpu_limit::RULE, resources::missing_cpu_limit::PROFILE),
    (&resources::missing_cpu_request::RULE, resources::missing_cpu_request::PROFILE),
    (&resources::missing_ephemeral_storage::RULE, resources::missing_ephemeral_storage::PROFILE),
    (&resources::missing_memory_limit::RULE, resources::missing_memory_limit::PROFILE),
    (&resources::missing_memory_request::RULE, resources::missing_memory_request::PROFILE),
    (&resources::requests_equal_limits::RULE, resources::requests_equal_limits::PROFILE),
];

/// The page about what a rule looks at, by its code.
#[rustfmt::skip]
static LINKS: &[(&str, &str)] = &[
    ("apparmor-annotation", "https://kubernetes.io/docs/tutorials/security/apparmor/"),
    ("cpu-without-unit", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu"),
    ("cron-deadline-missing", "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"),
    ("cron-schedule", "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"),
    ("default-namespace", "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"),
    ("default-service-account", "https://kubernetes.io/docs/concepts/security/service-accounts/"),
    ("deprecated-node-label", "https://kubernetes.io/docs/reference/labels-annotations-taints/"),
    ("docker-socket", "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"),
    ("drop-net-raw", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
    ("dropped-field", "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/"),
    ("endless-helper-in-job", "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers"),
    ("few-replicas", "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"),
    ("floating-tag", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("grace-too-short", "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/"),
    ("high-uid", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
    ("host-aliases", "https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/"),
    ("host-process", "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/"),
    ("host-users-conflict", "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/"),
    ("image-pull-policy-always", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("image-reference", "https://kubernetes.io/docs/concepts/containers/images/#image-names"),
    ("image-without-digest", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("init-calls-app", "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"),
    ("init-never-ends", "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"),
    ("initial-delay-with-startup-probe", "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
    ("job-ttl-missing", "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/"),
    ("label-format", "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"),
    ("latest-image", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("latest-not-always", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("main-container-not-first", "https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container"),
    ("memory-volume-without-limit", "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir"),
    ("memory-without-unit", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory"),
    ("missing-cpu-limit", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
    ("missing-cpu-request", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
    ("missing-ephemeral-storage", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
    ("missing-liveness-probe", "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
    ("missing-memory-limit", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
    ("missing-memory-request", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"),
    ("missing-readiness-probe", "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
    ("moved-image", "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/"),
    ("name-format", "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"),
    ("priority-class-missing", "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/"),
    ("privileged-port", "https://kubernetes.io/docs/concepts/services-networking/service/"),
    ("probe-timeout-longer-than-period", "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
    ("proc-mount-host-users", "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/"),
    ("pss-app-armor", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-capabilities", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-drop-capabilities", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-host-namespaces", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-host-path", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-host-ports", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-host-probes", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-privilege-escalation", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-privileged", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-proc-mount", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-run-as-non-root", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-run-as-user", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-seccomp", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-seccomp-profile", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-selinux", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-sysctls", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-user-namespace-proc-mount", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-volume-types", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("pss-windows-host-process", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"),
    ("read-only-root-filesystem", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
    ("removed-api-version", "https://kubernetes.io/docs/reference/using-api/deprecation-guide/"),
    ("replicas-not-spread", "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"),
    ("requests-equal-limits", "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/"),
    ("restart-policy-kind", "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template"),
    ("root-group", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
    ("same-probes", "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"),
    ("seccomp-annotation", "https://kubernetes.io/docs/tutorials/security/seccomp/"),
    ("secret-in-env", "https://kubernetes.io/docs/concepts/configuration/secret/"),
    ("secrets-as-env", "https://kubernetes.io/docs/concepts/configuration/secret/"),
    ("sensitive-host-path", "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"),
    ("service-account-token", "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting"),
    ("sidecar-after-user", "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"),
    ("sidecar-waits-for-app", "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"),
    ("ssh-port", "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/"),
    ("stateful-set-name-too-long", "https://github.com/kubernetes/kubernetes/issues/64023"),
    ("sub-path-not-updated", "https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath"),
    ("toleration-operator", "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"),
    ("undeclared-probe-port", "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"),
    ("unused-volume", "https://kubernetes.io/docs/concepts/storage/volumes/"),
    ("unwritten-volume", "https://kubernetes.io/docs/tasks/access-application-cluster/communicate-containers-same-pod-shared-volume/"),
    ("wait-without-limit", "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"),
    ("writable-host-path", "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"),
];
// </written>

/// The finding about a code that a comment allowed and nobody reported; `None` when the rule did not
/// run, so that nobody could.
pub fn unused_allow(allow: &Allow, selection: &Selection) -> Option<Finding> {
    let ran = selection.holds(&allow.code) && selection.holds(comments::unused_allow::RULE.code);
    ran.then(|| comments::unused_allow::unused(allow))
}

/// The manual of all rules, collected from the `//!` comments of the rule files.
pub const MANUAL: &str = include_str!("README.md");

/// The manual of one rule in Markdown, or `None` when there is no such rule.
pub fn explain(code: &str) -> Option<&'static str> {
    let start = MANUAL.find(&format!("\n## {code}\n"))? + 1;
    let section = MANUAL.get(start..)?;
    let end = section.get(1..)?.find("\n## ").map_or(section.len(), |at| at + 2);
    section.get(..end)
}

/// The first line of a rule's manual.
pub fn summary(code: &str) -> Option<&'static str> {
    explain(code)?.lines().nth(2)
}

/// The page on the web about what a rule looks at, if it names one.
pub fn link(code: &str) -> Option<&'static str> {
    let at = LINKS.binary_search_by_key(&code, |(code, _)| code).ok()?;
    LINKS.get(at).map(|(_, link)| *link)
}

/// The codes of all rules.
pub fn codes() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.code).collect()
}
