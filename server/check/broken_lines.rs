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

#[cfg(test)]
mod tests {
    use super::BrokenLines;
    use crate::syntax::parse;
    use crate::text::Span;

    /// A pod of which the fifth line is not YAML.
    const FAULTY: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  dnsPolicy: @x
  hostname: web
  subdomain: web
  nodeName: web
";

    #[test]
    fn lines_are_near_up_to_the_margin() {
        let broken = BrokenLines::of(&parse(FAULTY));
        let mut start = 0;
        for (number, line) in FAULTY.split_inclusive('\n').enumerate() {
            let span = Span::new(start, start + line.len() - 1);
            for margin in 0..6 {
                let near = number.abs_diff(4) <= margin;
                assert_eq!(broken.are_near(span, margin), near, "line {number}, margin {margin}");
            }
            start += line.len();
        }
    }
}
