//! What is offered where, and what an accepted item makes of the text.
mod columns;
mod doubtful;

use expect_test::{Expect, expect};

use super::{Item, complete, in_comment};
use crate::pod::Known;
use crate::schema::Version;
use crate::syntax::parse;
use crate::testing::selection;
use crate::text::{Edit, apply};

fn items(fixture: &str) -> (String, Vec<Item>) {
    let (text, at) = selection(fixture);
    let mut items = complete(&text, at.start, Version::NEWEST, &|| Known::of(&parse(&text)));
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
fn common_fields_of_pods_come_first() {
    for (place, expected) in [
        (
            "volumes:\n  - name: a\n    $0",
            expect!["emptyDir configMap secret persistentVolumeClaim projected"],
        ),
        (
            "containers:\n  - volumeMounts:\n    - name: a\n      $0",
            expect!["mountPath readOnly subPath mountPropagation recursiveReadOnly"],
        ),
        ("containers:\n  - env:\n    - name: A\n      $0", expect!["value valueFrom"]),
        (
            "containers:\n  - env:\n    - valueFrom:\n        $0",
            expect!["configMapKeyRef secretKeyRef fieldRef resourceFieldRef fileKeyRef"],
        ),
        (
            "containers:\n  - ports:\n    - name: a\n      $0",
            expect!["containerPort protocol hostIP hostPort"],
        ),
        ("containers:\n  - resources:\n      $0", expect!["requests limits claims"]),
        (
            "containers:\n  - securityContext:\n      $0",
            expect![
                "runAsNonRoot runAsUser allowPrivilegeEscalation readOnlyRootFilesystem capabilities"
            ],
        ),
        ("containers:\n  - securityContext:\n      capabilities:\n        $0", expect!["drop add"]),
        (
            "containers:\n  - livenessProbe:\n      httpGet:\n        $0",
            expect!["port path scheme host httpHeaders"],
        ),
        (
            "ephemeralContainers:\n  - name: a\n    $0",
            expect!["image command args targetContainerName stdin"],
        ),
        (
            "securityContext:\n    $0",
            expect!["runAsNonRoot runAsUser runAsGroup fsGroup seccompProfile"],
        ),
        ("tolerations:\n  - key: a\n    $0", expect!["operator value effect tolerationSeconds"]),
    ] {
        check(&format!("{POD}  {place}\n"), expected);
    }
}

#[test]
fn common_fields_of_specs_come_first() {
    for (head, expected) in [
        (
            "v1\nkind: Service",
            expect!["selector ports type clusterIP allocateLoadBalancerNodePorts"],
        ),
        (
            "apps/v1\nkind: Deployment",
            expect!["selector template replicas strategy minReadySeconds"],
        ),
        (
            "apps/v1\nkind: StatefulSet",
            expect!["selector template serviceName replicas volumeClaimTemplates"],
        ),
        (
            "apps/v1\nkind: DaemonSet",
            expect!["selector template updateStrategy minReadySeconds revisionHistoryLimit"],
        ),
        (
            "batch/v1\nkind: Job",
            expect![
                "template backoffLimit ttlSecondsAfterFinished activeDeadlineSeconds completions"
            ],
        ),
        (
            "batch/v1\nkind: CronJob",
            expect!["schedule jobTemplate timeZone concurrencyPolicy failedJobsHistoryLimit"],
        ),
    ] {
        check(&format!("apiVersion: {head}\nspec:\n  $0\n"), expected);
    }
}

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

/// The text after accepting `label`, without places to fill in.
#[track_caller]
fn taken(fixture: &str, label: &str) -> String {
    let (text, items) = items(fixture);
    let item = items.iter().find(|it| it.label == label);
    let item = item.unwrap_or_else(|| panic!("no {label} in {fixture}"));
    apply(&text, &item.edits())
}

#[test]
fn an_entry_goes_in_front_of_the_next_one() {
    for (before, label, after) in [
        (
            "{\"kind\": \"Pod\", \"spec\": {\n\"host|\"\n\"containers\": []}}",
            "hostname",
            "{\n\"hostname\": \"\",\n\"containers\": []}}",
        ),
        (
            "{\"kind\": \"Pod\", \"spec\": {|\"containers\":[]}}",
            "hostname",
            "{\"hostname\": \"\", \"containers\":[]}}",
        ),
        (
            "kind: Pod\nspec: {nodeName: a, |containers: []}\n",
            "hostname",
            "{nodeName: a, hostname: , containers: []}\n",
        ),
    ] {
        let actual = taken(&before.replace('|', "$0"), label);
        assert!(actual.ends_with(after), "{before}: {actual}");
    }
}

#[test]
fn brackets_keep_their_commas() {
    for (before, label, after) in [
        (
            "{\"kind\": \"Pod\", \"spec\": {\"containers\": [\n{\"name\": \"w\"}\n|\n]}}",
            "container",
            "[\n{\"name\": \"w\"},\n{\"name\": \"app\", \"image\": \"image\"}\n]}}",
        ),
        (
            "{\"kind\": \"PersistentVolumeClaim\", \"spec\": {\"accessModes\": [ \"ReadWriteOnce\" | ]}}",
            "ReadOnlyMany",
            "[ \"ReadWriteOnce\", \"ReadOnlyMany\" ]}}",
        ),
        (
            "kind: Pod\nspec: {containers: [{name: w, image: a} |]}\n",
            "container",
            "[{name: w, image: a}, {name: app, image: image}]}\n",
        ),
        (
            "kind: Pod\nspec: {containers: [{name: w, resources: {limits: { | cpu: 1}}}]}\n",
            "memory",
            "{limits: { memory: , cpu: 1}}}]}\n",
        ),
        (
            "kind: Pod\nspec: {containers: [{name: w, resources: {limits: {|cpu: 1}}}]}\n",
            "memory",
            "{limits: {memory: , cpu: 1}}}]}\n",
        ),
        (
            "{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"resources\": {\"limits\": {\n\"me|\"\n}}}]}}",
            "memory",
            "{\n\"memory\": \"\"\n}}}]}}",
        ),
        (
            "{\"kind\": \"Pod\", \"spec\": {\n|\n\"containers\": []}}",
            "nodeName",
            "{\n\"nodeName\": \"\",\n\"containers\": []}}",
        ),
        (
            "{\n  kind: \"Pod\",\n  spec: {\n    nodeName: \"a\", # why\n    |\n  },\n}\n",
            "hostname",
            "\n    hostname: \"\",\n  },\n}\n",
        ),
        (
            "{\n  kind: \"Pod\",\n  spec: {\n    nodeName: \"a\" # why\n    |\n  },\n}\n",
            "hostname",
            "nodeName: \"a\", # why\n    hostname: \"\"\n  },\n}\n",
        ),
    ] {
        let actual = taken(&before.replace('|', "$0"), label);
        assert!(actual.ends_with(after), "{before}: {actual}");
    }
}

#[test]
fn what_would_be_refused_stands_last() {
    let last = |fixture: &str, label: &str| {
        let (_, items) = items(fixture);
        let at = items.iter().position(|it| it.label == label).unwrap();
        let rest: Vec<_> = items[at..].iter().map(|it| it.sort.starts_with('8')).collect();
        assert!(rest.iter().all(|it| *it), "{fixture}");
        items[at].detail.clone()
    };
    let init = format!("{POD}  initContainers:\n  - name: a\n    $0\n");
    assert_eq!(
        last(&init, "readinessProbe"),
        "only allowed in a sidecar, with `restartPolicy: Always`"
    );
    let job =
        "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      restartPolicy: $0\n";
    assert_eq!(last(job, "Always"), "the pods of a Job cannot restart always");
    assert_eq!(
        last("apiVersion: v1\nkind: Pod\nmetadata:\n  $0\n", "uid"),
        "set by the API server"
    );
    let probe = format!("{CONTAINER}    livenessProbe:\n      exec: {{command: [a]}}\n      $0\n");
    assert_eq!(last(&probe, "httpGet"), "`exec` is already set");
    let volume = format!("{POD}  volumes:\n  - name: a\n    emptyDir: {{}}\n    $0\n");
    assert_eq!(last(&volume, "secret"), "`emptyDir` is already set");
    let windows = format!("{POD}  os: {{name: windows}}\n  securityContext: {{$0}}\n");
    assert_eq!(last(&windows, "fsGroup"), "not in a pod for Windows");
    let host = format!("{POD}  hostNetwork: true\n  $0\n");
    assert_eq!(last(&host, "hostnameOverride"), "not with `hostNetwork: true`");
    let claim =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes: [ReadOnlyMany, $0]\n";
    assert_eq!(last(claim, "ReadWriteOncePod"), "not with other access modes");
}

#[test]
fn a_skeleton_suggests_names_that_are_free() {
    let pod = format!("{CONTAINER}    env:\n    - name: NAME\n    - $0\n");
    assert!(taken(&pod, "variable").contains("- name: NAME_2\n"));
    let pod = format!("{CONTAINER}  - name: app-2\n  - $0\n");
    assert!(taken(&pod, "container").contains("- name: app-3\n"));
    let pod = format!("{CONTAINER}    ports:\n    - {{name: http, containerPort: 80}}\n    - $0\n");
    assert!(taken(&pod, "port").contains("- name: http-2\n"));
}

#[test]
fn objects_of_a_list_have_a_head_too() {
    let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  $0\n  metadata: {}\n";
    assert!(taken(list, "kind").contains("- apiVersion: apps/v1\n  kind: \n  metadata"));
    let kind = list.replace("$0", "kind: $0");
    check(&kind, expect!["DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision"]);
}

#[test]
fn line_ends_are_those_of_the_file() {
    let fixture = format!("{CONTAINER}    $0\n").replace('\n', "\r\n");
    for item in items(&fixture).1 {
        assert_eq!(item.insert.matches('\n').count(), item.insert.matches("\r\n").count());
    }
}

#[test]
fn a_kind_of_another_version_brings_its_own() {
    assert_eq!(
        taken("apiVersion: v1\nkind: Deploy$0\n", "Deployment"),
        "apiVersion: apps/v1\nkind: Deployment\n"
    );
    assert_eq!(
        taken("{\"apiVersion\": \"v1\", \"kind\": \"$0\"}", "Job"),
        "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\"}"
    );
}

#[test]
fn comments_to_podls_are_completed() {
    let said = |fixture: &str| {
        let (text, at) = selection(fixture);
        let items = in_comment(&text, at.start, ["wrong-type", "unknown-field"].into_iter())?;
        Some(items.iter().map(|item| apply(&text, &item.edits())).collect::<Vec<_>>())
    };
    assert_eq!(said("a: 1 # podls:$0\n").unwrap()[0], "a: 1 # podls: allow\n");
    let typed = said("a: 1 # podls: allow wrong-t$0\n").unwrap();
    assert_eq!(typed[0], "a: 1 # podls: allow wrong-type\n");
    assert_eq!(said("a: 1 # podls: allow wrong-type -- be$0\n").unwrap(), [""; 0]);
    assert_eq!(said("a: 1 # some $0\n"), None);
}
