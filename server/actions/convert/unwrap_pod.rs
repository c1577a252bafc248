//! Converts the template of a Deployment, ReplicaSet, DaemonSet, Job or CronJob to a Pod.
//!
//! This is useful for tests. The spec, the labels and the annotations of the template become those of
//! the Pod. Other fields are dropped, and the title lists them; their comments stay above `spec`.
//!
//! ```yaml before
//! apiVersion: batch/v1
//! kind: J$0ob
//! metadata:
//!   name: report
//! spec:
//!   backoffLimit: 3
//!   template:
//!     metadata:
//!       labels:
//!         app: report
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: report
//!         image: example.com/report:1 # pinned
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: report
//!   labels:
//!     app: report
//! spec:
//!   restartPolicy: Never
//!   containers:
//!   - name: report
//!     image: example.com/report:1 # pinned
//! ```

use crate::actions::convert::lines::{ended, has_aliases, listed, of_entry, reword, shifted};
use crate::actions::convert::template::body;
use crate::actions::convert::wrap_pod::at_head;
use crate::actions::{Action, ActionCx, Assist};
use crate::pod::{Pod, Workload};
use crate::syntax::write::{self, Layout, New, Place};
use crate::syntax::{Entry, Node};
use crate::text::{Edit, Span};

pub(crate) static ACTION: Action = Action { id: "unwrap-pod", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    let root = cx.pod.manifest.root;
    let fits = matches!(
        cx.pod.workload,
        Some(
            Workload::Deployment
                | Workload::ReplicaSet
                | Workload::DaemonSet
                | Workload::Job
                | Workload::CronJob
        )
    );
    if !fits || !at_head(cx, root) || has_aliases(root) {
        return Vec::new();
    }
    assist(cx).into_iter().collect()
}

fn assist(cx: &ActionCx<'_>) -> Option<Assist> {
    let pod = cx.pod;
    let root = pod.manifest.root;
    const KEYS: [&str; 4] = ["apiVersion", "kind", "metadata", "spec"];
    let plain = root.entries().all(|it| it.key.text().is_some_and(|key| KEYS.contains(&key)));
    let spec = root.entry("spec").filter(|_| plain)?;
    let inner = pod.template.entry("spec")?;
    pod.manifest.name()?;
    let mut edits = vec![reword(root.get("apiVersion")?, "v1")?, reword(root.get("kind")?, "Pod")?];
    let mut dropped = dropped(pod, spec.value);
    dropped.extend(dropped_of_template(pod));
    // Where comments have gone along.
    let mut moved = Vec::new();
    for field in ["labels", "annotations"] {
        let (edit, loses) = metadata(pod, field)?;
        if let (Some(_), false) = (&edit, loses) {
            let theirs = pod.metadata().and_then(|it| it.entry(field));
            moved.extend(theirs.and_then(|it| of_entry(it.key)).map(|it| it.span));
        }
        edits.extend(edit);
        if loses {
            dropped.push(if field == "labels" { "its own labels" } else { "its own annotations" });
        }
    }
    edits.push(match spec.value.kind().is_flow() {
        true => Edit::replace(spec.value.content_span(), shallower(spec, inner)?),
        false => in_block(spec, inner, &moved)?,
    });
    let mut title = "Unwrap into a Pod".to_owned();
    if !dropped.is_empty() {
        title = format!("{title} (drops {})", listed(&dropped));
    }
    Some(cx.rewrite(ACTION.id, title, edits))
}

/// The fields above the template that are dropped with the workload. The selector and the schedule
/// belong to it and are not listed.
fn dropped<'a>(pod: &Pod<'a>, spec: Node<'a>) -> Vec<&'a str> {
    const KNOWN: [&str; 4] = ["template", "jobTemplate", "selector", "spec"];
    let maps = pod.template.ancestors().skip(1).take_while(|it| *it != pod.manifest.root);
    let maps: Vec<_> = maps.filter(|it| it.is_map()).collect();
    debug_assert!(maps.last() == Some(&spec));
    let keys = maps.into_iter().rev().flat_map(Node::entries).filter_map(|it| it.key.text());
    keys.filter(|key| !KNOWN.contains(key)).collect()
}

