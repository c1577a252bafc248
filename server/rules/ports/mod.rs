//! Ports of containers.

pub(super) mod duplicate_port;
pub(super) mod duplicate_port_name;
mod handlers;
pub(super) mod host_ip_without_host_port;
pub(super) mod hostport_conflict;
pub(super) mod hostport_mismatch;
pub(super) mod port_name_format;
pub(super) mod port_range;
pub(super) mod shared_port_name;
