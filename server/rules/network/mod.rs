//! Names, addresses and DNS of a pod.

pub(super) mod dns_none_config;
pub(super) mod dns_search_format;
pub(super) mod duplicate_host_alias;
pub(super) mod hostname_override;
pub(super) mod ip_format;
pub(super) mod ip_not_canonical;
pub(super) mod pull_secret;