/// The metadata of the template besides labels and annotations: a Pod has its own name.
fn dropped_of_template<'a>(pod: &Pod<'a>) -> impl Iterator<Item = &'a str> {
    let keys = pod.metadata().into_iter().flat_map(Node::entries);
    let others = keys.filter_map(|it| match it.key.text()? {
        "labels" | "annotations" => None,
        "name" => Some("the name of the template"),
        "namespace" => Some("the namespace of the template"),
        key => Some(key),
    });
    others.filter(|key| *key != "creationTimestamp")
}

/// The edit that gives the Pod the labels or annotations of the template, and whether the workload
/// loses its own by that.
fn metadata(pod: &Pod<'_>, field: &str) -> Option<(Option<Edit>, bool)> {
    let outer = pod.manifest.root.entry("metadata")?.value;
    let own = outer.entry(field);
    let theirs = pod.metadata().and_then(|it| it.entry(field));
    let same = |one: Entry<'_>, two: Entry<'_>| New::of(one.value) == New::of(two.value);
    match (own, theirs) {
        (None, None) => Some((None, false)),
        (Some(own), Some(theirs)) if same(own, theirs) => Some((None, false)),
        // Labels and annotations of a workload describe the workload.
        (Some(own), None) if own.value.is_null() => Some((None, false)),
        (Some(own), None) => Some((Some(write::remove(own.key)?), true)),
        (Some(own), Some(theirs)) => {
            Some((Some(write::replace(own.value, &New::of(theirs.value)?)?), true))
        }
        (None, Some(theirs)) => Some((Some(added(outer, field, theirs)?), false)),
    }
}

/// The edit that adds an entry of the template to the metadata, with its comments.
fn added(outer: Node<'_>, field: &str, theirs: Entry<'_>) -> Option<Edit> {
    let lines = of_entry(theirs.key);
    let last = outer.entries().last().and_then(|it| of_entry(it.key));
    let (Some(lines), Some(last)) = (lines, last) else {
        return write::insert(outer, field, &New::of(theirs.value)?, Place::Last);
    };
    let text = outer.tree().text();
    let moved = ended(text.get(lines.span.start..lines.span.end)?, Layout::of(outer).line_break);
    let moved = shifted(&moved, last.column as isize - lines.column as isize)?;
    Some(Edit::insert(last.span.end, moved))
}

/// Replaces the spec of the workload with that of the template. Comments around it stay.
fn in_block(spec: Entry<'_>, inner: Entry<'_>, moved: &[Span]) -> Option<Edit> {
    let text = spec.key.tree().text();
    let (outer_lines, inner_lines) = (body(spec)?, body(inner)?);
    let outer_column = spec.value.indent() as isize;
    let by = outer_column - inner.value.indent() as isize;
    let own = shifted(text.get(inner_lines.start..inner_lines.end)?, by)?;
    let line_break = Layout::of(spec.value).line_break;
    let pad = " ".repeat(usize::try_from(outer_column).ok()?);
    let comments: String = comments(spec.value.tree().comments(), outer_lines, inner_lines)
        .filter(|span| !moved.iter().any(|it| it.contains(*span)))
        .map(|span| format!("{pad}{}{line_break}", spec.value.tree().slice(span)))
        .collect();
    Some(Edit::replace(outer_lines, format!("{comments}{own}")))
}

/// The comments in `outer` that are not in `inner`.
fn comments(all: &[Span], outer: Span, inner: Span) -> impl Iterator<Item = Span> {
    all.iter().copied().filter(move |it| outer.contains(*it) && !inner.contains(*it))
}

/// The spec of the template in brackets, with its lines as deep as those of the workload's.
fn shallower(spec: Entry<'_>, inner: Entry<'_>) -> Option<String> {
    let tree = spec.key.tree();
    let spans = (spec.value.content_span(), inner.value.content_span());
    if comments(tree.comments(), spans.0, spans.1).next().is_some() {
        return None;
    }
    let text = tree.slice(spans.1);
    let layout = Layout::of(inner.value);
    let Some((first, rest)) = text.split_once('\n').filter(|_| layout.lines) else {
        return Some(text.to_owned());
    };
    let (outer, own) = (Layout::of(spec.value).indent, layout.indent);
    Some(format!("{first}\n{}", shifted(rest, outer as isize - own as isize)?))
}
