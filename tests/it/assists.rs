//! What the menus offer at our own manifests, and what they then write: `assists.txt`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::actions::{Assist, AssistKind, WorkspaceContext};
use podls::config::Settings;
use podls::ide::Document;
use podls::text::{Edit, Span};

use crate::generate::ensure;
use crate::symbols::files;

/// Where menus differ: at the start of an object, a pod or a container, and inside of one.
const PLACES: [&str; 7] = ["kind:", "spec:", "- name:", "image:", "containers:", "{", "- {"];

/// What our own manifests do not have, as specs of pods.
const SPECS: &[&str] = &[
    "{containers: [{name: a, image: b}]}",
    "\n  containers:\n  - name: a\n    image: b\n    args: [--log=/srv/logs/a.log]\n",
    "\n  containers:\n  - name: a\n    image: b\n    env:\n    - name: LOG\n      value: /var/log/b\n",
    "\n  nodeSelector:\n    a: &host db.example.com\n  containers:\n  - name: a\n    image: b\n    env:\n    \
     - name: DB_HOST\n      value: *host\n    - name: DB_PORT\n      value: '5432'\n",
    "\n  restartPolicy: Always\n  containers:\n  - name: a\n    image: b\n",
    "\n  restartPolicy: Never\n  containers:\n  - name: a\n    image: b\n",
    "\n  initContainers: []\n  containers:\n  - name: a\n    image: b\n  - name: c\n    image: d\n",
    "\n  initContainers: [{name: e}]\n  containers:\n  - name: a\n    image: b\n  - name: c\n    image: d\n",
    "\n  initContainers: [\n    {name: e},\n    {name: f}\n  ]\n  containers:\n  - name: a\n    image: b\n  \
     - name: c\n    image: d\n",
    "\n  securityContext:\n    runAsNonRoot: true\n  containers:\n  - name: a\n    image: b\n    \
     ports:\n    - containerPort: 80\n      name: http\n  - name: c\n    image: d\n",
];

const HEADS: &[&str] = &[
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app: web\nspec: ",
    "# podls: kubernetes 1.29\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: ",
    "# podls: kubernetes 1.28\napiVersion: v1\nkind: Pod\nmetadata:\n  generateName: web-\nstatus: {}\nspec: ",
    "apiVersion: v1\nkind: Pod\nkind: Pod\nmetadata:\n  name: web\nspec: ",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: {a: b}\n  annotations: {c: d}\n\
     spec:\n  selector: {matchLabels: {e: f}}\n  template:\n    metadata:\n      labels: {e: f}\n      \
     annotations: {g: h}\n    spec: ",
];

/// An app with what templates look at.
const APP: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  volumes:
  - name: logs
    emptyDir: {}
  - name: conf
    configMap:
      name: conf
  containers:
  - name: app
    image: b
    env:
    - name: DATABASE_URL
      value: postgres://db.example.com/a
    envFrom:
    - secretRef:
        name: db
    ports:
    - name: http
      containerPort: 8080
    volumeMounts:
    - name: logs
      mountPath: /var/log/app
    - name: conf
      mountPath: /content
      mountPropagation: HostToContainer
";

#[test]
fn every_menu_is_there() {
    let mut out = String::from("Written by `cargo test`: what menus offer, and what it writes.\n");
    for file in files(&["tests/manifests", "tests/manifests/valid"]) {
        let name = file.file_name().unwrap().to_string_lossy();
        writeln!(out, "\n{name}").unwrap();
        of_file(&fs::read_to_string(&file).unwrap(), &mut out);
    }
    of_texts(&mut out);
    of_app(&mut out);
    ensure(&[(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/assists.txt"), out)]);
}

fn of_texts(out: &mut String) {
    for (head, spec) in HEADS.iter().flat_map(|head| SPECS.iter().map(move |it| (head, it))) {
        let depth = head.lines().last().map_or(0, |it| it.len() - it.trim_start().len());
        let spec = spec.replace('\n', &format!("\n{}", " ".repeat(depth)));
        let text = format!("{head}{}\n", spec.trim_end());
        writeln!(out, "\n{text:?}").unwrap();
        of_file(&text, out);
    }
}

/// What every template would write there.
fn of_app(out: &mut String) {
    writeln!(out, "\nall templates").unwrap();
    let document = Document::new(APP, &Arc::new(Settings::default()));
    let app = Span::at(APP.find("image").unwrap());
    for choice in document.choices(app, WorkspaceContext::default()) {
        let edits = choice.edits.iter().map(|edit| format!("\n  {}", edited(APP, edit)));
        writeln!(out, "{}{}", choice.title, edits.collect::<String>()).unwrap();
    }
}

/// Each offer once, with the lines that have it.
fn of_file(text: &str, out: &mut String) {
    let document = Document::new(text, &Arc::new(Settings::default()));
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut start = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let content = line.trim_start();
        if PLACES.iter().any(|it| content.starts_with(it)) {
            let place = Span::at(start + line.len() - content.len());
            let menu = document.actions_around(place, WorkspaceContext::default());
            for assist in menu.iter().filter(|it| it.kind != AssistKind::QuickFix) {
                found.entry(shown(text, assist)).or_default().push(number);
            }
        }
        start += line.len();
    }
    for (assist, lines) in found {
        let lines: Vec<_> = lines.iter().map(usize::to_string).collect();
        writeln!(out, "at {}: {assist}", lines.join(" ")).unwrap();
    }
}

fn shown(text: &str, assist: &Assist) -> String {
    let edits = assist.edits.iter().map(|edit| format!("\n  {}", edited(text, edit)));
    format!("{}{}", assist.title, edits.collect::<String>())
}

/// The place of an edit, and what it writes: all of it if that is a line or two.
fn edited(text: &str, edit: &Edit) -> String {
    let [start, end] = [edit.span.start, edit.span.end].map(|at| {
        let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
        format!("{}:{}", text[..at].matches('\n').count() + 1, at - line)
    });
    let shown: String = edit.insert.chars().take(120).collect();
    let more = edit.insert.len() - shown.len();
    let more = if more > 0 { format!(" and {more} bytes") } else { String::new() };
    format!("{start}-{end} {shown:?}{more}")
}
