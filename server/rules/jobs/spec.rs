//! The spec of a Job as its rules read it: with defaults, which a CronJob's template lacks.

use std::ops::Range;

use crate::formats::cron::{self, Schedule};
use crate::pod::Object;
use crate::schema::batch::CRON_JOB;
use crate::syntax::Node;
use crate::text::Span;

/// Whether each of its pods has an index.
pub(super) fn is_indexed(job: &Object<'_>) -> bool {
    job.text("completionMode") == "Indexed"
}

/// Whether it certainly has no indexes: the mode is absent or another known one.
pub(super) fn is_not_indexed(job: &Object<'_>) -> bool {
    job.field("completionMode").is_none_or(|mode| matches!(mode.as_str(), Some("NonIndexed" | "")))
}

pub(super) fn is_of_cron_job(job: &Object<'_>) -> bool {
    job.within(CRON_JOB).is_some()
}

/// A whole number of the spec.
pub(super) fn number(job: &Object<'_>, field: &str) -> Option<i64> {
    job.field(field).and_then(Node::as_int)
}

/// How many pods have to succeed, after defaulting; `None` when it is not given or no number.
pub(super) fn completions(job: &Object<'_>) -> Option<i64> {
    match job.field("completions") {
        Some(node) => node.as_int(),
        None if is_of_cron_job(job) || job.field("parallelism").is_some() => None,
        None => Some(1),
    }
}

/// The schedule of a CronJob and its place; `None` if it cannot be read.
pub(super) fn schedule<'a>(cron: &Object<'a>) -> Option<(Node<'a>, Schedule)> {
    let node = cron.field("schedule")?;
    let text = node.as_str().filter(|text| !text.contains("TZ"))?;
    Some((node, cron::parse(text).ok()?))
}

/// The place of a part of a text without escapes.
pub(super) fn source(node: Node<'_>, range: Range<usize>) -> Option<Span> {
    let (text, span) = (node.as_str()?, node.content_span());
    let start = span.start + node.tree().slice(span).find(text)?;
    let span = Span::new(start + range.start, start + range.end);
    (!span.is_empty()).then_some(span)
}
