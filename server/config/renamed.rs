//! Codes that rules had before they followed one order. Settings, comments and `podls explain` accept them for
//! one more release.

/// The old and the new code of each rule that was renamed.
pub const RENAMED: [(&str, &str); 21] = [
    ("backoff-limit-per-index-missing", "missing-backoff-limit-per-index"),
    ("claim-duplicate", "duplicate-claim"),
    ("claim-template-unused", "unused-claim-template"),
    ("completions-missing", "missing-completions"),
    ("containers-missing", "missing-containers"),
    ("cron-deadline-missing", "missing-cron-deadline"),
    ("device-duplicate", "duplicate-device"),
    ("document-start-missing", "missing-document-start"),
    ("handler-missing", "missing-handler"),
    ("job-ttl-missing", "missing-job-ttl"),
    ("kind-missing", "missing-kind"),
    ("limit-missing", "missing-limit"),
    ("mount-path-duplicate", "duplicate-mount-path"),
    ("negative-grace-period", "grace-period-negative"),
    ("priority-class-missing", "missing-priority-class"),
    ("resize-duplicate", "duplicate-resize"),
    ("selector-missing", "missing-selector"),
    ("service-name-missing", "missing-service-name"),
    ("template-missing", "missing-template"),
    ("topology-spread-duplicate", "duplicate-topology-spread"),
    ("volume-source-missing", "missing-volume-source"),
];

/// The code of the rule that has or had `code`.
pub fn current_code(code: &str) -> &str {
    RENAMED.iter().find(|(old, _)| *old == code).map_or(code, |(_, new)| new)
}
