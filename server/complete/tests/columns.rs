//! Lines on which something may be written, and the columns of what is.

use expect_test::expect;

use super::{CONTAINER, POD, accepted, check, items, taken};

#[test]
fn a_key_takes_the_lines_below_it() {
    let pod = accepted(&format!("{POD}  con$0\n    - name: app\n      image: a\n"), "containers");
    assert_eq!(pod, format!("{POD}  containers:\n    - name: app\n      image: a\n"));
    check(
        &format!("{CONTAINER}    liv$0\n      httpGet: {{port: 80}}\n"),
        expect!["readinessProbe livenessProbe startupProbe"],
    );
}

fn labels(fixture: &str) -> Vec<String> {
    items(fixture).1.into_iter().map(|item| item.label).collect()
}

#[test]
fn between_a_key_and_its_block_only_the_block_goes_on() {
    let list = "  - name: web\n    image: a\n";
    for column in ["", "  ", "    ", "      "] {
        let fixture = format!("{POD}  containers:\n{column}$0\n{list}");
        assert!(labels(&fixture).iter().all(|it| it.starts_with("- ") || it.contains("container")));
        let expected = format!("{POD}  containers:\n  - name: app\n    image: image\n{list}");
        assert_eq!(taken(&fixture, "container"), expected);
        let typed = fixture.replace("$0", "cont$0");
        assert_eq!(taken(&typed, "container"), expected);
    }
    let fixture = format!("{POD}  containers:\n{list}  $0\n  - name: b\n");
    assert!(labels(&fixture).contains(&"container".to_owned()));
    assert!(!labels(&fixture).contains(&"initContainers".to_owned()));
    let fixture = format!("{CONTAINER}    resources:\n    $0\n      limits: {{cpu: 1}}\n");
    assert!(labels(&fixture).iter().all(|it| ["requests", "claims"].contains(&it.as_str())));
    assert!(taken(&fixture, "requests").contains("\n      requests:\n        \n      limits"));
}

#[test]
fn behind_a_list_both_go_on() {
    let fixture = format!("{CONTAINER}  $0\n");
    let labels = labels(&fixture);
    let at = |label: &str| labels.iter().position(|it| it == label).unwrap();
    assert!(at("volumes") < at("container"));
    assert!(
        taken(&fixture, "container").ends_with("- name: app\n  - name: app-2\n    image: image\n")
    );
}

