//! The command line: what it prints where, and its exit codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use podls::config::Settings;
use serde_json::Value;

use crate::client::PODLS;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: nginx:1.27\n";

/// A folder of its own for one test, removed afterwards.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("podls-cli-{}-{name}", std::process::id()));
        for (file, content) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Runs podls in the folder.
    pub(crate) fn podls(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(PODLS);
        command.current_dir(&self.0).args(arguments).stdin(Stdio::null()).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[track_caller]
pub(crate) fn check_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", stdout(output), stderr(output));
}

#[test]
fn a_clean_file_is_exit_code_0() {
    let folder = Folder::new("clean", &[("pod.yaml", POD.as_bytes())]);
    let output = folder.podls(&["check", "pod.yaml", "--format", "json"]);
    check_code(&output, 0);
    let findings: Value = serde_json::from_str(stdout(&output)).unwrap();
    let severities = findings.as_array().unwrap().iter().map(|finding| &finding["severity"]);
    assert!(severities.into_iter().all(|severity| severity != "error"));
}

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let folder = Folder::new("unread", &[("a.yaml", b"\xff\xfa"), ("b.yaml", POD.as_bytes())]);
    for path in ["a.yaml", "missing.yaml", "."] {
        let output = folder.podls(&["check", path, "b.yaml"]);
        check_code(&output, 2);
        let name = path.replace('.', "");
        assert!(stderr(&output).starts_with("podls: "), "{}", stderr(&output));
        assert!(stderr(&output).replace('.', "").contains(&name), "{}", stderr(&output));
        // The rest is checked all the same.
        assert!(stdout(&output).contains("1 file"), "{}", stdout(&output));
    }
}

#[test]
fn folders_are_searched() {
    let folder = Folder::new(
        "walk",
        &[
            ("a.yaml", b""),
            ("b/c.yml", b""),
            ("b/d.JSON", b""),
            ("b/readme.md", b"\xff"),
            ("skipped/e.yaml", b"\xff"),
            (".hidden/f.yaml", b"\xff"),
            (".ignore", b"skipped\n"),
        ],
    );
    let output = folder.podls(&["check"]);
    check_code(&output, 0);
    assert_eq!(stdout(&output), "nothing found in 3 files, and no manifest\n");
    // A file that is named is read whatever it is called, and once.
    let output = folder.podls(&["check", "b", "./b/c.yml", "b/c.yml", "b/readme.md"]);
    check_code(&output, 2);
    assert_eq!(
        stdout(&output),
        "nothing found in 2 files, and no manifest; 1 could not be checked\n"
    );
}

