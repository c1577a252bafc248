//! Comments that allow a finding, and those that allow nothing.

use std::sync::Arc;

use podls::config::{RENAMED, Settings, current_code};
use podls::ide::Document;

/// Line, code and message of what is found in a pod with `lines` below its container.
fn found(lines: &str, settings: &str) -> Vec<(usize, &'static str, String)> {
    let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    \
                image: nginx:1.27\n";
    let mut read = Settings::default();
    assert_eq!(read.apply_yaml(settings, &podls::rules::codes()), []);
    let document = Document::new(&format!("{head}{lines}"), &Arc::new(read));
    let line = |offset| document.text().line_col(offset).0 + 1;
    let findings = document.findings().into_iter();
    findings.map(|it| (line(it.span.start), it.code, it.message)).collect()
}

/// A second document.
const ANOTHER: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n";

#[test]
fn what_is_allowed_is_not_reported() {
    assert_eq!(found("    colour: red # podls: allow unknown-field\n", ""), []);
    assert_eq!(found("# podls: allow-file unknown-field\n    colour: red\n", ""), []);
    let behind = format!("    colour: red\n---\n# podls: allow-file unknown-field\n{ANOTHER}");
    assert_eq!(found(&behind, ""), []);
}

/// Codes say what is wrong in one order, and the codes of the first version lead to them.
#[test]
fn codes_follow_one_order() {
    let codes = podls::rules::codes();
    for code in &codes {
        let odd = ["-missing", "-duplicate", "-unused"].iter().any(|end| code.ends_with(end));
        assert!(!odd && !code.starts_with("negative-"), "{code}");
    }
    for (old, new) in RENAMED {
        assert!(codes.contains(&new) && !codes.contains(&old), "{old} -> {new}");
        assert_eq!(current_code(old), new);
    }
}

#[test]
fn codes_of_the_first_version_still_count() {
    let twice = "    env: [{name: A}]\n    volumeDevices: [{name: a, devicePath: /a}, {name: b, devicePath: /a}]\n";
    let codes = |lines: &str, settings: &str| -> Vec<_> {
        found(lines, settings).into_iter().map(|(_, code, _)| code).collect()
    };
    let both = ["volume-not-found", "volume-not-found", "duplicate-device"];
    assert_eq!(codes(twice, ""), both);
    let allowed = format!("{twice}# podls: allow-file device-duplicate volume-not-found\n");
    assert_eq!(codes(&allowed, ""), [""; 0]);
    assert_eq!(codes(twice, "rules: {device-duplicate: off}"), both[..2]);
}

#[test]
fn what_allows_nothing_is_reported() {
    let unused = |line, code: &str| {
        vec![(line, "unused-allow", format!("unused `allow`: no finding of `{code}` here"))]
    };
    let line = "    tty: true # podls: allow unknown-field\n";
    assert_eq!(found(line, ""), unused(9, "unknown-field"));
    let file = format!("---\n# podls: allow-file duplicate-key\n{ANOTHER}");
    assert_eq!(found(&file, ""), unused(10, "duplicate-key"));
    let both = "    colour: red # podls: allow unknown-field wrong-type\n";
    assert_eq!(found(both, ""), unused(9, "wrong-type"));
}

#[test]
fn nothing_is_said_about_rules_that_did_not_run() {
    let off = "    tty: true # podls: allow pss-privileged\n";
    assert_eq!(found(off, ""), []);
    assert_eq!(found(off, "podSecurity: baseline").len(), 1);
    assert_eq!(found(off, "{podSecurity: baseline, rules: {unused-allow: off}}"), []);
    let broken = "    tty: true # podls: allow unknown-field\n    ports: [\n";
    assert!(found(broken, "").iter().all(|(_, code, _)| *code != "unused-allow"));
}
