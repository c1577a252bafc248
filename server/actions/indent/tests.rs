//! Manifests with lost and moved indentation.

use super::{Repair, repair};
use crate::schema::Version;
use crate::syntax;
use crate::text::apply;

fn readings(text: &str) -> Vec<String> {
    match repair(&syntax::parse(text), None, Version::default()) {
        Repair::Readings(readings) => readings.iter().map(|it| apply(text, &it.edits)).collect(),
        _ => Vec::new(),
    }
}

fn flat(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

#[track_caller]
fn check(text: &str) {
    let found = readings(&flat(text));
    assert_eq!(found, [text], "{found:#?}");
}

#[test]
fn tutorial_manifests_come_back() {
    check(include_str!("../../../tests/manifests/simple-webapp.yaml"));
    check(include_str!("../../../tests/manifests/myapp-pod.yaml"));
}

#[test]
fn text_of_block_scalars_is_kept_apart() {
    let text = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  # Before the app.
  initContainers:
  - name: init
    image: busybox:1.37
    command:
    - sh
    - -c
    - |
      echo start
      sleep 1
    env:
    - name: A
      value: b
  containers:
  - name: app # the app
    image: nginx:1.27
";
    let flat = flat(text);
    let found = readings(&flat);
    assert_eq!(found.first().map(String::as_str), Some(text), "{found:#?}");
    let Repair::Readings(readings) = repair(&syntax::parse(&flat), None, Version::default()) else {
        panic!("no readings");
    };
    assert_eq!(readings[0].texts, ["spec.initContainers[0].command[2]"]);
}

#[test]
fn line_breaks_are_kept() {
    let text = include_str!("../../../tests/manifests/simple-webapp.yaml");
    let found = readings(&flat(text).replace('\n', "\r\n"));
    assert_eq!(found, [text.replace('\n', "\r\n")]);
}

#[test]
fn what_is_fine_is_left_alone() {
    for text in [
        include_str!("../../../tests/manifests/simple-webapp.yaml"),
        include_str!("../../../tests/manifests/faulty.yaml"),
        "apiVersion: v1\nkind: Pod\nmetadata:\n    name: web\nspec:\n    containers:\n        - name: a\n          image: b\n",
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}\n",
    ] {
        let repair = repair(&syntax::parse(text), None, Version::default());
        assert!(!matches!(repair, Repair::Readings(_)), "{repair:?}\n{text}");
    }
}

#[test]
fn a_key_that_fits_twice_has_two_readings() {
    let text = flat(
        "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: app
    image: nginx:1.27
  securityContext:
    runAsUser: 1000
",
    );
    let Repair::Readings(readings) = repair(&syntax::parse(&text), None, Version::default()) else {
        panic!("no readings");
    };
    let differs: Vec<_> = readings.iter().filter_map(|it| it.differs.clone()).collect();
    assert_eq!(
        differs,
        [
            (8, "`securityContext` in `spec.containers[0]`".to_owned()),
            (8, "`securityContext` in `spec`".to_owned()),
        ]
    );
}

#[test]
fn a_moved_block_goes_back() {
    let text = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
    containers:
      - name: app
        image: nginx:1.27
        ports:
      - containerPort: 80
    volumes:
      - name: data
        emptyDir: {}
";
    let moved = text.replace("        image", "      image").replace("    volumes", "\tvolumes");
    let expected = text.replace("      - containerPort", "        - containerPort");
    assert_eq!(readings(&moved), [expected]);
}

#[test]
fn lines_that_are_right_stay() {
    let text = "apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
    namespace: shop
spec:
  containers:
  - name: app
    image: nginx:1.27
    ports:
    - containerPort: 80
      name: http
    restartPolicy: Never
    livenessProbe:
      httpGet:
        port: http
      terminationGracePeriodSeconds: 5
";
    let moved =
        text.replace("    - containerPort: 80\n      name", "  - containerPort: 80\n    name");
    assert_eq!(readings(&moved), [text]);
    let moved = text.replace("      httpGet:\n        port", "    httpGet:\n      port");
    assert_eq!(readings(&moved), [text]);
}

#[test]
fn only_what_is_selected_is_moved() {
    let text = "apiVersion: v1
kind: Pod
metadata:
name: web
spec:
  containers:
  - name: app
    image: nginx:1.27
  ports:
  - containerPort: 80
";
    let start = text.find("  ports").unwrap();
    let selection = Some(crate::text::Span::new(start, text.len() - 1));
    let found = repair(&syntax::parse(text), selection, Version::default());
    let Repair::Readings(readings) = found else { panic!("{found:?}") };
    let expected = text.replace("  ports:\n  -", "    ports:\n    -");
    assert_eq!(apply(text, &readings[0].edits), expected);
}

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  nodeSelector:
    kubernetes.io/os: linux
  containers:
  - name: app
    image: nginx:1.27
    resources:
      limits:
        cpu: 1
    ports:
    - containerPort: 80
      name: http
