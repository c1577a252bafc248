//! Profiles, which switch groups of rules on, and what annotations for other linters switch off.

use std::collections::BTreeSet;
use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;
use podls::rules::{ALL, codes};
use podls::schema::Profile;
use podls::text::{Edit, Span};

use crate::cli::{Folder, check_code, stderr, stdout};

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    example.com/owner: web
spec:
  containers:
  - name: web
    image: nginx
    env:
    - {name: PASSWORD, value: horse}
";

/// The codes that are found under the settings of a `podls.yaml`.
fn found(text: &str, settings: &str) -> BTreeSet<&'static str> {
    let mut read = Settings::default();
    assert_eq!(read.apply_yaml(settings, &codes()), []);
    let findings = Document::new(text, &Arc::new(read)).findings();
    findings.into_iter().map(|finding| finding.code).collect()
}

/// The codes of a profile.
fn of(profile: Profile) -> BTreeSet<&'static str> {
    let rules = ALL.iter().filter(|rule| rule.profile() == Some(profile));
    rules.map(|rule| rule.code).collect()
}

#[test]
fn a_profile_switches_its_rules_on() {
    assert_eq!(found(POD, ""), BTreeSet::new());
    for profile in Profile::ALL {
        let codes = found(POD, &format!("profiles: [{}]", profile.name()));
        assert!(codes.is_subset(&of(profile)), "{}: {codes:?}", profile.name());
        // A lone pod has no replicas to spread and no port to probe.
        let quiet = profile == Profile::Reliability;
        assert_eq!(codes.is_empty(), quiet, "{}", profile.name());
    }
    assert_eq!(found(POD, "profiles: [images]"), BTreeSet::from(["latest-image"]));
    assert_eq!(found(POD, "{profiles: [images], rules: {latest-image: off}}"), BTreeSet::new());
    assert_eq!(found(POD, "rules: {latest-image: hint}"), BTreeSet::from(["latest-image"]));
}

#[test]
fn a_comment_adds_a_profile() {
    let commented = format!("# podls: profile images, resources\n{POD}");
    let mut both = found(POD, "profiles: images");
    both.extend(found(POD, "profiles: resources"));
    assert_eq!(found(&commented, ""), both);
    both.extend(found(POD, "profiles: strict"));
    assert_eq!(found(&commented, "profiles: strict"), both);
}

#[test]
fn an_edit_of_the_comment_counts_at_once() {
    let document = Document::new(POD, &Arc::default());
    let edit = Edit::insert(0, "# podls: profile images\n");
    let with = document.edited(&edit);
    assert_eq!((document.findings().len(), with.findings().len()), (0, 1));
    let gone = Edit::remove(Span::new(0, edit.insert.len()));
    assert_eq!(with.edited(&gone).findings().len(), 0);
}

#[test]
fn safe_fixes_do_not_decide_matters_of_opinion() {
    for profile in Profile::ALL {
        let mut settings = Settings::default();
        settings.profiles = settings.profiles.with(profile);
        let (_, done) = Document::new(POD, &Arc::new(settings)).fixed(false);
        assert_eq!(done, [], "{}", profile.name());
    }
}

#[test]
fn the_command_line_adds_profiles() {
    let files = [("pod.yaml", POD.as_bytes()), ("podls.yaml", b"profiles: [images]")];
    let folder = Folder::new("profiles", &files);
    let codes = |arguments: &[&str]| {
        let output =
            folder.podls(&[&["check", "pod.yaml", "--format", "json"], arguments].concat());
        check_code(&output, 0);
        let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        let codes =
            found.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned());
        codes.collect::<BTreeSet<_>>()
    };
    assert_eq!(codes(&[]).len(), 1);
    let more = codes(&["--profile", "hardened", "--profile", "resources"]);
    assert!(more.contains("secret-in-env") && more.contains("missing-memory-limit"), "{more:?}");
    assert!(more.contains("latest-image"), "{more:?}");
    let output = folder.podls(&["check", "--profile", "hard", "pod.yaml"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("resources, reliability, images"), "{}", stderr(&output));
    let rules = folder.podls(&["rules"]);
    let line = stdout(&rules).lines().find(|line| line.starts_with("latest-image ")).unwrap();
    let words: Vec<_> = line.split_whitespace().take(3).collect();
    assert_eq!(words, ["latest-image", "off", "images"]);
}

#[test]
fn annotations_for_other_linters_count() {
    let with = |annotation: &str| POD.replace("example.com/owner: web", annotation);
    let images = |annotation: &str| found(&with(annotation), "profiles: images");
    let latest = BTreeSet::from(["latest-image"]);
    assert_eq!(images("ignore-check.kube-linter.io/latest-tag: a demo"), BTreeSet::new());
    assert_eq!(images("kube-score/ignore: pod-probes,container-image-tag"), BTreeSet::new());
    assert_eq!(images("polaris.fairwinds.com/exempt: 'true'"), BTreeSet::new());
    assert_eq!(images("checkov.io/skip1: CKV_K8S_14=a demo"), BTreeSet::new());
    assert_eq!(images("checkov.io/skip1: CKV_K8S_40=a demo"), latest);
    // The next object is another one.
    let two = format!("{}---\n{POD}", with("kube-linter.io/ignore-all: a demo"));
    assert_eq!(found(&two, "profiles: images"), latest);
}

#[test]
fn annotations_of_the_template_count_for_pod_security_too() {
    let deployment = "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations: {ignore-check.kube-linter.io/privileged-container: it has to}
    spec:
      containers:
      - name: web
        image: nginx:1.27
        securityContext: {privileged: true}
        colour: red
";
    let codes = found(deployment, "podSecurity: baseline");
    assert_eq!(codes, BTreeSet::from(["unknown-field"]));
    let other = deployment.replace("privileged-container", "ssh-port");
    assert!(found(&other, "podSecurity: baseline").contains("pss-privileged"));
}
