//! Faults that make an outage more likely or longer. Off without the profile.

pub(super) mod default_namespace;
pub(super) mod few_replicas;
pub(super) mod initial_delay_with_startup_probe;
mod long_running;
pub(super) mod missing_cron_deadline;
pub(super) mod missing_job_ttl;
pub(super) mod missing_liveness_probe;
pub(super) mod missing_priority_class;
pub(super) mod missing_readiness_probe;
pub(super) mod probe_timeout_longer_than_period;
pub(super) mod replicas_not_spread;
pub(super) mod same_probes;
pub(super) mod sub_path_not_updated;
