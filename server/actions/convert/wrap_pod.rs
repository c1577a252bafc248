//! Wraps a Pod into a Deployment, a Job or a CronJob.
//!
//! The spec of the pod becomes that of the template, with its comments. Labels are copied, since the
//! template needs them, and annotations go to the template, since they are about the pod. Fields that the
//! new kind refuses are dropped, and the title lists them; a Job gets the `restartPolicy` it needs.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: P$0od
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   # The app.
//!   - name: web
//!     image: example.com/web:1
//! ```
//!
//! ```yaml after
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       # The app.
//!       - name: web
//!         image: example.com/web:1
//! ```

use crate::actions::convert::lines::{
    edited, ended, has_aliases, listed, of_entry, remove_lines, reword, word,
};
use crate::actions::convert::template::{Outline, SHAPES, Shape, body, map_of, written_pairs};
use crate::actions::{Action, ActionCx, Assist};
use crate::formats::names;
use crate::pod::{Pod, Workload};
use crate::syntax::lines::line_end;
use crate::syntax::write::{self, Layout, New, Place};
use crate::syntax::{Entry, Node, TemplateText};
use crate::text::{Edit, Span};

pub(crate) static ACTION: Action = Action { id: "wrap-pod", run, cures: &[] };

/// A placeholder that is replaced with the spec of the pod.
const SPEC: &str = "podls-pod-spec";
/// The longest name of a CronJob, which adds eleven characters to it for its Jobs. What the values of a
/// template print may be longer.
const CRON_JOB_NAME: usize = 52;

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    let root = cx.pod.manifest.root;
    if cx.pod.workload != Some(Workload::Pod) || !at_head(cx, root) || has_aliases(root) {
        return Vec::new();
    }
    SHAPES.iter().filter_map(|shape| assist(cx, shape)).collect()
}

/// Whether the selection is at the apiVersion, the kind or the name of the object.
pub(super) fn at_head(cx: &ActionCx<'_>, root: Node<'_>) -> bool {
    let bytes = root.tree().text().as_bytes();
    let name = root.field("metadata").and_then(|it| it.entry("name"));
    let entries = [root.entry("apiVersion"), root.entry("kind"), name];
    let touches = |entry: Entry<'_>| {
        let end = line_end(bytes, entry.value.span().end);
        Span::new(entry.key.span().start, end.min(entry.value.span().end)).touches(cx.selection)
    };
    entries.into_iter().flatten().any(touches)
}

fn assist(cx: &ActionCx<'_>, shape: &Shape) -> Option<Assist> {
    let pod = cx.pod;
    let root = pod.manifest.root;
    const KEYS: [&str; 4] = ["apiVersion", "kind", "metadata", "spec"];
    let plain = root.entries().all(|it| it.key.text().is_some_and(|key| KEYS.contains(&key)));
    let spec = root.entry("spec").filter(|_| plain && root.entries().count() == KEYS.len())?;
    let name = pod.manifest.name()?;
    let is_long = name.len() > CRON_JOB_NAME || TemplateText::has_actions(name);
    if shape.kind == "CronJob" && is_long {
        return None;
    }
    let labels = labels(pod, shape, name)?;
    let mut edits = vec![
        reword(root.get("apiVersion")?, shape.api_version)?,
        reword(root.get("kind")?, shape.kind)?,
    ];
    let (inner, dropped) = spec_edits(spec.value, shape)?;
    match spec.value.kind().is_flow() {
        true => edits.extend(in_flow(pod, shape, spec, &labels, &inner)?),
        false => edits.extend(in_block(pod, shape, spec, &labels, &inner)?),
    }
    let mut title = format!("Wrap into a {}", shape.kind);
    if !dropped.is_empty() {
        title = format!("{title} (drops {})", listed(&dropped));
    }
    Some(cx.rewrite(ACTION.id, title, edits))
}

/// The labels of the template: those of the pod, or one of its name where a selector needs one.
fn labels(pod: &Pod<'_>, shape: &Shape, name: &str) -> Option<Vec<(String, String)>> {
    let labels = pod.metadata().and_then(|it| it.field("labels"));
    let labels = labels.map_or(Some(Vec::new()), written_pairs)?;
    if labels.is_empty() && shape.selects {
        names::label_value(name).ok()?;
        let value = match word(pod.spec, name) {
            New::Scalar(value) => value,
            _ => return None,
        };
        return Some(vec![("app".to_owned(), value)]);
    }
    Some(labels)
}

/// The changes in the spec of the pod, and its fields that the new kind refuses.
fn spec_edits(spec: Node<'_>, shape: &Shape) -> Option<(Vec<Edit>, Vec<&'static str>)> {
    let (mut edits, mut dropped) = (Vec::new(), Vec::new());
    let policy = spec.entry("restartPolicy");
    let text = policy.and_then(|it| it.value.text()).unwrap_or("Always");
    if shape.ends && text == "Always" {
        let policy_of_job =
            word(spec, if resizes_by_restart(spec) { "OnFailure" } else { "Never" });
        edits.push(match policy {
            Some(entry) => write::replace(entry.value, &policy_of_job)?,
            None => write::insert(spec, "restartPolicy", &policy_of_job, Place::Last)?,
        });
    }
    if !shape.ends {
        if let Some(entry) = policy.filter(|_| text != "Always") {
            edits.push(write::remove(entry.key)?);
            dropped.push("restartPolicy");
        }
        if let Some(entry) = spec.entry("activeDeadlineSeconds") {
            edits.push(write::remove(entry.key)?);
            dropped.push("activeDeadlineSeconds");
        }
    }
    Some((edits, dropped))
}