#[test]
fn standard_input_is_a_file() {
    let mut command = Command::new(PODLS);
    command.args(["check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"# nothing\n").unwrap();
    let output = child.wait_with_output().unwrap();
    check_code(&output, 0);
    assert_eq!(stdout(&output), "nothing found in 1 file, and no manifest\n");
}

#[test]
fn settings_that_cannot_be_used_are_exit_code_2() {
    for (settings, told) in [
        ("rulez: {}\n", "1:1: unknown setting `rulez`; did you mean `rules`?"),
        ("rules:\n  unknown-field: off\n  unknown-feld: off\n", "3:3: unknown rule"),
        ("podSecurity: baseline\nrules:\n  unknown-field:  info\n", "3:19: `rules.unknown-field`"),
        ("# settings\nkubernetesVersion: 1.3\n", "2:20: `kubernetesVersion`"),
        ("- a\n", "1:1: the settings must be"),
        ("a: b\nrules: [\n", ": did not find"),
        ("rules: \u{1b}[31m\n", ": control characters"),
    ] {
        let files = [("podls.yaml", settings.as_bytes()), ("a/b/c.yaml", POD.as_bytes())];
        let folder = Folder::new("settings", &files);
        for command in [["check", "a"], ["fix", "a/b/c.yaml"]] {
            let output = folder.podls(&command);
            check_code(&output, 2);
            let start =
                format!("podls: podls.yaml:{}", if told.starts_with(':') { "" } else { told });
            assert!(stderr(&output).starts_with(&start), "{start}: {}", stderr(&output));
            assert!(stderr(&output).contains(told), "{told}: {}", stderr(&output));
            assert!(!stderr(&output).contains('\u{1b}'));
        }
    }
}

#[test]
fn thousands_of_wrong_settings_take_no_time() {
    let keys: String = (0..50_000).map(|at| format!("  rule-{at}: off\n")).collect();
    let settings = format!("rules:\n{keys}");
    let files = [("podls.yaml", settings.as_bytes()), ("a.yaml", POD.as_bytes())];
    let folder = Folder::new("many-settings", &files);
    let start = std::time::Instant::now();
    let output = folder.podls(&["check", "a.yaml"]);
    check_code(&output, 2);
    assert!((1..100).contains(&stderr(&output).lines().count()));
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_version_that_is_not_known_is_refused() {
    let folder = Folder::new("version", &[("a.yaml", b"")]);
    check_code(&folder.podls(&["check", "--kubernetes-version", "1.31", "a.yaml"]), 0);
    let output = folder.podls(&["check", "--kubernetes-version", "1.24", "a.yaml"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("expected 1.25 to"), "{}", stderr(&output));
}

#[test]
fn wrong_arguments_are_exit_code_2() {
    let folder = Folder::new("arguments", &[]);
    fs::create_dir_all(folder.path()).unwrap();
    for arguments in [["chekc"].as_slice(), &["check", "--format", "xml"], &["explain"]] {
        check_code(&folder.podls(arguments), 2);
    }
    let output = folder.podls(&["explain", "no-such-rule-at-all"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("unknown rule `no-such-rule-at-all`"));
}

#[test]
fn patterns_are_explained() {
    let folder = Folder::new("patterns", &[]);
    fs::create_dir_all(folder.path()).unwrap();
    for (name, title) in [("sidecar", "# Sidecar\n"), ("init-containers", "# Init container\n")] {
        let output = folder.podls(&["explain", name]);
        check_code(&output, 0);
        assert!(stdout(&output).starts_with(title), "{}", stdout(&output));
    }
    let output = folder.podls(&["explain", "ambasador"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("did you mean `ambassador`?"), "{}", stderr(&output));
}

#[test]
fn the_rules_are_listed() {
    let folder = Folder::new("rules", &[]);
    fs::create_dir_all(folder.path()).unwrap();
    let output = folder.podls(&["rules", "--format", "json"]);
    check_code(&output, 0);
    let rules: Value = serde_json::from_str(stdout(&output)).unwrap();
    let rules = rules.as_array().unwrap();
    let output = folder.podls(&["rules"]);
    assert_eq!(stdout(&output).lines().count(), rules.len());
    for rule in rules {
        let code = rule["code"].as_str().unwrap();
        assert!(!rule["summary"].as_str().unwrap().is_empty(), "{code} has no summary");
        let output = folder.podls(&["explain", code]);
        check_code(&output, 0);
        let facts = stdout(&output).split_once("\n* Severity: ").expect("facts").1;
        assert!(facts.contains(&format!("`# podls: allow {code}`")), "{facts}");
        let setting = facts.split('`').find(|it| it.starts_with("rules: {")).expect("a setting");
        let faults = Settings::default().apply_yaml(setting, &[code]);
        assert!(faults.is_empty(), "{setting}: {faults:?}");
    }
}

#[test]
fn the_level_of_pod_security_is_an_argument() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers:\n  \
               - {name: a, image: 'b:1'}\n";
    let own = format!("# podls: pod-security privileged\n{pod}");
    let folder = Folder::new("level", &[("a.yaml", pod.as_bytes()), ("own.yaml", own.as_bytes())]);
    check_code(&folder.podls(&["check", "a.yaml"]), 0);
    let output = folder.podls(&["check", "--pod-security", "baseline", "."]);
    check_code(&output, 1);
    let text = stdout(&output);
    assert!(text.contains("pss-host-namespaces") && !text.contains("own.yaml"), "{text}");
    let output = folder.podls(&["check", "--pod-security", "strict", "a.yaml"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("expected one of privileged, baseline, restricted"));
}

#[test]
fn the_version_is_told() {
    let output = Command::new(PODLS).arg("--version").output().unwrap();
    assert_eq!(stdout(&output), concat!("podls ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    for (text, code) in [("", 0), ("apiVersion: v1\nkind: Pod\n", 1)] {
        for format in ["human", "json"] {
            let folder = Folder::new("pipe", &[("a.yaml", text.as_bytes())]);
            let mut command = Command::new(PODLS);
            command.current_dir(folder.path()).args(["check", "--format", format, "."]);
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            check_code(&output, code);
            assert_eq!(stderr(&output), "");
        }
    }
}
