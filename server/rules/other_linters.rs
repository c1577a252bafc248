//! Annotations that tell other linters to ignore something: `ignore-check.kube-linter.io/latest-tag`.
//!
//! Whoever wrote one has looked at the matter and decided, so podls does not ask again. They count for
//! rules of good practice and of pod security; what the API server refuses no annotation lets pass.

use crate::pod::{Manifest, Pod};
use crate::rules::Finding;
use crate::syntax::{Node, Parse};

/// A check of another linter, and the rules that look for the same.
type Row = (&'static str, &'static [&'static str]);

const KUBE_LINTER: &[Row] = &[
    ("default-service-account", &["default-service-account"]),
    ("docker-sock", &["docker-socket"]),
    ("drop-net-raw-capability", &["drop-net-raw"]),
    ("env-var-secret", &["secret-in-env"]),
    ("host-ipc", &["pss-host-namespaces"]),
    ("host-network", &["pss-host-namespaces"]),
    ("host-pid", &["pss-host-namespaces"]),
    ("job-ttl-seconds-after-finished", &["job-ttl-missing"]),
    ("latest-tag", &["latest-image"]),
    ("minimum-three-replicas", &["few-replicas"]),
    ("no-anti-affinity", &["replicas-not-spread"]),
    ("no-liveness-probe", &["missing-liveness-probe"]),
    ("no-read-only-root-fs", &["read-only-root-filesystem"]),
    ("no-readiness-probe", &["missing-readiness-probe"]),
    ("priority-class-name", &["priority-class-missing"]),
    ("privilege-escalation-container", &["pss-privilege-escalation"]),
    ("privileged-container", &["pss-privileged"]),
    ("privileged-ports", &["privileged-port"]),
    ("read-secret-from-env-var", &["secrets-as-env"]),
    ("run-as-non-root", &["pss-run-as-non-root", "pss-run-as-user", "root-group"]),
    ("sensitive-host-mounts", &["sensitive-host-path"]),
    ("ssh-port", &["ssh-port"]),
    ("unsafe-proc-mount", &["pss-proc-mount", "pss-user-namespace-proc-mount"]),
    ("unsafe-sysctls", &["pss-sysctls"]),
    ("unset-cpu-requirements", &["missing-cpu-request", "missing-cpu-limit"]),
    ("unset-memory-requirements", &["missing-memory-request", "missing-memory-limit"]),
    ("use-namespace", &["default-namespace"]),
    ("writable-host-mount", &["writable-host-path"]),
];

const KUBE_SCORE: &[Row] = &[
    ("container-cpu-requests-equal-limits", &["requests-equal-limits"]),
    ("container-ephemeral-storage-request-and-limit", &["missing-ephemeral-storage"]),
    ("container-image-pull-policy", &["image-pull-policy-always"]),
    ("container-image-tag", &["latest-image"]),
    ("container-memory-requests-equal-limits", &["requests-equal-limits"]),
    ("container-resource-requests-equal-limits", &["requests-equal-limits"]),
    (
        "container-resources",
        &[
            "missing-cpu-limit",
            "missing-cpu-request",
            "missing-memory-limit",
            "missing-memory-request",
        ],
    ),
    ("container-seccomp-profile", &["pss-seccomp", "pss-seccomp-profile"]),
    ("container-security-context", &["high-uid", "pss-privileged", "read-only-root-filesystem"]),
    ("container-security-context-privileged", &["pss-privileged"]),
    ("container-security-context-readonlyrootfilesystem", &["read-only-root-filesystem"]),
    ("container-security-context-user-group-id", &["high-uid"]),
    ("cronjob-has-deadline", &["cron-deadline-missing"]),
    ("deployment-has-host-podantiaffinity", &["replicas-not-spread"]),
    ("deployment-replicas", &["few-replicas"]),
    ("pod-probes", &["missing-liveness-probe", "missing-readiness-probe", "same-probes"]),
    ("pod-probes-identical", &["same-probes"]),
    ("pod-topology-spread-constraints", &["replicas-not-spread"]),
    ("statefulset-has-host-podantiaffinity", &["replicas-not-spread"]),
];

const POLARIS: &[Row] = &[
    ("automountServiceAccountToken", &["service-account-token"]),
    ("cpuLimitsMissing", &["missing-cpu-limit"]),
    ("cpuRequestsMissing", &["missing-cpu-request"]),
    ("dangerousCapabilities", &["pss-capabilities", "pss-drop-capabilities"]),
    ("deploymentMissingReplicas", &["few-replicas"]),
    ("hostIPCSet", &["pss-host-namespaces"]),
    ("hostNetworkSet", &["pss-host-namespaces"]),
    ("hostPIDSet", &["pss-host-namespaces"]),
    ("hostPathSet", &["pss-host-path", "pss-volume-types"]),
    ("hostPortSet", &["pss-host-ports"]),
    ("hostProcess", &["pss-windows-host-process"]),
    ("insecureCapabilities", &["drop-net-raw", "pss-drop-capabilities"]),
    ("livenessProbeMissing", &["missing-liveness-probe"]),
    ("memoryLimitsMissing", &["missing-memory-limit"]),
    ("memoryRequestsMissing", &["missing-memory-request"]),
    ("notReadOnlyRootFilesystem", &["read-only-root-filesystem"]),
    ("priorityClassNotSet", &["priority-class-missing"]),
    ("privilegeEscalationAllowed", &["pss-privilege-escalation"]),
    ("procMount", &["pss-proc-mount", "pss-user-namespace-proc-mount"]),
    ("pullPolicyNotAlways", &["image-pull-policy-always"]),
    ("readinessProbeMissing", &["missing-readiness-probe"]),
    ("runAsPrivileged", &["pss-privileged"]),
    ("runAsRootAllowed", &["pss-run-as-non-root", "pss-run-as-user"]),
    ("sensitiveContainerEnvVar", &["secret-in-env"]),
    ("tagNotSpecified", &["latest-image"]),
    ("topologySpreadConstraint", &["replicas-not-spread"]),
];

const CHECKOV: &[Row] = &[
    ("CKV_K8S_8", &["missing-liveness-probe"]),
    ("CKV_K8S_9", &["missing-readiness-probe"]),
    ("CKV_K8S_10", &["missing-cpu-request"]),
    ("CKV_K8S_11", &["missing-cpu-limit"]),
    ("CKV_K8S_12", &["missing-memory-request"]),
    ("CKV_K8S_13", &["missing-memory-limit"]),
    ("CKV_K8S_14", &["latest-image"]),
    ("CKV_K8S_15", &["image-pull-policy-always"]),
    ("CKV_K8S_16", &["pss-privileged"]),
    ("CKV_K8S_17", &["pss-host-namespaces"]),
    ("CKV_K8S_18", &["pss-host-namespaces"]),
    ("CKV_K8S_19", &["pss-host-namespaces"]),
    ("CKV_K8S_20", &["pss-privilege-escalation"]),
    ("CKV_K8S_21", &["default-namespace"]),
    ("CKV_K8S_22", &["read-only-root-filesystem"]),
    ("CKV_K8S_23", &["pss-run-as-non-root", "pss-run-as-user"]),
    ("CKV_K8S_25", &["pss-capabilities", "pss-drop-capabilities"]),
    ("CKV_K8S_26", &["pss-host-ports"]),
    ("CKV_K8S_27", &["docker-socket"]),
    ("CKV_K8S_28", &["drop-net-raw"]),
    ("CKV_K8S_31", &["pss-seccomp", "pss-seccomp-profile"]),
    ("CKV_K8S_35", &["secrets-as-env"]),
    ("CKV_K8S_37", &["pss-drop-capabilities"]),
    ("CKV_K8S_38", &["service-account-token"]),
    ("CKV_K8S_39", &["pss-capabilities", "pss-drop-capabilities"]),
    ("CKV_K8S_40", &["high-uid"]),
    ("CKV_K8S_41", &["default-service-account"]),
    ("CKV_K8S_43", &["image-without-digest"]),
];

/// Takes away what an annotation of the object or of its pod tells another linter to ignore.
pub fn drop_ignored(findings: &mut Vec<Finding>, parse: &Parse) {
    let tables = [KUBE_LINTER, KUBE_SCORE, POLARIS, CHECKOV];
    let is_known = |finding: &Finding| tables.iter().any(|table| has_code(table, finding.code));
    // Hardly any document has such findings while it is typed; the others end here.
    if !findings.iter().any(is_known) {
        return;
    }
    for manifest in Manifest::all(parse) {
        let pods = Pod::all(&manifest);
        let of_pods = pods.iter().filter_map(Pod::metadata);
        let metadata: Vec<_> = manifest.root.field("metadata").into_iter().chain(of_pods).collect();
        let annotations = || metadata.iter().filter_map(|it| it.field("annotations"));
        if annotations().next().is_none() {
            continue;
        }
        let object = manifest.root.span();
        findings.retain(|finding| {
            let inside = (object.start..=object.end).contains(&finding.span.start);
            let mut entries = annotations().flat_map(Node::entries);
            !inside
                || !entries.any(|entry| {
                    let key = entry.key.text().unwrap_or_default();
                    let value = entry.value.resolved().and_then(Node::text).unwrap_or_default();
                    hides(key, value, finding.code)
                })
        });
    }
}

/// Whether an annotation says that findings of this code are to be ignored.
fn hides(key: &str, value: &str, code: &str) -> bool {
    if let Some(check) = key.strip_prefix("ignore-check.kube-linter.io/") {
        return has(KUBE_LINTER, check, code);
    }
    if let Some(check) = key.strip_prefix("polaris.fairwinds.com/") {
        let one = check.strip_suffix("-exempt").is_some_and(|check| has(POLARIS, check, code));
        return value == "true" && (one || check == "exempt" && has_code(POLARIS, code));
    }
    if key.starts_with("checkov.io/skip") || key.starts_with("bridgecrew.io/skip") {
        let check = value.split('=').next().unwrap_or_default();
        return has(CHECKOV, check.trim(), code);
    }
    match key {
        "kube-linter.io/ignore-all" => has_code(KUBE_LINTER, code),
        "kube-score/ignore" => value.split(',').any(|check| has(KUBE_SCORE, check.trim(), code)),
        _ => false,
    }
}

fn has(table: &[Row], check: &str, code: &str) -> bool {
    table.iter().any(|(name, codes)| *name == check && codes.contains(&code))
}

fn has_code(table: &[Row], code: &str) -> bool {
    table.iter().any(|(_, codes)| codes.contains(&code))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use expect_test::expect_file;

    use super::{CHECKOV, KUBE_LINTER, KUBE_SCORE, POLARIS, hides};
    use crate::rules::ALL;

    #[test]
    fn rows_name_rules_that_are_off_by_themselves() {
        for (check, codes) in [KUBE_LINTER, KUBE_SCORE, POLARIS, CHECKOV].concat() {
            for code in codes {
                let rule = ALL.iter().find(|rule| rule.code == *code);
                assert!(rule.is_some_and(|rule| !rule.on), "{check}: {code}");
            }
        }
    }

    #[test]
    fn each_linter_has_a_form_of_its_own() {
        for (key, value, hidden) in [
            ("ignore-check.kube-linter.io/latest-tag", "it is a demo", true),
            ("ignore-check.kube-linter.io/ssh-port", "it is a demo", false),
            ("kube-linter.io/ignore-all", "", true),
            ("kube-score/ignore", "pod-probes, container-image-tag", true),
            ("kube-score/ignore", "pod-probes", false),
            ("polaris.fairwinds.com/exempt", "true", true),
            ("polaris.fairwinds.com/exempt", "false", false),
            ("polaris.fairwinds.com/tagNotSpecified-exempt", "true", true),
            ("polaris.fairwinds.com/hostIPCSet-exempt", "true", false),
            ("checkov.io/skip1", "CKV_K8S_14=it is a demo", true),
            ("checkov.io/skip", "CKV_K8S_14", true),
            ("checkov.io/skip1", "CKV_K8S_1", false),
            ("latest-tag", "true", false),
        ] {
            assert_eq!(hides(key, value, "latest-image"), hidden, "{key}: {value}");
            assert!(!hides(key, value, "unknown-field"), "{key}: {value}");
        }
    }

    /// `UPDATE_EXPECT=1 cargo test` writes the file; its diff shows what an annotation hides from now on.
    #[test]
    fn each_annotation_hides_what_it_did() {
        let kube_linter =
            |check: &str| (format!("ignore-check.kube-linter.io/{check}"), "why".to_owned());
        let kube_score = |check: &str| ("kube-score/ignore".to_owned(), check.to_owned());
        let polaris =
            |check: &str| (format!("polaris.fairwinds.com/{check}-exempt"), "true".to_owned());
        let checkov = |check: &str| ("checkov.io/skip1".to_owned(), format!("{check}=why"));
        let names = |table: &[super::Row]| table.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let mut annotations: Vec<(String, String)> = Vec::new();
        annotations.extend(names(KUBE_LINTER).into_iter().map(kube_linter));
        annotations.extend(names(KUBE_SCORE).into_iter().map(kube_score));
        annotations.extend(names(POLARIS).into_iter().map(polaris));
        annotations.extend(names(CHECKOV).into_iter().map(checkov));
        annotations.push(("kube-linter.io/ignore-all".to_owned(), String::new()));
        annotations.push(("polaris.fairwinds.com/exempt".to_owned(), "true".to_owned()));
        let mut out = String::new();
        for (key, value) in annotations {
            let codes = ALL.iter().map(|rule| rule.code).filter(|code| hides(&key, &value, code));
            let codes: Vec<_> = codes.collect();
            writeln!(out, "{key}: {value} hides {}", codes.join(" ")).unwrap();
        }
        expect_file!["../../tests/it/other_linters.txt"].assert_eq(&out);
    }
}
