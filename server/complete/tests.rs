//! What is offered where, and what an accepted item makes of the text.
use expect_test::{Expect, expect};

use super::{Item, complete};
use crate::pod::names;
use crate::schema::Version;
use crate::syntax::parse;
use crate::testing::selection;
use crate::text::{Edit, apply};

fn items(fixture: &str) -> (String, Vec<Item>) {
    let (text, at) = selection(fixture);
    let mut items = complete(&text, at.start, Version::NEWEST, &|| names(&parse(&text)));
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
        expect!["httpGet probe tcpSocket probe exec probe grpc probe httpGet"],
    );
    check(
        &format!("{POD}  $0\n"),
        expect!["containers initContainers volumes restartPolicy serviceAccountName"],
    );
    check("apiVersion: v1\nkind: Pod\n$0", expect!["metadata spec status"]);
    // What a kind of somebody else has in its spec is not known, unless it is a pod's.
    check("apiVersion: example.com/v1\nkind: Shop\nspec:\n  $0\n", expect![""]);
    check(
        "apiVersion: example.com/v1\nkind: Shop\nspec:\n  containers: []\n  $0\n",
        expect!["initContainers volumes restartPolicy serviceAccountName securityContext"],
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

/// The text after accepting an item, with what changes elsewhere.
#[track_caller]
fn accepted(fixture: &str, label: &str) -> String {
    let (text, items) = items(fixture);
    let item = items.iter().find(|it| it.label == label);
    let item = item.unwrap_or_else(|| panic!("no {label} in {fixture}"));
    let mut edits = item.also.clone();
    edits.push(Edit::replace(item.replace, item.insert.clone()));
    apply(&text, &edits)
}

#[test]
fn json_and_kyaml_stay_what_they_are() {
    for (before, label, after) in [
        ("{\"kind\": \"Pod\", \"spec\": {|}}", "containers", "\"spec\": {\"containers\": [|]}}"),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"|\"}}",
            "containers",
            "\"spec\": {\"containers\": [|]}}",
        ),
        ("{\"kind\": \"Pod\", \"spec\": {\"con|", "containers", "\"spec\": {\"containers\": [|]"),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"restartPolicy\": |}}",
            "Never",
            "\"restartPolicy\": \"Never\"}}",
        ),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"restartPolicy\": \"|\"}}",
            "Never",
            "\"restartPolicy\": \"Never\"}}",
        ),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"nodeName\": \"a\"\n|\n\"os\": {}}}",
            "hostname",
            "\"nodeName\": \"a\",\n\"hostname\": \"|\",\n\"os\": {}}}",
        ),
        ("{kind: \"Pod\", spec: {|\n os: {}}}", "hostname", "spec: {hostname: \"|\",\n os: {}}}"),
        ("{kind: \"Pod\", spec: {hostNetwork: |}}", "true", "{hostNetwork: true}}"),
        ("kind: Pod\nspec: {|}\n", "hostname", "kind: Pod\nspec: {hostname: |}\n"),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"containers\": [|]}}",
            "container",
            "[{\"name\": \"${1:app}\", \"image\": \"${2:image}\"}]}}",
        ),
        (
            "kind: Pod\nspec: {containers: [{ports: [|]}]}\n",
            "port",
            "[{name: ${1:http}, containerPort: ${2:8080}}]}]}\n",
        ),
    ] {
        let actual = accepted(&before.replace('|', "$0"), label).replace("$0", "|");
        assert!(actual.ends_with(after), "{before}: {actual}");
    }
}

#[test]
fn apiversion_and_kind_fill_each_other() {
    assert_eq!(accepted("kind: $0\n", "Job"), "apiVersion: batch/v1\nkind: Job\n");
    assert_eq!(accepted("kind: Job\n$0", "apiVersion"), "kind: Job\napiVersion: batch/v1");
    assert_eq!(
        accepted("apiVersion: apps/v1\nkind: $0\n", "Deployment"),
        "apiVersion: apps/v1\nkind: Deployment\n"
    );
    check(
        "apiVersion: $0",
        expect![
            "v1 apps/v1 batch/v1 admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1alpha1"
        ],
    );
    check("kind: Job\n$0", expect!["apiVersion metadata spec status"]);
}

const CONTAINER: &str = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: app\n";

#[test]
fn values_that_depend_on_their_place() {
    check(
        &format!("{CONTAINER}    resources: {{limits: {{cpu: $0}}}}\n"),
        expect!["100m 250m 500m 1 2"],
    );
    check(
        &format!("{CONTAINER}    resources:\n      limits:\n        memory: $0\n"),
        expect!["64Mi 128Mi 256Mi 512Mi 1Gi"],
    );
    check(&format!("{POD}  nodeSelector:\n    kubernetes.io/os: $0\n"), expect![""]);
    check(&format!("{CONTAINER}    imagePullPolicy:$0\n"), expect!["Always IfNotPresent Never"]);
    assert!(accepted(&format!("{POD}  hostNetwork:$0\n"), "true").ends_with("hostNetwork: true\n"));
    check(&format!("{CONTAINER}    image: nginx:$0\n"), expect![""]);
    check(
        &format!("{CONTAINER}    securityContext: {{capabilities: {{drop: [ALL, $0]}}}}\n"),
        expect!["AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF"],
    );
}

#[test]
fn variables_that_kubernetes_puts_in() {
    let env =
        format!("{CONTAINER}    env:\n    - {{name: A, value: x}}\n    - name: B\n      value: ");
    check(&format!("{env}$($0\n    - name: C\n"), expect!["A"]);
    check(&format!("{env}$$($0\n"), expect![""]);
    check(&format!("{env}y\n    args: [\"--b=$(B$0\"]\n"), expect!["A B"]);
    assert!(accepted(&format!("{env}\"$($0)\"\n"), "A").ends_with("value: \"$(A)\"\n"));
    assert!(accepted(&format!("{env}\"$($0\"\n"), "A").ends_with("value: \"$(A)\"\n"));
}

#[test]
fn labels_and_volumes_that_are_there() {
    let workload = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  selector:\n    matchLabels:\n      SELECTOR\n  template:\n    metadata:\n      labels:\n        LABELS\n";
    let with = |selector: &str, labels: &str| {
        workload.replace("SELECTOR", selector).replace("LABELS", labels)
    };
    check(&with("$0", "app: web"), expect!["app: web"]);
    check(&with("app: $0", "app: web"), expect!["web"]);
    check(&with("app: web\n      $0", "{app: web, tier: \"1\"}"), expect![[r#"tier: "1""#]]);
    check(&with("app: web", "$0"), expect!["app: web"]);
    let pod = format!(
        "{CONTAINER}    volumeMounts:\n    - {{name: a}}\n    - $0\n  volumes: [{{name: a}}, {{name: b}}]\n"
    );
    let (_, items) = items(&pod);
    assert!(items.first().unwrap().insert.starts_with("name: ${1:b}\n"));
}

#[test]
fn a_key_takes_the_lines_below_it() {
    let pod = accepted(&format!("{POD}  con$0\n    - name: app\n      image: a\n"), "containers");
    assert_eq!(pod, format!("{POD}  containers:\n    - name: app\n      image: a\n"));
    check(
        &format!("{CONTAINER}    liv$0\n      httpGet: {{port: 80}}\n"),
        expect!["readinessProbe livenessProbe startupProbe"],
    );
}
