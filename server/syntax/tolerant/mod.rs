//! The tolerant parser: makes a tree of any text from lines and indents.
//!
//! While somebody types, every other state is refused by the exact parser, so this is the usual
//! path and not the exception. It never fails; what it had to guess stands in `faults`. On text
//! that the exact parser takes, both make the same tree, which the tests check on every document
//! they have.

mod builder;
mod flow;
mod lexer;
mod stack;
mod values;

use crate::stop;
use crate::syntax::characters;
use crate::syntax::faults::{self, Fault};
use crate::syntax::lines::{
    is_blank, is_break, is_gap, is_marker, line_end, next_line, skip_blanks,
};
use crate::syntax::tolerant::builder::{Builder, Closed};
use crate::syntax::tolerant::lexer::Key;
pub(crate) use crate::syntax::tolerant::lexer::unquoted;
use crate::syntax::tree::{Kind, Style, Tree};
use crate::text::Span;

/// The message of a fault behind `?`: only keys of one word are understood there.
const LONG_KEY: &str = "invalid key after `?`: expected a single word";

/// Builds the tree of one document. Faults are in the order in which they were met.
pub(crate) fn read(text: &str) -> (Tree, Vec<Fault>) {
    let mut builder = Builder::new(text);
    builder.run();
    if let Some(at) = characters::forbidden(text) {
        builder.forbidden(at);
    }
    (builder.tree.finish(), builder.faults)
}

