//! The lines of a document that are not YAML, where rules say less.

use crate::syntax::lines::Lines;
use crate::syntax::{Parse, Trust};
use crate::text::Span;

/// The faults of a document by place, ready to be asked for often.
#[derive(Default)]
pub(super) struct BrokenLines {
    /// `None` when all of it is YAML.
    lines: Option<Lines>,
    /// Sorted, and none touches another.
    faults: Vec<Span>,
}

impl BrokenLines {
    pub(super) fn of(parse: &Parse) -> Self {
        if parse.trust == Trust::Exact {
            return Self::default();
        }
        let mut all: Vec<Span> = parse.errors.iter().map(|error| error.span).collect();
        all.sort();
        let mut faults: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match faults.last_mut().filter(|last| last.touches(span)) {
                Some(last) => last.end = last.end.max(span.end),
                None => faults.push(span),
            }
        }
        Self { lines: Some(Lines::new(parse.tree.text())), faults }
    }

    /// Whether one of them lies on a line of `span`, or on one of `margin` lines before and behind it.
    pub(super) fn are_near(&self, span: Span, margin: usize) -> bool {
        let Some(lines) = &self.lines else { return false };
        let first = lines.line_of(span.start).saturating_sub(margin);
        let start = lines.start(first).unwrap_or_default();
        let behind = lines.start(lines.line_of(span.end) + margin + 1);
        let end = behind.map_or(usize::MAX, |behind| behind - 1);
        let next = self.faults.partition_point(|fault| fault.end < start);
        self.faults.get(next).is_some_and(|fault| fault.start <= end)
    }
}
