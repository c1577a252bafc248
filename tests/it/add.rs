//! Adding containers as users do: `podls add`, `podls/patterns`, code actions, templates of their own.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::cli::{Folder, check_code, stderr, stdout};
use crate::client::{Editor, PODLS};

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
  - name: app
    image: redis:8 # the cache
";

const TEMPLATE: &str = "title: Our helper
about: Helps.
pattern: sidecar
fits: {images: [redis]}
image: registry.example.com/helper:${tag:1.0}
args: [\"--port=${port}\"]
ports:
- {name: helper, port: 7000}
requests: {cpu: 10m, memory: 16Mi}
";

fn read(folder: &Folder, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).unwrap()
}

// The command line.

#[test]
fn a_container_is_added_once() {
    let folder = Folder::new("add", &[("pod.yaml", POD.as_bytes())]);
    let output = folder.podls(&["add", "adapter", "pod.yaml"]);
    check_code(&output, 0);
    assert_eq!(stdout(&output), "");
    let expected = "pod.yaml: added `redis-exporter` to Pod cache: Redis metrics exporter\n";
    assert_eq!(stderr(&output), expected);
    let text = read(&folder, "pod.yaml");
    assert!(text.ends_with("  containers:\n  - name: app\n    image: redis:8 # the cache\n"));
    assert!(text.contains("    restartPolicy: Always\n"));
    check_code(&folder.podls(&["check", "pod.yaml"]), 0);

    let output = folder.podls(&["add", "adapter", "--template", "redis-exporter", "pod.yaml"]);
    check_code(&output, 0);
    assert_eq!(stderr(&output), "pod.yaml: Pod cache already has `redis-exporter`\n");
    assert_eq!(read(&folder, "pod.yaml"), text);
}

#[test]
fn what_is_in_the_place_of_a_list_stays() {
    for (wrong, pattern) in
        [("  volumes: {data: {emptyDir: {}}}\n", "sidecar"), ("    env: {A: b}\n", "ambassador")]
    {
        let text = format!("{POD}{wrong}");
        let folder = Folder::new("add-wrong", &[("pod.yaml", text.as_bytes())]);
        for template in stdout(&folder.podls(&["add", pattern, "--list", "pod.yaml"])).lines() {
            let name = template.split_whitespace().nth(1).unwrap_or_default();
            folder.podls(&["add", pattern, "--template", name, "pod.yaml"]);
            let after = read(&folder, "pod.yaml");
            assert!(after.contains(wrong.trim()), "{name}: {after}");
        }
    }
}

