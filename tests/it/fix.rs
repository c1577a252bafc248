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
    assert!(stderr(&output).starts_with("podls: hard.yaml: not changed: it has other hard links"));
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
        "a.yaml:1: repaired the indentation\n\
         a.yaml:26: repaired the indentation\n\
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
        told.starts_with("a.yaml:13: two results are possible: `securityContext` in "),
        "{told}"
    );
    assert!(told.ends_with("repaired 0 documents; not changed: 1\n"), "{told}");
}

/// A Pod with `lines` in its spec and in its only container.
fn pod(spec: &str, container: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n{spec}  containers:\n  - name: app\n    image: nginx:1.27\n{container}"
    )
}

/// What `fix` with these arguments makes of a file.
#[track_caller]
fn fixed(name: &str, text: &str, args: &[&str]) -> String {
    let folder = Folder::new(name, &[("a.yaml", text.as_bytes())]);
    folder.podls(&[&["fix", "a.yaml"], args].concat());
    fs::read_to_string(folder.path().join("a.yaml")).unwrap()
}

#[test]
fn what_is_suggested_is_done_when_asked_for() {
    for (name, text, suggested) in [
        // Taking away what somebody wrote.
        (
            "host-ip",
            pod("", "    ports:\n    - containerPort: 80\n      hostIP: 10.0.0.1\n"),
            pod("", "    ports:\n    - containerPort: 80\n"),
        ),
        // A value that is there is filled in, not given a second time.
        (
            "empty-dir",
            pod(
                "  volumes:\n  - name: a\n    emptyDir:\n",
                "    volumeMounts:\n    - {name: a, mountPath: /a}\n",
            ),
            pod(
                "  volumes:\n  - name: a\n    emptyDir: {}\n",
                "    volumeMounts:\n    - {name: a, mountPath: /a}\n",
            ),
        ),
        // The name of an object. What it is to be where a placeholder stands, nobody else can say.
        ("object", pod("", "").replace("name: web", "name: Web"), pod("", "")),
        (
            "placeholder",
            pod("", "").replace("name: web", "name: web-<env>"),
            pod("", "").replace("name: web", "name: web-<env>"),
        ),
        // One of two values.
        ("job", JOB.to_owned(), JOB.replace("Always", "Never")),
        // The name of a template goes with the map that held nothing else.
        (
            "template",
            JOB.replace("Always", "Never")
                .replace("    spec:\n", "    metadata:\n      name: a\n    spec:\n"),
            JOB.replace("Always", "Never"),
        ),
    ] {
        assert_eq!(fixed(name, &text, &[]), text, "{name}");
        assert_eq!(fixed(name, &text, &["--suggested"]), suggested, "{name}");
    }
}

const JOB: &str = "apiVersion: batch/v1
kind: Job
metadata:
  name: a
spec:
  template:
    spec:
      restartPolicy: Always
      containers:
      - name: a
        image: busybox:1.37
";

#[test]
fn a_slip_with_two_near_names_is_for_the_user() {
    let text = pod("  hostIPD: true\n", "");
    for args in [&[][..], &["--suggested"]] {
        assert_eq!(fixed("two-near", &text, args), text);
    }
    let folder = Folder::new("two-near-json", &[("a.yaml", text.as_bytes())]);
    let output = folder.podls(&["check", "--format", "json", "a.yaml"]);
    let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let fixes = |title: &str| serde_json::json!({"title": title, "safety": "suggested"});
    let expected = [fixes("Change to `hostIPC`"), fixes("Change to `hostPID`")];
    assert_eq!(found[0]["fixes"], serde_json::json!(expected));
}

#[test]
fn nothing_is_added_beside_a_slip() {
    for (name, slip, word) in [
        ("selector", "selectors", "selector"),
        ("labels", "matchLabel", "matchLabels"),
        ("policy", "restartPolicxy", "restartPolicy"),
        ("template", "tempalte", "template"),
        ("secret", "names", "name"),
        ("limits", "limit", "limits"),
    ] {
        let good = match name {
            "policy" => JOB.replace("Always", "OnFailure"),
            "secret" => pod("  imagePullSecrets:\n  - name: regcred\n", ""),
            "limits" => pod(
                "",
                "    resources:\n      requests:\n        example.com/gpu: 1\n      limits:\n        example.com/gpu: 1\n",
            ),
            _ => DEPLOYMENT.to_owned(),
        };
        let at = good.rfind(&format!(" {word}:")).unwrap() + 1;
        let bad = format!("{}{slip}{}", &good[..at], &good[at + word.len()..]);
        for args in [&[][..], &["--suggested"]] {
            assert_eq!(fixed("beside", &bad, args), good, "{slip}");
        }
    }
    let json = r#"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": {"template": {"spec": {"restartPolicxy": "OnFailure", "containers": [{"name": "a", "image": "busybox:1.37"}]}}}}
"#;
    assert_eq!(fixed("beside-json", json, &[]), json.replace("Policxy", "Policy"));
}

