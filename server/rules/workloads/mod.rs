//! Deployments, StatefulSets, DaemonSets and templates of pods.

pub(super) mod daemon_set_on_delete;
pub(super) mod daemon_set_surge;
pub(super) mod missing_service_name;
pub(super) mod missing_template;
pub(super) mod progress_deadline;
pub(super) mod restart_policy_kind;
pub(super) mod revision_history_negative;
mod rolling_update;
pub(super) mod rolling_update_value;
pub(super) mod rollout_stuck;
pub(super) mod stateful_set_identity;
pub(super) mod stateful_set_name_too_long;
pub(super) mod template_metadata_ignored;
pub(super) mod unused_claim_template;