";

/// Faults that are none of indentation, each where another place would take the line.
#[test]
fn other_faults_move_nothing() {
    for (right, wrong) in [
        ("  containers:\n", "  priorityClassNmae: high\n  containers:\n"),
        ("  name: web\n  labels", "  names: web\n  labels"),
        ("    resources:\n      limits:\n", "    resources:\n"),
        ("    resources:\n", "    replicas: 1\n    resources:\n"),
        ("    image: nginx", "  - image: nginx"),
        ("  containers:\n  - name", "  containers:\n    name"),
        ("  name: web\n", "  name: web\n  name: web\n"),
        ("kubernetes.io/os: linux", "kubernetes.io/os: $OS"),
        ("kubernetes.io/os: linux", "kubernetes.io/os: true"),
        ("cpu: 1", "cpu: <cpu>"),
        ("image: nginx:1.27", "image:nginx:1.27"),
        ("image: nginx:1.27", "image:\u{a0}nginx:1.27"),
        ("    image", "\u{a0}   image"),
        ("  - name: app", "  -name: app"),
        ("  labels:\n    app: web\n", "  labels:\n  annotation: {a: b}\n"),
        ("- containerPort: 80\n", "- containerPorts: 80\n"),
    ] {
        let text = POD.replace(right, wrong);
        assert_ne!(text, POD);
        let whole = Some(crate::text::Span::new(0, text.len()));
        for selection in [None, whole] {
            let found = repair(&syntax::parse(&text), selection, Version::default());
            assert_eq!(found, Repair::Fine, "{text}");
        }
    }
}

#[test]
fn texts_keep_their_blanks() {
    let text = "apiVersion: v1
kind: ConfigMap
metadata:
  name: build
  labels: {a: b}
data:
  Makefile: |
    all:
    \tgcc main.c
  indented: |2
      two more
     one more
    none
  blanks: |
    cat <<-EOF
    \there
      
    \tEOF
";
    let moved = text.replace("  labels", "\tlabels");
    assert_eq!(readings(&moved), [text]);
    let moved = text.replace("metadata:\n  name", "metadata:\nname");
    assert_eq!(readings(&moved), [text]);
    // The data at the left margin, as a whole.
    let (head, data) = text.split_at(text.find("  Makefile").unwrap());
    let data: String = data.split_inclusive('\n').map(|line| line.replacen("  ", "", 1)).collect();
    assert_eq!(readings(&format!("{head}{data}")), [text]);
}

#[test]
fn what_a_shifted_block_swallowed_comes_out() {
    let moved =
        POD.replace("  name: web\n  labels:\n    app: web\n", "labels:\n  app: web\n  name: web\n");
    let expected = POD.replace(
        "  name: web\n  labels:\n    app: web\n",
        "  labels:\n    app: web\n  name: web\n",
    );
    assert_eq!(readings(&moved), [expected]);
}

/// `resources` would be known in the pod as well.
#[test]
fn a_shifted_block_stays_one_block() {
    let text = POD.replace("    ports:\n    - containerPort: 80\n      name: http\n", "");
    let (head, containers) = text.split_at(text.find("  containers").unwrap());
    let head = head.replace("  nodeSelector:\n    kubernetes.io/os: linux\n", "");
    let moved: String = containers.split_inclusive('\n').map(|line| &line[2..]).collect();
    assert_eq!(readings(&format!("{head}{moved}")), [format!("{head}{containers}")]);
}

#[test]
fn a_key_that_is_known_never_moves() {
    // An owner's name would fit as well as the object's own.
    let text = "apiVersion: apps/v1
kind: ReplicaSet
metadata:
  labels:
    app: shop
  name: shop-web
  ownerReferences:
  - controller: true
    kind: Shop
    name: shop
spec:
  template:
    spec:
      containers:
      - name: web
        image: nginx:1.29
      - name: side
        image: busybox:1.37
";
    let moved = text
        .replace("      - name: side\n        image: b", "       - name: side\n         image: b");
    assert_eq!(readings(&moved), [text]);
}

#[test]
fn a_double_key_is_no_obstacle() {
    check(
        "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      name: web
  replicas: 1
  selector:
    matchLabels:
      name: web
  template:
    metadata:
      labels:
        name: web
    spec:
      containers:
      - name: web
        image: nginx:1.27
",
    );
}
