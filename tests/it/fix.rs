//! `podls fix`: what it writes, what it leaves, and how it ends.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::cli::{Folder, check_code, stderr, stdout};
use crate::client::PODLS;

/// Two faults with safe fixes, one of them behind the other.
pub(crate) const FAULTY: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  container: # the list
  - name: app
    image: nginx:1.27
    imagePullPolicy: always
";

pub(crate) const FIXED: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers: # the list
  - name: app
    image: nginx:1.27
    imagePullPolicy: Always
";

/// A fault that nobody but the user can fix.
const LEFT: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: app
    image: nginx:1.27
    volumeMounts:
    - name: data
      mountPath: /data
";

#[test]
fn files_are_fixed_in_place() {
    let files = [("a.yaml", FAULTY.as_bytes()), ("b.yaml", FIXED.as_bytes())];
    let folder = Folder::new("fix", &files);
    let output = folder.podls(&["fix", "."]);
    check_code(&output, 0);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), FIXED);
    assert_eq!(fs::read_to_string(folder.path().join("b.yaml")).unwrap(), FIXED);
    let lines: Vec<_> = stdout(&output).lines().collect();
    assert!(lines[0].starts_with("a.yaml:6: "), "{lines:?}");
    assert!(lines[0].ends_with("(unknown-field)"), "{lines:?}");
    assert!(lines[1].starts_with("a.yaml:9: "), "{lines:?}");
    assert_eq!(lines[2], "fixed 2 findings; left: nothing found in 2 files");
}

#[cfg(unix)]
#[test]
fn a_file_stays_what_it_is_otherwise() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let files = ["a.yaml", "link/real.yaml", "hard.yaml", "locked.yaml"];
    let folder = Folder::new("stays", &files.map(|name| (name, FAULTY.as_bytes())));
    let at = |name: &str| folder.path().join(name);
    let mode = |name: &str, mode: u32| {
        fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("a.yaml", 0o750);
    mode("locked.yaml", 0o444);
    symlink("real.yaml", at("link/b.yaml")).unwrap();
    fs::hard_link(at("hard.yaml"), at("other.txt")).unwrap();
    check_code(&folder.podls(&["fix", "a.yaml", "link/b.yaml", "link/real.yaml"]), 0);
    for name in ["a.yaml", "link/real.yaml"] {
        assert_eq!(fs::read_to_string(at(name)).unwrap(), FIXED, "{name}");
    }
    assert_eq!(fs::metadata(at("a.yaml")).unwrap().permissions().mode() & 0o777, 0o750);
    assert!(fs::symlink_metadata(at("link/b.yaml")).unwrap().is_symlink());
    let output = folder.podls(&["fix", "locked.yaml"]);
    check_code(&output, 2);
    assert_eq!(stderr(&output), "podls: locked.yaml: not changed: it is read-only\n");
    assert_eq!(fs::read_to_string(at("locked.yaml")).unwrap(), FAULTY);
    // Two names cannot be given a new file in one step.
    let output = folder.podls(&["fix", "hard.yaml"]);
    check_code(&output, 2);
    assert!(stderr(&output).starts_with("podls: hard.yaml: not changed: it is a hard link"));
    assert_eq!(fs::read_to_string(at("other.txt")).unwrap(), FAULTY);
    let names = fs::read_dir(folder.path()).unwrap().flatten();
    assert!(names.map(|it| it.file_name()).all(|it| !it.to_string_lossy().contains("podls-")));
}

#[test]
fn a_diff_writes_nothing() {
    let folder = Folder::new("diff", &[("a.yaml", FAULTY.as_bytes())]);
    let output = folder.podls(&["fix", "--diff", "a.yaml"]);
    check_code(&output, 0);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), FAULTY);
    let diff = stdout(&output);
    assert!(diff.starts_with("--- a/a.yaml\n+++ b/a.yaml\n@@ "), "{diff}");
    let changed = |sign: char| diff.lines().skip(2).filter(|it| it.starts_with(sign)).count();
    assert_eq!((changed('-'), changed('+')), (2, 2), "{diff}");
    assert!(stderr(&output).contains("would fix 2 findings"), "{}", stderr(&output));
}

#[test]
fn what_is_left_is_told() {
    let folder = Folder::new("left", &[("a.yaml", LEFT.as_bytes())]);
    let output = folder.podls(&["fix", "a.yaml"]);
    check_code(&output, 1);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), LEFT);
    assert!(stdout(&output).contains("error[volume-not-found]"), "{}", stdout(&output));
    assert!(stdout(&output).ends_with("fixed 0 findings; left: 1 error in 1 of 1 file\n"));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let mut command = Command::new(PODLS);
    command.args(["fix", "-"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(FAULTY.replace('\n', "\r\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    check_code(&output, 0);
    assert_eq!(stdout(&output), FIXED.replace('\n', "\r\n"));
    assert!(stderr(&output).contains("<stdin>:6: "), "{}", stderr(&output));
}

#[test]
fn a_file_that_cannot_be_read_stays() {
    let folder = Folder::new("fix-unread", &[("a.yaml", b"\xff\xfa")]);
    check_code(&folder.podls(&["fix", "a.yaml"]), 2);
    assert_eq!(fs::read(folder.path().join("a.yaml")).unwrap(), b"\xff\xfa");
}

/// A manifest as some web pages give it to the clipboard.
const FLAT: &str = "apiVersion: v1
kind: Pod
metadata:
name: web
spec:
containers:
- name: app
image: nginx:1.27
ports:
- containerPort: 80
- name: log-agent
image: fluent/fluent-bit:5.1.1
";

const INDENTED: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: app
    image: nginx:1.27
    ports:
    - containerPort: 80
  - name: log-agent
    image: fluent/fluent-bit:5.1.1
";

#[test]
fn lost_indentation_is_repaired() {
    let two = format!("{FLAT}---\n{INDENTED}---\r\n{}", FLAT.replace('\n', "\r\n"));
    let repaired = format!("{INDENTED}---\n{INDENTED}---\r\n{}", INDENTED.replace('\n', "\r\n"));
    let files = [("a.yaml", two.as_bytes()), ("b.yaml", INDENTED.as_bytes())];
    let folder = Folder::new("indent", &files);
    let output = folder.podls(&["fix", "--indent", "--diff", "a.yaml"]);
    check_code(&output, 0);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), two);
    assert!(stdout(&output).contains("\n-name: web\n+  name: web\n"), "{}", stdout(&output));
    let output = folder.podls(&["fix", "--indent", "."]);
    check_code(&output, 0);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), repaired);
    assert_eq!(
        stdout(&output),
        "a.yaml:1: the indentation is repaired\n\
         a.yaml:26: the indentation is repaired\n\
         repaired 2 documents\n"
    );
    let output = folder.podls(&["fix", "--indent", "."]);
    check_code(&output, 0);
    assert_eq!(stdout(&output), "nothing to repair\n");
}

#[test]
fn what_can_be_read_in_two_ways_is_left() {
    let text = format!("{FLAT}securityContext:\nrunAsUser: 1000\n");
    let folder = Folder::new("indent-two", &[("a.yaml", text.as_bytes())]);
    let output = folder.podls(&["fix", "--indent", "a.yaml"]);
    check_code(&output, 1);
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), text);
    let told = stdout(&output);
    assert!(
        told.starts_with("a.yaml:13: two readings are possible: `securityContext` in "),
        "{told}"
    );
    assert!(told.ends_with("repaired 0 documents; left as they are: 1\n"), "{told}");
}