#[test]
fn in_a_column_of_nothing_nothing_is_offered() {
    for fixture in [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n $0\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n     $0\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  restartPolicy: Never\n $0\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: w\n   $0\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: w\n    args: [\"a\"]\n   $0\n    image: x\n",
        "apiVersion: v1\n  $0\nkind: Pod\n",
    ] {
        assert_eq!(labels(fixture), [""; 0], "{fixture}");
    }
}

#[test]
fn a_dash_wants_a_blank() {
    let fixture = format!("{POD}  containers:\n  -$0\n");
    assert_eq!(
        taken(&fixture, "container"),
        format!("{POD}  containers:\n  - name: app\n    image: image\n")
    );
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n";
    assert!(taken(&format!("{claim}  -$0\n"), "ReadWriteOnce").ends_with("  - ReadWriteOnce\n"));
    assert!(taken(&format!("{claim}  $0\n"), "ReadWriteOnce").ends_with("  - ReadWriteOnce\n"));
    let fixture = format!("{POD}  containers: [{{imagePullPolicy:$0}}]\n");
    assert!(taken(&fixture, "Always").ends_with("[{imagePullPolicy: Always}]\n"));
}

#[test]
fn lines_without_their_key_get_it_back() {
    for (fixture, label, key) in [
        ("  cont$0\n  - name: a\n    image: a\n", "containers", "containers:"),
        ("  $0\n  - name: a\n    emptyDir: {}\n", "volumes", "volumes:"),
        ("  hostNetwork: true\n  $0\n    runAsUser: 1\n", "securityContext", "securityContext:"),
        ("  containers: []\n  $0\n    kubernetes.io/os: linux\n", "nodeSelector", "nodeSelector:"),
        (
            "  initContainers:\n  - name: a\n  $0\n  - name: b\n    image: b\n",
            "containers",
            "containers:",
        ),
        ("  containers:\n  - $0\n    - name: A\n      value: b\n    image: a\n", "env", "env:"),
        (
            "  containers:\n  - name: a\n    livenessProbe:\n      httpGet: {port: 80}\n    $0\n      exec: {command: [a]}\n",
            "readinessProbe",
            "readinessProbe:",
        ),
    ] {
        let fixture = format!("{POD}{fixture}");
        let typed = fixture.split_once("$0").unwrap().0.rsplit(' ').next().unwrap();
        assert_eq!(taken(&fixture, label), fixture.replace(&format!("{typed}$0"), key));
        assert!(!labels(&fixture).contains(&"dnsPolicy".to_owned()));
    }
}

#[test]
fn the_sign_between_documents_stays() {
    for sign in ["$0---", "-$0--", "---$0", "..$0."] {
        check(&format!("apiVersion: v1\nkind: Pod\n{sign}\napiVersion: v1\n"), expect![""]);
    }
}

#[test]
fn behind_the_end_of_a_document_nothing_is_read() {
    let pod = "apiVersion: v1\nkind: Pod\nspec:\n  $0\n";
    for head in ["a: 1\n...\n", "...\n", "---\n... # end\n"] {
        check(&format!("{head}{pod}"), expect![""]);
    }
}

#[test]
fn columns_that_belong_to_nothing_offer_nothing() {
    for head in ["", "\u{feff}"] {
        for column in 1..5 {
            let cursor = format!("{}$0", " ".repeat(column));
            check(&format!("{head}# c\n{cursor}\n# d\nkind: Pod\napiVersion: v1\n"), expect![""]);
            check(&format!("{head}kind: Pod\n{cursor}\napiVersion: v1\n"), expect![""]);
        }
    }
    let flow = "    livenessProbe:\n      httpGet: {path: /x,\n        port: 80}\n        $0\n      periodSeconds: 5\n";
    check(&format!("{CONTAINER}{flow}"), expect![""]);
    let flow = "    resources:\n      limits: {cpu: 1,\n        memory: 2}\n        $0\n";
    check(&format!("{CONTAINER}{flow}"), expect![""]);
}

/// The text without the line stays what it is, or nothing is offered.
#[test]
fn a_dash_in_a_column_of_no_list_is_left_alone() {
    let list = "spec:\n  containers:\n";
    for line in ["    -$0", "    - $0", "    - na$0", "   -$0", "   - na$0", " - $0"] {
        check(&format!("apiVersion: v1\nkind: Pod\n{list}{line}\n  - name: a\n"), expect![""]);
    }
    let args = "  - name: a\n    args:\n  -$0\n    - x\n";
    check(&format!("apiVersion: v1\nkind: Pod\n{list}{args}"), expect![""]);
    assert!(!labels(&format!("{POD}  containers:\n  -$0\n  - name: a\n")).is_empty());
}

#[test]
fn a_line_between_items_takes_none_of_them() {
    let args = |line: &str| {
        format!("{POD}  containers:\n  - name: a\n    args:\n    - x\n{line}\n    - y\n")
    };
    check(&args("  - $0"), expect![""]);
    check(&args("  - na$0"), expect![""]);
    check(&args("  - com$0"), expect!["command"]);
    let handler = "  - name: a\n    lifecycle:\n  - con$0\n      preStop: {sleep: {seconds: 5}}\n";
    check(&format!("{POD}  containers:\n{handler}"), expect![""]);
    let probe = "  - name: a\n    livenessProbe:\n      httpGet: {port: 80}\n  -$0\n      periodSeconds: 2\n";
    check(&format!("{POD}  containers:\n{probe}"), expect![""]);
    check(&format!("{POD}  restartPolicy: Always\n  restartPolicy: $0\n"), expect![""]);
}

#[test]
fn a_word_takes_no_block_that_has_its_key() {
    let pod = format!("{POD}  initContainers:\n  con$0\n  - name: a\n  containers: []\n");
    check(&pod, expect!["init container native sidecar - name"]);
    check(&format!("{POD}  ? $0\n"), expect![""]);
}
