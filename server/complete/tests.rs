//! What is offered where, and what an accepted item makes of the text.
use expect_test::{Expect, expect};

use super::{Item, complete};
use crate::testing::selection;
use crate::text::{Edit, apply};

fn items(fixture: &str) -> (String, Vec<Item>) {
    let (text, at) = selection(fixture);
    let mut items = complete(&text, at.start);
    items.sort_by(|a, b| a.sort.cmp(&b.sort));
    (text, items)
}

/// The first labels in the order in which an editor shows them.
#[track_caller]
fn check(fixture: &str, expect: Expect) {
    let (_, items) = items(fixture);
    let labels: Vec<_> = items.iter().take(5).map(|item| item.label.as_str()).collect();
    expect.assert_eq(&labels.join(" "));
}

/// The text after accepting `label`, as an editor without snippets' placeholders shows it.
#[track_caller]
fn check_insert(fixture: &str, label: &str, expect: Expect) {
    let (text, items) = items(fixture);
    let item = items.iter().find(|it| it.label == label).unwrap_or_else(|| panic!("no {label}"));
    let head = &text[..item.replace.start];
    let line = &head[head.rfind('\n').map_or(0, |at| at + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let insert = item.insert.replace('\n', &format!("\n{indent}"));
    expect.assert_eq(&apply(&text, &[Edit::replace(item.replace, insert)]));
}
const POD: &str = "apiVersion: v1\nkind: Pod\nspec:\n";

#[test]
fn fields_of_the_type_at_the_cursor() {
    check(
        &format!("{POD}  containers:\n  - name: app\n    $0\n"),
        expect!["image command args ports env"],
    );
    check(
        &format!("{POD}  initContainers:\n  - name: a\n    re$0\n"),
        expect!["image command args ports env"],
    );
    check(
        &format!("{POD}  containers:\n  - name: app\n    livenessProbe:\n      $0\n"),
        expect!["httpGet probe tcpSocket probe exec probe grpc probe exec"],
    );
    check(
        &format!("{POD}  $0\n"),
        expect!["containers initContainers volumes activeDeadlineSeconds affinity"],
    );
    check("apiVersion: v1\nkind: Pod\n$0", expect!["metadata spec status"]);
    // What a kind of somebody else has in its spec is not known, unless it is a pod's.
    check("apiVersion: example.com/v1\nkind: Shop\nspec:\n  $0\n", expect![""]);
    check(
        "apiVersion: example.com/v1\nkind: Shop\nspec:\n  containers: []\n  $0\n",
        expect![
            "initContainers volumes activeDeadlineSeconds affinity automountServiceAccountToken"
        ],
    );
}

#[test]
fn values_and_names() {
    check(
        &format!("{POD}  containers:\n  - imagePullPolicy: $0\n"),
        expect!["Always IfNotPresent Never"],
    );
    check(&format!("{POD}  hostNetwork: $0\n"), expect!["false true"]);
    check(
        &format!(
            "{POD}  containers:\n  - volumeMounts:\n    - name: $0\n  volumes:\n  - name: data\n    emptyDir: {{}}\n"
        ),
        expect!["data"],
    );
    check(
        &format!(
            "{POD}  containers:\n  - ports:\n    - name: web\n      containerPort: 80\n    livenessProbe:\n      httpGet:\n        port: $0\n"
        ),
        expect!["80 web"],
    );
    check(
        &format!("{POD}  containers:\n  - resources:\n      limits:\n        $0\n"),
        expect!["cpu ephemeral-storage hugepages-2Mi memory nvidia.com/gpu"],
    );
    check(
        "apiVersion: apps/v1\nkind: $0\n",
        expect!["DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision"],
    );
    check("$0", expect!["Pod Pod with a sidecar Deployment StatefulSet DaemonSet"]);
    check("apiVersion: $0\nkind: Deployment\n", expect!["apps/v1"]);
    check(
        &format!(
            "{POD}  resourceClaims:\n  - name: gpu\n  containers:\n  - resources:\n      claims:\n      - name: $0\n"
        ),
        expect!["gpu"],
    );
    check(&format!("{POD}  resourceClaims:\n  - name: gpu\n  - name: $0\n"), expect![""]);
}

#[test]
fn an_accepted_item_stands_where_it_should() {
    check_insert(
        &format!("{POD}  containers:\n  - $0\n"),
        "container",
        expect![[r#"
        apiVersion: v1
        kind: Pod
        spec:
          containers:
          - name: ${1:app}
            image: ${2:image}
    "#]],
    );
    check_insert(
        &format!("{POD}  containers:\n  $0\n"),
        "container",
        expect![[r#"
        apiVersion: v1
        kind: Pod
        spec:
          containers:
          - name: ${1:app}
            image: ${2:image}
    "#]],
    );
    check_insert(
        &format!("{POD}  containers:\n    - name: a\n      vol$0\n"),
        "volumeMounts",
        expect![[r#"
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - name: a
                  volumeMounts:
                    - $0
        "#]],
    );
}

#[test]
fn an_accepted_item_keeps_the_style() {
    check_insert(
        &format!("{POD}  containers:\n  - name: a\n    $0\n"),
        "ports",
        expect![[r#"
        apiVersion: v1
        kind: Pod
        spec:
          containers:
          - name: a
            ports:
            - $0
    "#]],
    );
    check_insert(
        &format!("{POD}  containers: [{{name: a, $0}}]\n"),
        "ports",
        expect![[r#"
        apiVersion: v1
        kind: Pod
        spec:
          containers: [{name: a, ports: [$0]}]
    "#]],
    );
    check_insert(
        &format!("{POD}  initContainers:\n  - $0\n  - name: b\n"),
        "native sidecar",
        expect![[r#"
            apiVersion: v1
            kind: Pod
            spec:
              initContainers:
              - name: ${1:sidecar}
                image: ${2:image}
                restartPolicy: Always
              - name: b
        "#]],
    );
}
