//! Probes and the handlers that they share with hooks.

pub(super) mod handler_conflict;
mod handlers;
pub(super) mod http_header_name;
pub(super) mod missing_handler;
pub(super) mod probe_readiness_grace;
pub(super) mod probe_success_threshold;
