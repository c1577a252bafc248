//! Jobs and CronJobs.

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
pub(super) mod missing_backoff_limit_per_index;
pub(super) mod missing_completions;
pub(super) mod pod_replacement_policy;
mod spec;
pub(super) mod succeeded_count;
pub(super) mod succeeded_indexes;
pub(super) mod success_rule;
pub(super) mod time_zone;