#[test]
fn a_diff_changes_nothing() {
    let folder = Folder::new("add-diff", &[("pod.yaml", POD.as_bytes())]);
    let arguments = ["add", "sidecar", "--template", "git-sync", "pod.yaml", "--diff"];
    let output = folder.podls(&arguments);
    check_code(&output, 0);
    assert_eq!(read(&folder, "pod.yaml"), POD);
    assert!(stdout(&output).starts_with("--- a/pod.yaml\n+++ b/pod.yaml\n"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("\n-"), "{}", stdout(&output));
    let fill = "pod.yaml:11: fill in `https://example.com/org/repository.git`\n";
    assert!(stderr(&output).contains(fill), "{}", stderr(&output));
    assert!(stderr(&output).ends_with("pod.yaml:12: fill in `main`\n"), "{}", stderr(&output));
}

#[test]
fn standard_input_comes_back() {
    let mut command = Command::new(PODLS);
    command.args(["add", "init-container", "--template", "git-clone", "-"]);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(POD.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    check_code(&output, 0);
    assert!(stdout(&output).contains("    - --one-time\n"));
    assert!(stdout(&output).ends_with("  volumes:\n  - name: content\n    emptyDir: {}\n  - name: git-clone-tmp\n    emptyDir: {}\n"));
}

fn two_pods() -> String {
    format!("{POD}---\n{}", POD.replace("cache\n", "web\n").replace(": app", ": web"))
}

#[test]
fn what_is_meant_must_be_clear() {
    let two = two_pods();
    let safe = format!("# podls: pod-security baseline\n{POD}");
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: job\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: app\n        image: a:1\n";
    let files = [
        ("two.yaml", two.as_bytes()),
        ("job.yaml", job.as_bytes()),
        ("no.yaml", b"a: b\n"),
        ("safe.yaml", safe.as_bytes()),
    ];
    let folder = Folder::new("add-which", &files);
    for (arguments, message) in [
        (
            &["add", "sidecar", "two.yaml"][..],
            "more than one pod; choose one with `--object` or `--container`: Pod cache, Pod web",
        ),
        (
            &["add", "sidecar", "two.yaml", "--container", "x"],
            "no container matches `--object` and `--container`; it has `app` in Pod cache, `web` in Pod web",
        ),
        (&["add", "sidecar", "no.yaml"], "no pod found"),
        (&["add", "sidecar", "."], "expected one file"),
        (&["add", "sidecar", "gone.yaml"], "gone.yaml"),
        (&["add", "sidecar", "job.yaml", "--template", "git-synk"], "did you mean `git-sync`?"),
        (
            &["add", "sidecar", "job.yaml", "--template", "envoy"],
            "`envoy` belongs to `podls add ambassador`",
        ),
        (
            &["add", "sidecar", "job.yaml", "--kubernetes-version", "1.28"],
            "no sidecar left to add to Job job",
        ),
        (
            &[
                "add",
                "sidecar",
                "job.yaml",
                "--kubernetes-version",
                "1.28",
                "--template",
                "git-sync",
            ],
            "cannot be added to Job job",
        ),
        (
            &["add", "init-container", "safe.yaml", "--template", "sysctl"],
            "safe.yaml: the Pod Security level forbids `sysctl` in Pod cache",
        ),
        (&["add"], "required"),
        (&["add", "sidecar"], "required"),
        (
            &["add", "friend", "two.yaml"],
            "unknown pattern `friend`; expected one of sidecar, adapter, ",
        ),
    ] {
        let output = folder.podls(arguments);
        check_code(&output, 2);
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(read(&folder, "two.yaml"), two);
}

#[test]
fn a_template_says_why() {
    let block = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  {{- toYaml .Values.all | nindent 2 }}\n";
    let chart = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: a\n    image: a:1\n{{ include \"volumes\" . | nindent 2 }}\n";
    let files = [("block.yaml", block.as_bytes()), ("chart.yaml", chart.as_bytes())];
    let folder = Folder::new("add-why", &files);
    for (file, message) in [
        ("block.yaml", "no pod found; its containers may come from blocks of the template"),
        (
            "chart.yaml",
            "`fluent-bit` cannot be added to Pod web: an action of the template may print the same key",
        ),
    ] {
        let output = folder.podls(&["add", "sidecar", file, "--template", "fluent-bit"]);
        check_code(&output, 2);
        assert!(stderr(&output).contains(message), "{file}: {}", stderr(&output));
    }
}

#[test]
fn one_pod_of_several_can_be_chosen() {
    let two = two_pods();
    let folder = Folder::new("add-one", &[("two.yaml", two.as_bytes())]);
    check_code(&folder.podls(&["add", "sidecar", "two.yaml", "--object", "pod/cache"]), 0);
    check_code(&folder.podls(&["add", "proxy", "two.yaml", "--container", "web"]), 0);
    let text = read(&folder, "two.yaml");
    let (first, second) = text.split_once("---\n").unwrap();
    assert!(first.contains("fluent-bit") && !first.contains("oauth2-proxy"));
    assert!(second.contains("oauth2-proxy") && !second.contains("fluent-bit"));
}

#[test]
fn templates_are_listed() {
    let folder = Folder::new("add-list", &[("pod.yaml", POD.as_bytes())]);
    let output = folder.podls(&["add", "--list"]);
    check_code(&output, 0);
    assert!(stdout(&output).lines().count() >= 28, "{}", stdout(&output));
    let output = folder.podls(&["add", "adapter", "pod.yaml", "--list"]);
    check_code(&output, 0);
    let first = stdout(&output).lines().next().unwrap();
    assert!(first.starts_with("* adapter         redis-exporter "), "{first}");
    assert!(stdout(&output).lines().skip(1).all(|line| line.starts_with("  adapter  ")));
}

#[test]
fn templates_of_users_are_found_above() {
    let bad = TEMPLATE.replace("${port}", "${prot}");
    let files = [
        ("a/b/pod.yaml", POD.as_bytes()),
        (".podls/templates/helper.yaml", TEMPLATE.as_bytes()),
        (".podls/templates/bad.yaml", bad.as_bytes()),
        (".podls/templates/notes.txt", b"no template"),
    ];
    let folder = Folder::new("add-own", &files);
    let output = folder.podls(&["add", "sidecar", "a/b/pod.yaml"]);
    check_code(&output, 0);
    let (stderr_text, text) = (stderr(&output).to_owned(), read(&folder, "a/b/pod.yaml"));
    assert!(
        stderr_text.contains("bad.yaml:6: unknown placeholder `${prot}`; did you mean `${port}`?"),
        "{stderr_text}"
    );
    assert!(
        stderr_text
            .ends_with("added `helper` to Pod cache: Our helper\na/b/pod.yaml:8: fill in `1.0`\n")
            || cfg!(windows),
        "{stderr_text}"
    );
    assert!(text.contains("image: registry.example.com/helper:1.0\n"), "{text}");
    assert!(text.contains("- --port=7000\n"), "{text}");
    let output = folder.podls(&["add", "--list", "sidecar"]);
    check_code(&output, 2);
    assert!(stdout(&output).contains("sidecar         helper "), "{}", stdout(&output));
    let output = folder.podls(&["check", ".podls/templates/bad.yaml"]);
    check_code(&output, 1);
    assert!(stdout(&output).contains("error[template]"), "{}", stdout(&output));
    check_code(&folder.podls(&["check", ".podls/templates/helper.yaml"]), 0);
}

// The editor.

const URI: &str = "file:///manifests/pod.yaml";

fn patterns(editor: &mut Editor, uri: &str, line: u32) -> Vec<Value> {
    editor.at("podls/patterns", uri, line, 2).as_array().unwrap().clone()
}

fn of<'a>(patterns: &'a [Value], name: &str) -> &'a Value {
    patterns.iter().find(|it| it["name"] == name).unwrap()
}

#[test]
fn an_editor_gets_all_patterns() {
    for (editor, versioned) in [(Editor::modern(), true), (Editor::plain(), false)] {
        let mut editor = editor;
        editor.open(URI, &format!("{POD}---\nkind: Other\n"));
        for line in [0, 3, 6] {
            let found = patterns(&mut editor, URI, line);
            assert!(found.len() >= 28);
            let first = &found[0];
            assert_eq!(first["name"], "redis-exporter");
            assert_eq!(first["pattern"], "adapter");
            assert_eq!(first["title"], "Redis metrics exporter");
            assert_eq!(first["fits"], true);
            assert!(first["about"].as_str().unwrap().len() > 10);
            assert_eq!(first.as_object().unwrap().len(), 6, "{first}");
            let kinds: Vec<_> = found.iter().map(|it| it["pattern"].as_str().unwrap()).collect();
            for kind in ["sidecar", "adapter", "ambassador", "proxy", "init-container"] {
                assert!(kinds.contains(&kind), "{kind}");
            }
            let edits = match versioned {
                true => &of(&found, "git-sync")["edit"]["documentChanges"][0]["edits"],
                false => &of(&found, "git-sync")["edit"]["changes"][URI],
            };
            let text = edits[0]["newText"].as_str().unwrap();
            assert!(text.contains("--repo=https://example.com/org/repository.git\n"), "{text}");
            assert_eq!(edits[0].get("insertTextFormat"), None);
        }
        // A comment above the manifest belongs to it.
        editor.open("file:///commented.yaml", &format!("# Our cache.\n\n{POD}"));
        assert!(patterns(&mut editor, "file:///commented.yaml", 0).len() >= 28);
        // Where there is no pod there is nothing to add.
        assert_eq!(patterns(&mut editor, URI, 9), [] as [Value; 0]);
        assert_eq!(patterns(&mut editor, "file:///other.yaml", 0), [] as [Value; 0]);
    }
}

#[test]
fn services_of_open_documents_can_be_waited_for() {
    let mut editor = Editor::modern();
    editor.open(URI, POD);
    assert_eq!(of(&patterns(&mut editor, URI, 0), "wait-for-service")["fits"], false);
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: users, namespace: team}\nspec: {ports: [{port: 81}]}\n";
    editor.open("file:///manifests/service.yaml", service);
    let found = patterns(&mut editor, URI, 0);
    let wait = of(&found, "wait-for-service");
    assert_eq!((&wait["fits"], &wait["title"]), (&json!(true), &json!("wait for users.team")));
    assert!(wait["edit"].to_string().contains("nc -z -w 2 users.team 81"), "{wait}");
}

#[test]
fn templates_of_users_are_in_the_editor() {
    let files =
        [("pod.yaml", POD.as_bytes()), (".podls/templates/helper.yaml", TEMPLATE.as_bytes())];
    let folder = Folder::new("add-editor", &files);
    let uri = |file: &str| format!("file://{}", folder.path().join(file).display());
    let (pod, template) = (uri("pod.yaml"), uri(".podls/templates/helper.yaml"));
    let mut editor = Editor::modern();
    editor.open(&pod, POD);
    let found = patterns(&mut editor, &pod, 0);
    assert_eq!(found[0]["name"], "helper");
    assert_eq!(found[0]["fits"], true);

    editor.open(&template, TEMPLATE);
    assert_eq!(editor.diagnostics(&template, 1), [] as [Value; 0]);
    let bad = TEMPLATE.replace("requests: {cpu", "requests: {cpus");
    editor.change(&template, 2, json!([{"text": bad}]));
    let diagnostics = editor.diagnostics(&template, 2);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0]["range"]["start"]["line"], 8);
    assert_eq!(diagnostics[0]["code"], "template");

    fs::write(folder.path().join(".podls/templates/helper.yaml"), bad).unwrap();
    let saved = json!({"textDocument": {"uri": template}});
    editor.notify("textDocument/didSave", saved);
    assert!(patterns(&mut editor, &pod, 0).iter().all(|it| it["name"] != "helper"));
    let log = editor.sent("window/logMessage")["params"]["message"].clone();
    assert!(log.as_str().unwrap().contains("helper.yaml:9: "), "{log}");
}
