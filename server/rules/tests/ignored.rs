//! What annotations for other linters hide.

use std::fmt::Write;

use expect_test::expect_file;

use crate::check::{Linter, Rule};
use crate::rules::ALL;

fn rule(code: &str) -> &'static Rule {
    ALL.iter().find(|rule| rule.code == code).unwrap()
}

#[test]
fn what_the_server_refuses_has_no_such_annotation() {
    for rule in ALL {
        assert!(rule.linters.is_empty() || !rule.always_runs(), "{}", rule.code);
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
        assert_eq!(rule("latest-image").is_ignored_by(key, value), hidden, "{key}: {value}");
        assert!(!rule("unknown-field").is_ignored_by(key, value), "{key}: {value}");
    }
}

/// Which linter, and its checks in their usual order.
fn order(linter: Linter<'static>) -> (u8, usize, &'static str) {
    match linter {
        Linter::KubeLinter(check) => (0, 0, check),
        Linter::KubeScore(check) => (1, 0, check),
        Linter::Polaris(check) => (2, 0, check),
        Linter::Checkov(check) => (3, check.len(), check),
    }
}

fn annotation(linter: Linter<'_>) -> (String, String) {
    match linter {
        Linter::KubeLinter(check) => (format!("ignore-check.kube-linter.io/{check}"), "why".into()),
        Linter::KubeScore(check) => ("kube-score/ignore".into(), check.into()),
        Linter::Polaris(check) => (format!("polaris.fairwinds.com/{check}-exempt"), "true".into()),
        Linter::Checkov(check) => ("checkov.io/skip1".into(), format!("{check}=why")),
    }
}

/// `UPDATE_EXPECT=1 cargo test` writes the file; its diff shows what an annotation hides from now on.
#[test]
fn each_annotation_hides_what_it_did() {
    let mut linters: Vec<_> = ALL.iter().flat_map(|rule| rule.linters).copied().collect();
    linters.sort_by_key(|linter| order(*linter));
    linters.dedup();
    let mut annotations: Vec<_> = linters.into_iter().map(annotation).collect();
    annotations.push(("kube-linter.io/ignore-all".to_owned(), String::new()));
    annotations.push(("polaris.fairwinds.com/exempt".to_owned(), "true".to_owned()));
    let mut out = String::new();
    for (key, value) in annotations {
        let hidden = ALL.iter().filter(|rule| rule.is_ignored_by(&key, &value));
        let codes: Vec<_> = hidden.map(|rule| rule.code).collect();
        writeln!(out, "{key}: {value} hides {}", codes.join(" ")).unwrap();
    }
    expect_file!["../../../tests/it/other_linters.txt"].assert_eq(&out);
}
