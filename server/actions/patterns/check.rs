//! Reads templates and reports their faults; built-in ones and those of users are read alike.

use serde_yaml::Value;

use crate::actions::patterns::fill::{KNOWN, Piece, pieces};
use crate::actions::patterns::signs::Signs;
use crate::actions::patterns::template::Template;
use crate::actions::patterns::wire::Target;
use crate::check::Severity;
use crate::formats::image::Image;
use crate::formats::names;
use crate::pod::{Manifest, Pod};
use crate::rules;
use crate::schema::{PodSecurity, Version};
use crate::syntax::write::tabstops;
use crate::syntax::{self, Node, Parse};
use crate::text::{Edit, Span, apply, nearest};

/// A fault in a template, and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub span: Span,
    pub message: String,
}

/// A pod that every template can be tried on.
const TRIAL: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: trial\nspec:\n  containers:\n  \
                     - name: trial-app\n    image: registry.example.com/trial:1\n";

/// Reads a template; `name` is that of its file. One with problems is no template.
pub(super) fn read(name: &str, text: &str) -> (Option<Template>, Vec<Problem>) {
    let template = match parse(name, text) {
        Ok(template) => template,
        Err(problem) => return (None, vec![problem]),
    };
    let source = Source::new(text);
    let mut problems = own(&template, &source);
    if problems.is_empty() {
        problems = in_a_pod(&template, &source);
    }
    (problems.is_empty().then_some(template), problems)
}

/// Reads a template without checking its content.
pub(super) fn parse(name: &str, text: &str) -> Result<Template, Problem> {
    let value: Value = serde_yaml::from_str(text).map_err(|error| problem(text, &error))?;
    let template = serde_yaml::from_str::<Template>(text).map_err(|error| problem(text, &error))?;
    let mut places = Vec::new();
    collect_places(&value, &mut places);
    Ok(Template { name: name.to_owned(), places, ..template })
}

/// An error of serde, at its line.
fn problem(text: &str, error: &serde_yaml::Error) -> Problem {
    let start = error.location().map_or(0, |it| it.index()).min(text.len());
    let start = text.get(..start).and_then(|it| it.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|it| it.lines().next()).unwrap_or_default();
    let message = error.to_string();
    let message = message.split_once(" at line ").map_or(message.as_str(), |(it, _)| it);
    let indent = line.len() - line.trim_start().len();
    Problem { span: Span::new(start + indent, start + line.len()), message: message.to_owned() }
}

/// The names of all places with a default, each once.
fn collect_places(value: &Value, places: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            for piece in pieces(text) {
                if let Piece::Place { name, default: Some(_) } = piece
                    && !places.iter().any(|it| it == name)
                {
                    places.push(name.to_owned());
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|it| collect_places(it, places)),
        // A title is filled in completely.
        Value::Mapping(map) => map
            .iter()
            .filter(|(key, _)| key.as_str() != Some("title"))
            .for_each(|(_, it)| collect_places(it, places)),
        _ => {}
    }
}

/// The text of a template with its tree, to find what a problem is about.
struct Source {
    parse: Parse,
}

impl Source {
    fn new(text: &str) -> Self {
        Self { parse: syntax::parse(text) }
    }

    /// The span of the node at `path`, or of its nearest existing parent.
    fn span(&self, path: &[&str]) -> Span {
        let Some(mut node) = self.parse.tree.root() else { return Span::default() };
        let mut span = Span::new(node.span().start, node.span().start);
        for step in path {
            let next = match step.parse::<usize>() {
                Ok(index) => node.items().nth(index),
                Err(_) => node.get(step),
            };
            let Some(next) = next else { break };
            node = next;
            span = node.key().map_or(node.head_span(), Node::span);
        }
        span
    }

    fn problem(&self, path: &[&str], message: impl Into<String>) -> Problem {
        Problem { span: self.span(path), message: message.into() }
    }
}

/// Contradictions in the template itself.
fn own(template: &Template, source: &Source) -> Vec<Problem> {
    let mut found = unknown_places(template, source);
    if let Err(why) = names::label(template.container_name()) {
        found.push(source.problem(&["name"], format!("the name of the container {why}")));
    }
    if !template.image.contains("${")
        && let Err(why) = Image::parse(&template.image)
    {
        found.push(source.problem(&["image"], format!("the image {why}")));
    }
    if template.places.len() > tabstops::MOST {
        found.push(source.problem(&[], "too many placeholders"));
    }
    let volume = |name: &str| template.volumes.iter().any(|it| it.name == name);
    let mounts =
        [(&["mounts"][..], &template.mounts), (&["app", "mounts"][..], &template.app.mounts)];
    for (path, mounts) in mounts {
        for (index, mount) in mounts.iter().enumerate().filter(|(_, it)| !volume(&it.name)) {
            let index = index.to_string();
            let path: Vec<&str> = path.iter().copied().chain([index.as_str(), "name"]).collect();
            let message = format!("the template has no volume `{}`", mount.name);
            found.push(source.problem(&path, message));
        }
    }
    found
}

