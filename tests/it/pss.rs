//! Pod Security Standards: the same verdicts as the server's own check of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;
use podls::schema::PodSecurity;
use serde_json::Value;

use crate::truth::{Case, cases};

/// What the server gives as the reason for what a rule finds.
const REASONS: &[(&str, &str)] = &[
    ("pss-app-armor", "forbidden AppArmor profile"),
    ("pss-capabilities", "non-default capabilities"),
    ("pss-drop-capabilities", "unrestricted capabilities"),
    ("pss-host-namespaces", "host namespaces"),
    ("pss-host-path", "hostPath volumes"),
    ("pss-host-ports", "hostPort"),
    ("pss-host-probes", "probe or lifecycle host"),
    ("pss-privilege-escalation", "allowPrivilegeEscalation != false"),
    ("pss-privileged", "privileged"),
    ("pss-proc-mount", "procMount"),
    ("pss-run-as-non-root", "runAsNonRoot != true"),
    ("pss-run-as-user", "runAsUser=0"),
    ("pss-seccomp", "seccompProfile"),
    ("pss-seccomp-profile", "seccompProfile"),
    ("pss-selinux", "seLinuxOptions"),
    ("pss-sysctls", "forbidden sysctls"),
    ("pss-user-namespace-proc-mount", "procMount"),
    ("pss-volume-types", "restricted volume types"),
    ("pss-windows-host-process", "hostProcess"),
];

/// Document and reason.
type Verdict = BTreeSet<(usize, String)>;

#[test]
fn verdicts_are_those_of_the_server() {
    let Some(cases) = cases(7) else { return };
    for (level, key) in
        [(PodSecurity::Baseline, "pssBaseline"), (PodSecurity::Restricted, "pssRestricted")]
    {
        let settings = Arc::new(Settings { pod_security: level, ..Settings::default() });
        let (mut seen, mut differ) = (0, Vec::new());
        // What cannot be read has no verdict.
        for case in cases.iter().filter(|case| case.verdict.get("yamlErrors").is_none()) {
            let (server, ours) = (of_server(case, key), of_podls(case, &settings));
            seen += ours.union(&server).count();
            let more = ours.difference(&server).map(|it| format!("{} only we: {it:?}", case.id));
            differ.extend(more);
            differ.extend(server.difference(&ours).map(|it| format!("{} missed: {it:?}", case.id)));
        }
        eprintln!("{}: {seen} verdicts, {} differ", level.name(), differ.len());
        eprintln!("{}", differ[..differ.len().min(60)].join("\n"));
        assert!(seen > 200 && differ.is_empty(), "{} differ", differ.len());
    }
}

fn of_server(case: &Case, key: &str) -> Verdict {
    let entries = case.verdict[key].as_array().cloned().unwrap_or_default();
    let entry = |entry: &Value| {
        let reason = entry["reason"].as_str().unwrap();
        let reason = reason.replace("AppArmor profiles", "AppArmor profile");
        (entry["doc"].as_u64().unwrap_or(0) as usize, reason)
    };
    entries.iter().map(entry).collect()
}

fn of_podls(case: &Case, settings: &Arc<Settings>) -> Verdict {
    let document = Document::new(&case.text, settings);
    let docs = case.verdict["docs"].as_array().unwrap();
    let mut verdict = Verdict::new();
    for finding in document.findings() {
        let Some((_, reason)) = REASONS.iter().find(|(code, _)| *code == finding.code) else {
            continue;
        };
        let line = document.text().line_col(finding.span.start).0 as u64 + 1;
        let doc = docs.iter().position(|doc| {
            (doc["startLine"].as_u64().unwrap()..=doc["endLine"].as_u64().unwrap()).contains(&line)
        });
        verdict.insert((doc.unwrap_or(0), (*reason).to_owned()));
    }
    verdict
}
