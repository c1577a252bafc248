//! Pod Security Standards: the same verdicts as the server's own check of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use podls::check::Severity;
use podls::config::Settings;
use podls::ide::Document;
use podls::schema::PodSecurity;
use podls::text::{Edit, Span};
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
    let cases = cases(7);
    for (level, key) in
        [(PodSecurity::Baseline, "pssBaseline"), (PodSecurity::Restricted, "pssRestricted")]
    {
        let settings = Arc::new(Settings { pod_security: level, ..Settings::default() });
        let (mut seen, mut differ) = (0, Vec::new());
        for case in cases.iter().filter(|case| is_judged(case)) {
            let (server, ours) = (of_server(case, key), of_podls(case, &settings));
            seen += ours.union(&server).count();
            let more = ours.difference(&server).map(|it| format!("{} only we: {it:?}", case.id));
            differ.extend(more);
            let missed = server.difference(&ours).filter(|_| is_readable(case));
            differ.extend(missed.map(|it| format!("{} missed: {it:?}", case.id)));
        }
        eprintln!("{}: {seen} verdicts, {} differ", level.name(), differ.len());
        eprintln!("{}", differ[..differ.len().min(60)].join("\n"));
        assert!(seen > 200 && differ.is_empty(), "{} differ", differ.len());
    }
}

/// Whether the server got as far as a verdict: not with what is no manifest to it, nor where its
/// own validation fell over.
fn is_judged(case: &Case) -> bool {
    let has = |key: &str| case.verdict.get(key).is_some();
    let judged = |doc: &Value| doc["class"] != "not-a-resource" && doc["verdict"] != "none";
    let docs = case.verdict["docs"].as_array().unwrap();
    let odd = has("decodeErrors") || has("strictDecodingErrors");
    !has("yamlErrors") && docs.iter().any(judged) && (has("pssRestricted") || !odd)
}

/// Whether the verdict is on what is written. Values of a wrong type were taken out before it was
/// asked for, and a misspelt `apiVersion`, which makes it no manifest for us, put right.
fn is_readable(case: &Case) -> bool {
    case.verdict.get("decodeErrors").is_none() && case.text.contains("apiVersion")
}

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: prepare
    image: busybox:1.36
  containers:
  - name: web
    image: nginx:1.27
    securityContext:
      capabilities:
        add: [NET_BIND_SERVICE]
";

#[test]
fn safe_fixes_reach_the_level() {
    let of = |level| Arc::new(Settings { pod_security: level, ..Settings::default() });
    let document = Document::new(POD, &of(PodSecurity::Restricted));
    assert_eq!(document.findings().len(), 6, "{:#?}", document.findings());
    let (fixed, done) = document.fixed(true);
    assert_eq!((fixed.findings(), done.len()), (Vec::new(), 6), "{}", fixed.text());
    assert_eq!(Document::new(POD, &of(PodSecurity::Baseline)).findings(), []);
    assert_eq!(Document::new(POD, &of(PodSecurity::Privileged)).findings(), []);
}

#[test]
fn a_comment_or_a_rule_switches_it_on() {
    let count = |text: &str, settings: Settings| {
        let document = Document::new(text, &Arc::new(settings));
        document.findings().len()
    };
    let commented = format!("# podls: pod-security restricted\n{POD}");
    assert_eq!(count(&commented, Settings::default()), 6);
    let mut one = Settings::default();
    let codes = podls::rules::codes();
    let rules = "rules: {pss-run-as-non-root: hint}";
    assert_eq!(one.apply_yaml(rules, &codes), []);
    let findings = Document::new(POD, &Arc::new(one)).findings();
    let found: Vec<_> = findings.iter().map(|it| (it.code, it.severity)).collect();
    assert_eq!(found, [("pss-run-as-non-root", Severity::Hint)]);
    let mut less = Settings { pod_security: PodSecurity::Restricted, ..Settings::default() };
    assert_eq!(less.apply_yaml("rules: {pss-drop-capabilities: off}", &codes), []);
    assert_eq!(count(POD, less), 4);
}

#[test]
fn an_edit_of_the_comment_counts_at_once() {
    let document = Document::new(POD, &Arc::default());
    assert_eq!(document.findings().len(), 0);
    let edit = Edit::insert(0, "# podls: pod-security restricted\n");
    let strict = document.edited(&edit);
    assert_eq!(strict.findings().len(), 6);
    let gone = Edit::remove(Span::new(0, edit.insert.len()));
    assert_eq!(strict.edited(&gone).findings().len(), 0);
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
        let doc = docs.iter().rposition(|doc| {
            (doc["startLine"].as_u64().unwrap()..=doc["endLine"].as_u64().unwrap()).contains(&line)
        });
        verdict.insert((doc.unwrap_or(0), (*reason).to_owned()));
    }
    verdict
}

/// A pod is judged by what its namespace enforces, and by a comment before that.
#[test]
fn the_label_of_the_namespace_holds() {
    const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    \
        pod-security.kubernetes.io/enforce: restricted\n";
    let pod = |namespace: &str| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: {namespace}}}\nspec:\n  \
             containers:\n  - {{name: web, image: nginx:1.27}}\n"
        )
    };
    let count = |text: &str, settings: Settings| {
        let found = Document::new(text, &Arc::new(settings)).findings();
        found.iter().filter(|finding| finding.code.starts_with("pss-")).count()
    };
    let text = format!("{NAMESPACE}{}{}", pod("shop"), pod("other"));
    let alone = count(&text, Settings::default());
    assert!(alone > 2, "{alone}");
    assert_eq!(count(&format!("# podls: pod-security privileged\n{text}"), Settings::default()), 0);
    let around = Settings {
        namespaces: [("other".to_owned(), PodSecurity::Restricted)].into(),
        ..Settings::default()
    };
    assert_eq!(count(&text, around), 2 * alone);
}
