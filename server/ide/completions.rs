//! Completion at a place of a file.

use crate::complete::{self, Item};
use crate::ide::Document;
use crate::ide::completing::retain_harmless;
use crate::pod::Known;
use crate::rules;
use crate::text::Span;

impl Document {
    /// What fits at `offset`. The documentation of an item comes from `complete::resolve`.
    pub fn completions(&self, offset: usize) -> Vec<Item> {
        self.completions_around(offset, &|| self.known())
    }

    /// The same, given what may be named in this document. Nothing in a file for another program, and where
    /// the document is nested so deep that reading it again takes much memory.
    pub fn completions_around(&self, offset: usize, known: &dyn Fn() -> Known) -> Vec<Item> {
        let found = self.stream.document_at(offset);
        let is_too_deep = found.is_some_and(|(_, analysis)| analysis.parse.tree.is_too_deep);
        if is_too_deep || self.is_foreign() {
            return Vec::new();
        }
        let (start, text) = match found {
            Some((start, analysis)) => (start, analysis.parse.tree.text()),
            None => (0, ""),
        };
        let whole;
        // Behind the last document, and in a file without one, the gap is where text will be.
        let text = if found.is_none() || offset > start + text.len() {
            whole = self.text.slice(Span::new(start, self.text.len()));
            &whole
        } else {
            text
        };
        let version = found
            .map_or(self.scope.target(), |(_, analysis)| self.scope.target_of(&analysis.parse))
            .version;
        let codes = rules::ALL.iter().map(|rule| rule.code);
        let said = complete::in_comment(text, offset - start, codes);
        let mut items =
            said.unwrap_or_else(|| complete::complete(text, offset - start, version, known));
        retain_harmless(text, offset - start, &mut items);
        for item in &mut items {
            item.replace = item.replace.shifted(start);
            item.also.iter_mut().for_each(|edit| edit.span = edit.span.shifted(start));
        }
        items
    }
}