/// Whether a container restarts when it is resized, which is not allowed if it never restarts.
fn resizes_by_restart(spec: Node<'_>) -> bool {
    let containers = spec.items_of("containers");
    let policies = containers.filter_map(|it| it.get("resizePolicy")).flat_map(Node::items);
    let mut values = policies.filter_map(|it| it.field("restartPolicy"));
    values.any(|it| it.text() == Some("RestartContainer"))
}

fn in_block(
    pod: &Pod<'_>,
    shape: &Shape,
    spec: Entry<'_>,
    labels: &[(String, String)],
    inner: &[Edit],
) -> Option<Vec<Edit>> {
    let text = spec.key.tree().text();
    let lines = body(spec)?;
    let line_break = Layout::of(spec.value).line_break;
    let root = usize::try_from(pod.manifest.root.indent()).ok()?;
    let mut outline = Outline::at(spec.value, usize::try_from(spec.value.indent()).ok()?);
    let (annotations, mut edits) = annotations(pod)?;
    // The last of the path is the template; `spec`, the first, is there.
    for key in shape.path.iter().skip(1).take(shape.path.len() - 2) {
        if *key == "jobTemplate" {
            outline.pair("schedule", "\"0 * * * *\"");
        }
        outline.open(key);
    }
    if shape.selects {
        outline.open("selector");
        outline.open("matchLabels");
        outline.pairs(labels);
        outline.close();
        outline.close();
    }
    outline.open("template");
    if !labels.is_empty() || annotations.is_some() {
        outline.open("metadata");
        if !labels.is_empty() {
            outline.open("labels");
            outline.pairs(labels);
            outline.close();
        }
        if let Some((lines, column)) = annotations {
            outline.lines(&ended(lines, line_break), column)?;
        }
        outline.close();
    }
    outline.open("spec");
    let own = edited(text, lines, inner)?;
    outline.lines(&own, usize::try_from(spec.value.indent()).ok()?)?;
    debug_assert!(root <= outline.column);
    edits.push(Edit::replace(lines, outline.text));
    Some(edits)
}

/// The lines of the annotations with their column, and the edit that takes them away.
#[expect(clippy::type_complexity, reason = "it is used once, right above")]
fn annotations<'a>(pod: &Pod<'a>) -> Option<(Option<(&'a str, usize)>, Vec<Edit>)> {
    let Some(entry) = pod.metadata().and_then(|it| it.entry("annotations")) else {
        return Some((None, Vec::new()));
    };
    let lines = of_entry(entry.key)?;
    let text = entry.key.tree().text();
    let removal = remove_lines(text, lines.span);
    Some((Some((text.get(lines.span.start..lines.span.end)?, lines.column)), vec![removal]))
}

fn in_flow(
    pod: &Pod<'_>,
    shape: &Shape,
    spec: Entry<'_>,
    labels: &[(String, String)],
    inner: &[Edit],
) -> Option<Vec<Edit>> {
    let text = spec.key.tree().text();
    let span = spec.value.content_span();
    let own = edited(text, span, inner)?;
    let mut edits = Vec::new();
    let mut metadata = Vec::new();
    if !labels.is_empty() {
        metadata.push(("labels".to_owned(), map_of(labels)));
    }
    if let Some(entry) = pod.metadata().and_then(|it| it.entry("annotations")) {
        metadata.push(("annotations".to_owned(), New::of(entry.value)?));
        edits.push(write::remove(entry.key)?);
    }
    let mut template = vec![("spec".to_owned(), New::Source(SPEC.to_owned()))];
    if !metadata.is_empty() {
        template.insert(0, ("metadata".to_owned(), New::Map(metadata)));
    }
    let mut value = New::map([("template", New::Map(template))]);
    if let (true, New::Map(entries)) = (shape.selects, &mut value) {
        let selector = New::map([("matchLabels", map_of(labels))]);
        entries.insert(0, ("selector".to_owned(), selector));
    }
    if shape.path.contains(&"jobTemplate") {
        let schedule = New::scalar("\"0 * * * *\"");
        let job = New::map([("spec", value)]);
        value = New::map([("schedule", schedule), ("jobTemplate", job)]);
    }
    let layout = Layout::of(spec.value);
    let by = if layout.lines { layout.width * (shape.path.len()) } else { 0 };
    let mut edit = write::replace(spec.value, &value)?;
    edit.insert = edit.insert.replace(SPEC, &deeper(&own, by));
    edits.push(edit);
    Some(edits)
}

/// A text in brackets whose lines behind the first are `by` columns deeper.
fn deeper(text: &str, by: usize) -> String {
    let (first, rest) = text.split_at(text.find('\n').map_or(text.len(), |at| at + 1));
    let rest = crate::actions::convert::lines::shifted(rest, by as isize).unwrap_or_default();
    format!("{first}{rest}")
}