/// `${...}` without a value.
fn unknown_places(template: &Template, source: &Source) -> Vec<Problem> {
    let mut found = Vec::new();
    let ports: Vec<String> = template.ports.iter().map(|it| format!("port.{}", it.name)).collect();
    let known = || KNOWN.iter().copied().chain(ports.iter().map(String::as_str));
    for node in source.parse.tree.nodes().filter(|node| node.is_scalar() && !node.is_key()) {
        for piece in pieces(node.text().unwrap_or_default()) {
            let Piece::Place { name, default: None } = piece else { continue };
            let missing_port = name == "port" && template.ports.is_empty();
            if known().any(|it| it == name) && !missing_port {
                continue;
            }
            let hint = match nearest(name, known()) {
                Some(near) if near != name => format!("did you mean `${{{near}}}`?"),
                _ => format!("give it a default, as in `${{{name}:value}}`, or write `${name}`"),
            };
            let message = format!("unknown placeholder `${{{name}}}`; {hint}");
            found.push(Problem { span: node.span(), message });
        }
    }
    found
}

/// The errors that a pod with it has.
fn in_a_pod(template: &Template, source: &Source) -> Vec<Problem> {
    let trial = syntax::parse(TRIAL);
    let Some(edits) = tried(template, &trial) else {
        return vec![source.problem(&[], "it cannot be added to a pod")];
    };
    let text = apply(TRIAL, &edits);
    let found = rules::run(&syntax::parse(&text), Version::NEWEST, false);
    let errors = found.into_iter().filter(|it| it.severity == Severity::Error);
    let problem = |it: crate::check::Finding| {
        let path = template_path(&it.path);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        source.problem(&path, it.message)
    };
    errors.map(problem).collect()
}

fn tried(template: &Template, trial: &Parse) -> Option<Vec<Edit>> {
    let manifests = Manifest::all(trial);
    let pods = Pod::all(manifests.first()?);
    let pod = pods.first()?;
    let app = *pod.containers.first()?;
    let signs = Signs::of(pod, app, &[]);
    let (version, pod_security) = (Version::NEWEST, PodSecurity::Privileged);
    let target = Target { pod, app, version, pod_security, signs, documents: &[], template: None };
    let mut edits = target.wire(template)?.edits;
    for edit in &mut edits {
        tabstops::take(&mut edit.insert);
    }
    Some(edits)
}

/// The place in the template of the node that a pod has at `path`.
fn template_path(path: &str) -> Vec<String> {
    let steps: Vec<&str> = path.split(['.', '[', ']']).filter(|step| !step.is_empty()).collect();
    let own = |from: usize| steps.iter().skip(from).map(|it| (*it).to_owned());
    let app = |rest: usize| std::iter::once("app".to_owned()).chain(own(rest));
    let renamed = |steps: Vec<String>| -> Vec<String> {
        let name = |step: String| match step.as_str() {
            "volumeMounts" => "mounts".to_owned(),
            "resources" => "requests".to_owned(),
            "containerPort" => "port".to_owned(),
            _ => step,
        };
        let inner = |step: &String| !["limits"].contains(&step.as_str());
        steps.into_iter().filter(inner).map(name).collect()
    };
    match steps.as_slice() {
        ["spec", "initContainers", _, "resources", "requests" | "limits", ..] => {
            std::iter::once("requests".to_owned()).chain(own(5)).collect()
        }
        ["spec", "initContainers", ..] => renamed(own(3).collect()),
        ["spec", "containers", ..] => renamed(app(3).collect()),
        ["spec", "volumes", ..] => own(1).collect(),
        ["spec", ..] => std::iter::once("pod".to_owned()).chain(own(1)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
title: A helper
pattern: sidecar
image: example.com/helper:1
args: [\"--listen=:${port}\"]
ports:
- {name: http, port: 80}
requests: {cpu: 10m, memory: 16Mi}
startupProbe:
  httpGet:
    path: /
    port: ${port}
";

    #[test]
    fn problems_are_told_where_they_are() {
        assert_eq!(read("helper", GOOD).1, []);
        for (from, to, line, message) in [
            ("pattern: sidecar", "pattern: car", 2, "unknown variant `car`"),
            ("image:", "imag:", 3, "unknown field `imag`"),
            ("title: A helper\n", "", 1, "missing field `title`"),
            ("example.com/helper:1", "Helper:1", 3, "upper-case"),
            ("${port}\"", "${prot}\"", 4, "did you mean `${port}`?"),
            ("${port}\"", "${try}\"", 4, "${try:value}"),
            ("name: http,", "name: HTTP,", 6, "HTTP"),
            ("memory: 16Mi", "memory: 16MB", 7, "16MB"),
            ("httpGet", "httpget", 9, "httpget"),
            ("path: /\n", "pth: /\n", 10, "pth"),
            ("requests", "mounts:\n- {name: a, mountPath: /a}\nrequests", 8, "no volume `a`"),
            ("requests", "app:\n  mounts:\n  - {name: a, mountPath: /a}\nrequests", 9, "`a`"),
            ("requests", "app: {env: [{name: 'A=', value: b}]}\nrequests", 7, "A="),
            ("requests", "volumes: [{name: a, emptDir: {}}]\nrequests", 7, "emptDir"),
            ("requests", "pod: {hostPit: true}\nrequests", 7, "hostPit"),
            ("title: A helper", "title: [", 3, "expected"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            let (template, problems) = read("helper", &text);
            assert!(template.is_none() && !problems.is_empty(), "{to}");
            let problem = &problems[0];
            let at = text[..problem.span.start].matches('\n').count() + 1;
            assert!(problem.message.contains(message), "{to}: {problems:?}");
            assert_eq!(at, line, "{to}: {problems:?}");
        }
    }
}