const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
        version: v7
    spec:
      containers:
      - name: web
        image: nginx:1.29
";

#[test]
fn a_new_name_goes_to_all_places_of_the_file() {
    let scaler = "---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: scaler
spec:
  maxReplicas: 3
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: Web_App
";
    let text = format!("{}{scaler}", DEPLOYMENT.replacen("name: web", "name: Web_App", 1));
    assert_eq!(fixed("scaler", &text, &[]), text);
    assert_eq!(fixed("scaler", &text, &["--suggested"]), text.replace("Web_App", "web-app"));
    let folder = Folder::new("scaler-title", &[("a.yaml", text.as_bytes())]);
    let output = folder.podls(&["fix", "--diff", "--suggested", "a.yaml"]);
    let title = "Change to `web-app` everywhere in this file; other files may use it too";
    assert!(stderr(&output).contains(title), "{}", stderr(&output));
}

#[test]
fn a_container_gets_its_name_wherever_it_is_named() {
    let text = JOB.replace("Always", "Never").replace("- name: a", "- name: App").replace(
        "spec:\n  template:\n",
        "spec:
  podFailurePolicy:
    rules:
    - action: FailJob
      onExitCodes: {containerName: App, operator: In, values: [1]}
  template:
    metadata:
      annotations:
        kubectl.kubernetes.io/default-container: App
",
    );
    let fixed = fixed("container", &text, &["--suggested"]);
    assert_eq!(fixed, text.replace("App", "app"));
}

#[test]
fn what_comes_to_light_below_a_key_does_not_keep_it_wrong() {
    let mounts =
        |key: &str| pod("", &format!("    {key}:\n    - name: data\n      mountPath: /a\n"));
    assert_eq!(fixed("below", &mounts("volumeMount"), &[]), mounts("volumeMounts"));
}

#[test]
fn of_two_things_with_one_name_the_second_gets_another() {
    let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n";
    let first = "  - name: a\n    image: x:1\n    ports:\n    - {name: p, containerPort: 1}\n";
    for (bad, good) in [
        ("  - name: a\n    image: z:1\n", "  - name: a-2\n    image: z:1\n"),
        ("    - {name: p, containerPort: 2}\n", "    - {name: p-2, containerPort: 2}\n"),
    ] {
        let file = format!("{head}{first}{bad}");
        let folder = Folder::new("double", &[("a.yaml", file.as_bytes())]);
        for _ in 0..2 {
            folder.podls(&["fix", "--suggested", "a.yaml"]);
            assert_eq!(text_of(&folder), format!("{head}{first}{good}"));
        }
    }
}

/// However much stands below it.
#[test]
fn a_misspelt_key_comes_back_over_a_long_block() {
    let containers: String =
        (0..500).map(|at| format!("  - name: c{at}\n    image: a:{at}\n")).collect();
    let file = |key: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: w\n{key}:\n  containers:\n{containers}"
        )
    };
    let folder = Folder::new("long-block", &[("a.yaml", file("specc").as_bytes())]);
    folder.podls(&["fix", "a.yaml"]);
    assert_eq!(text_of(&folder), file("spec"));
}

#[test]
fn a_container_that_others_may_name_keeps_its_name() {
    let file = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: App_One\n    image: x:1\n";
    let folder = Folder::new("container-name", &[("a.yaml", file.as_bytes())]);
    check_code(&folder.podls(&["fix", "a.yaml"]), 1);
    assert_eq!(text_of(&folder), file);
    check_code(&folder.podls(&["fix", "--suggested", "a.yaml"]), 0);
    assert_eq!(text_of(&folder), file.replace("App_One", "app-one"));
}

fn text_of(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join("a.yaml")).unwrap()
}

/// An alias has no name of its own, and what changes the name of both fixes nothing.
#[test]
fn a_container_that_stands_there_twice_keeps_its_name() {
    let text = pod("", "").replace("  - name: app", "  - &app\n    name: app") + "  - *app\n";
    assert_eq!(fixed("twice", &text, &["--suggested"]), text);
}

/// What is left for lack of time is said, and done by the next runs.
#[test]
fn more_fixes_than_can_be_tried_are_done_in_several_runs() {
    let file = |values: &str| {
        let rule = format!("action: Ignore, onExitCodes: {{operator: In, values: [{values}]}}");
        let policy = format!("  podFailurePolicy:\n    rules:\n    - {{{rule}}}\n  template:");
        JOB.replace("Always", "Never").replace("  template:", &policy)
    };
    let folder = Folder::new("runs", &[("a.yaml", file(&vec!["1"; 2_000].join(", ")).as_bytes())]);
    let mut runs = 1;
    while stdout(&folder.podls(&["fix", "a.yaml"])).contains("; run `podls fix` again for more") {
        runs += 1;
    }
    assert!((2..9).contains(&runs), "{runs}");
    assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), file("1"));
}
