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
";
    let start = text.find("  image").unwrap();
    let selection = Some(crate::text::Span::new(start, text.len() - 1));
    let found = repair(&syntax::parse(text), selection, Version::default());
    let Repair::Readings(readings) = found else { panic!("{found:?}") };
    assert_eq!(apply(text, &readings[0].edits), text.replace("  image", "    image"));
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
