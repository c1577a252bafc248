//! What a template engine prints, with the places that its letters come from.

use crate::text::Span;

/// A printed text.
#[derive(Debug, Default)]
pub struct Rendered {
    pub text: String,
    /// What of it stands in the template, in order of both.
    literals: Vec<Literal>,
    /// Where the last line starts in the part of the text that was searched for line breaks, and how long
    /// that is.
    line: (usize, usize),
}

/// Text that is printed as it stands.
#[derive(Debug)]
struct Literal {
    /// Where it is printed.
    at: usize,
    /// Where it stands.
    source: Span,
}

impl Rendered {
    /// Prints `literal`, which starts at `source` in the template.
    pub(super) fn print(&mut self, literal: &str, source: usize) {
        if !literal.is_empty() {
            let source = Span::new(source, source + literal.len());
            self.literals.push(Literal { at: self.text.len(), source });
            self.text.push_str(literal);
        }
    }

    /// The line that is being printed.
    pub(super) fn last_line(&mut self) -> &str {
        let (start, searched) = self.line;
        let new = self.text.as_bytes().get(searched..).unwrap_or_default();
        let start = memchr::memrchr(b'\n', new).map_or(start, |at| searched + at + 1);
        self.line = (start, self.text.len());
        self.text.get(start..).unwrap_or_default()
    }

    /// Where the printed text in `span` stands in the template, if all of it stands there in one piece.
    pub fn source(&self, span: Span) -> Option<Span> {
        let before = self.literals.partition_point(|it| it.at <= span.start);
        let literal = self.literals.get(before.checked_sub(1)?)?;
        let start = literal.source.start + (span.start - literal.at);
        let source = Span::new(start, start + (span.end - span.start));
        literal.source.contains(source).then_some(source)
    }

    /// Whether what stands at `source` in the template is printed.
    pub fn holds(&self, source: Span) -> bool {
        self.printed(source).is_some()
    }

    /// Where that is printed.
    pub fn printed(&self, source: Span) -> Option<usize> {
        let before = self.literals.partition_point(|it| it.source.start <= source.start);
        let literal = self.literals.get(before.checked_sub(1)?)?;
        let at = literal.at + (source.start - literal.source.start);
        literal.source.contains(source).then_some(at)
    }
}
