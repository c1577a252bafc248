//! What the names in a document stand for.

use expect_test::{Expect, expect};

use super::{Occurrence, SymbolKind, links, names};
use crate::syntax::parse;

/// Each name on a line: where it stands, what it stands for, `=` where it is made.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let line = |name: &Occurrence| {
        let number = 1 + text[..name.span.start].matches('\n').count();
        let made = if name.is_definition { "= " } else { "" };
        let symbol = &name.symbol;
        let of = [&symbol.of, &symbol.object].map(|it| format!(" {it}")).concat();
        format!(
            "{number}: {made}{:?}{} {}\n",
            symbol.kind,
            of.trim_end(),
            &text[name.span.start..name.span.end]
        )
    };
    let found: String = names(&parse(text)).iter().map(line).collect();
    expected.assert_eq(&found);
}

#[test]
fn names_within_a_pod() {
    check(
        "apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    kubectl.kubernetes.io/default-container: app
    container.apparmor.security.beta.kubernetes.io/app: unconfined
spec:
  containers:
  - name: app
    ports:
    - name: http
      containerPort: 80
    livenessProbe: {httpGet: {port: http}, tcpSocket: {port: 80}}
    env:
    - {name: A, value: x}
    - {name: B, value: \"$(A)/$$(A)\"}
    args: ['--b=$(B) $(date)']
    volumeMounts:
    - {name: \"data\", mountPath: /a, subPathExpr: $(A)}
  volumes:
  - name: data
    configMap: {name: cfg, items: [{key: k, path: p}]}
",
        expect![[r#"
            4: = Object Pod web
            6: Container app
            7: Container app
            10: = Container app
            12: = Port http
            13: = PortNumber 80
            14: Port http
            14: PortNumber 80
            16: = Variable A
            17: = Variable B
            17: Variable A
            18: Variable B
            20: Volume data
            20: Variable A
            22: = Volume data
            23: Object ConfigMap cfg
            23: Key ConfigMap cfg k
        "#]],
    );
}

#[test]
fn names_of_objects_labels_and_anchors() {
    check(
        "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: &l db}, matchExpressions: [{key: app, operator: In, values: [db]}]}
  template:
    metadata: {labels: {app: *l}}
    spec:
      containers:
      - name: db
        volumeMounts: [{name: data}]
  volumeClaimTemplates:
  - metadata: {name: data}
",
        expect![[r#"
            3: = Object StatefulSet db
            5: Object Service db
            6: = Anchor l
            6: = Label app db
            6: Label app db
            6: Label app db
            8: Anchor l
            11: = Container db
            12: Volume data
            14: = Volume data
        "#]],
    );
    check(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg}\ndata:\n  k: v\n  \"l\": |\n    w\n",
        expect![[r#"
            3: = Object ConfigMap cfg
            5: = Key ConfigMap cfg k
            6: = Key ConfigMap cfg l
        "#]],
    );
}

#[test]
fn labels_of_namespaces_are_no_labels_of_pods() {
    check(
        "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {team: shop}, matchExpressions: [{key: a, values: [b]}]}
      podSelector: {matchLabels: {app: cart}}
",
        expect![[r#"
            3: = Object NetworkPolicy web
            5: Label app web
            9: Label app cart
        "#]],
    );
    check(
        "apiVersion: v1
kind: Pod
metadata: {labels: {app: web}}
spec:
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: zone
        namespaceSelector: {matchLabels: {team: shop}}
        labelSelector: {matchLabels: {app: cart}}
",
        expect![[r#"
            3: = Label app web
            10: Label app cart
        "#]],
    );
}

#[test]
fn a_scaler_names_containers_of_its_target() {
    let scaler = |namespace: &str, kind: &str, name: &str| {
        parse(&format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n\
             metadata: {{name: a, namespace: {namespace}}}\n\
             spec:\n  scaleTargetRef: {{kind: {kind}, name: {name}}}\n  metrics:\n  \
             - type: ContainerResource\n    containerResource: {{name: cpu, container: app}}\n"
        ))
    };
    let pods = parse(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n\
         spec: {template: {spec: {containers: [{name: app}]}}}\n",
    );
    for (namespace, kind, name, found) in [
        ("shop", "Deployment", "web", 1),
        ("''", "Deployment", "web", 0),
        ("other", "Deployment", "web", 0),
        ("shop", "StatefulSet", "web", 0),
        ("shop", "Deployment", "api", 0),
    ] {
        let links = links(&scaler(namespace, kind, name), &pods);
        assert_eq!(links.len(), found, "{kind} {name} in {namespace}");
    }
}

#[test]
fn names_of_anchors() {
    let names = names(&parse("a: &one 1\n"));
    let anchor = &names.first().unwrap().symbol;
    assert_eq!(anchor.kind, SymbolKind::Anchor);
    for (name, fits) in [("a", true), ("a-b_c.1", true), ("", false), ("a b", false), ("ü", false)]
    {
        assert_eq!(anchor.check_name(name).is_ok(), fits, "{name:?}");
    }
}