impl Builder<'_> {
    fn run(&mut self) {
        let mut at = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut started = false;
        while at < self.bytes.len() {
            stop::point();
            if is_marker(self.bytes, at) {
                if self.byte(at) == b'.' || started {
                    break;
                }
                started = true;
                at = self.marker(at);
                continue;
            }
            let first = skip_blanks(self.bytes, at);
            if first >= self.bytes.len() {
                break;
            }
            let directive = self.byte(first) == b'%' && first == at;
            at = if directive && !started && self.tree.root_id().is_none() {
                next_line(self.bytes, first)
            } else if let Some(next) = self.trivia_line(first) {
                next
            } else {
                started = true;
                self.line(at, first)
            };
        }
        self.close_deeper(i32::MIN);
    }

    /// Reports the character at `at` among the faults, at its place.
    fn forbidden(&mut self, at: usize) {
        let len = self.text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let fault = Fault { span: Span::new(at, at + len), message: characters::FORBIDDEN };
        let place = self.faults.partition_point(|before| before.span.start < at);
        self.faults.insert(place, fault);
    }

    /// The line of a `---`; gives the start of the next line.
    fn marker(&mut self, at: usize) -> usize {
        let content = skip_blanks(self.bytes, at + 3);
        if self.ends_line(content) {
            self.note_comment(content);
            return next_line(self.bytes, at);
        }
        self.content(content, -1)
    }

    /// A blank line, a comment or a line that is only a template action: gives the next line.
    fn trivia_line(&mut self, first: usize) -> Option<usize> {
        if is_break(self.byte(first)) {
            return Some(next_line(self.bytes, first));
        }
        let end = line_end(self.bytes, first);
        if self.byte(first) == b'#' {
            self.tree.comments.push(Span::new(first, end));
            return Some(next_line(self.bytes, first));
        }
        let line = self.text.get(first..end)?.trim_end();
        let braces =
            line.starts_with("{{") && line.ends_with("}}") && line.matches("{{").count() == 1;
        let percents = line.starts_with("{%") && line.ends_with("%}");
        if !(braces || percents) || self.key(first).is_some() {
            return None;
        }
        self.tree.comments.push(Span::new(first, end));
        self.fault(first, end, faults::TEMPLATE_LINE);
        Some(next_line(self.bytes, first))
    }

    /// A line with content from `first` on; gives the start of the next line to read.
    fn line(&mut self, start: usize, first: usize) -> usize {
        let indented = self.bytes.get(start..first).unwrap_or_default();
        let in_flow = matches!(self.byte(first), b'[' | b'{' | b']' | b'}' | b'"' | b'\'');
        if indented.contains(&b'\t') && !in_flow {
            self.fault(start, first, faults::TAB);
        }
        self.closed_before = std::mem::replace(&mut self.closed, Closed::of(&self.stack));
        self.content(first, self.column(first))
    }

    /// Content from `at`, at `column` (-1: behind `---`); gives the start of the next line.
    fn content(&mut self, mut at: usize, mut column: i32) -> usize {
        loop {
            let byte = self.byte(at);
            let apart = is_gap(self.bytes, at + 1);
            if byte == b'-' && apart {
                self.dash(at, column);
                let next = skip_blanks(self.bytes, at + 1);
                if self.ends_line(next) {
                    self.note_comment(next);
                    return next_line(self.bytes, next);
                }
                // Counted on from here: a line of many dashes would be counted again and again.
                column += self.text.get(at..next).map_or(0, |it| it.chars().count()) as i32;
                at = next;
                continue;
            }
            if let Some(inner) = self.glued_item(at, column) {
                self.fault(at, self.plain_end(at), faults::DASH_GLUED);
                self.dash(at, column);
                (at, column) = (at + 1, inner);
                continue;
            }
            if byte == b'?' && apart {
                return self.complex_key(at, column);
            }
            let in_column = || self.stack.last().is_some_and(|top| top.column == column);
            if byte == b':' && apart && self.complex && in_column() {
                self.complex = false;
                self.stretch_top(at + 1);
                return self.behind_mark(at);
            }
            if let Some(key) = self.key(at) {
                return self.keyed(key, column);
            }
            if column >= 0 && !self.awaits_value(column) {
                return self.bare_text(at, column);
            }
            if std::mem::take(&mut self.complex) {
                self.fault(at, line_end(self.bytes, at), LONG_KEY);
            }
            return self.value(at);
        }
    }

    fn dash(&mut self, at: usize, column: i32) {
        self.seek_seq(at, column);
        let Some(top) = self.stack.last_mut() else { return };
        top.pending = true;
        top.soft = None;
        let node = top.node;
        self.stretch(node, at + 1);
    }

    fn complex_key(&mut self, at: usize, column: i32) -> usize {
        self.seek_map(at, column);
        self.complex = true;
        let key = skip_blanks(self.bytes, at + 1);
        if self.ends_line(key) {
            self.fault(at, at + 1, "missing key after `?`");
            return next_line(self.bytes, key);
        }
        // Only simple keys: the rest of the line.
        let end = self.plain_end(key);
        let is_mark = matches!(self.byte(key), b'-' | b'?' | b':') && is_gap(self.bytes, key + 1);
        let rest = self.bytes.get(end..).unwrap_or_default();
        let below = rest.iter().position(|byte| !is_blank(*byte) && !is_break(*byte));
        let goes_on = below.is_some_and(|below| self.column(end + below) > column);
        let is_simple = self.key(key).is_none() && !b"[{&!|>".contains(&self.byte(key));
        if is_mark || goes_on || !is_simple {
            self.fault(key, end, LONG_KEY);
        }
        let style = match self.byte(key) {
            b'"' => Style::DoubleQuoted,
            b'\'' => Style::SingleQuoted,
            _ => Style::Plain,
        };
        let id = self.add(Kind::Scalar(style), key, key, end, true);
        let text = self.decoded(key, end);
        self.tree.set_value(id, &text);
        self.set_pending(true);
        next_line(self.bytes, end)
    }

    fn behind_mark(&mut self, at: usize) -> usize {
        let value = skip_blanks(self.bytes, at + 1);
        if self.ends_line(value) {
            self.note_comment(value);
            return next_line(self.bytes, value);
        }
        self.value(value)
    }

    fn keyed(&mut self, key: Key, column: i32) -> usize {
        self.complex = false;
        let mut column = column;
        if column == -1 {
            self.fault(key.start, self.plain_end(key.start), faults::BEHIND_START);
            column = self.column(key.start);
        }
        self.seek_map(key.start, column);
        let kind = match self.byte(key.content) {
            b'"' => Kind::Scalar(Style::DoubleQuoted),
            b'\'' => Kind::Scalar(Style::SingleQuoted),
            b'*' => Kind::Alias,
            _ => Kind::Scalar(Style::Plain),
        };
        let id = self.add(kind, key.start, key.content, key.end, true);
        let text = self.decoded(key.content, key.end);
        let text = if kind == Kind::Alias { text.trim_start_matches('*') } else { &text };
        self.tree.set_value(id, text);
        if let Some(top) = self.stack.last_mut() {
            (top.pending, top.soft) = (true, None);
        }
        self.stretch_top(key.colon + 1);
        self.behind_mark(key.colon)
    }

    fn awaits_value(&self, column: i32) -> bool {
        match self.stack.last() {
            Some(frame) => frame.pending && frame.column < column,
            None => self.tree.root_id().is_none(),
        }
    }
}
