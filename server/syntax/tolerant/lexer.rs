//! What a piece of a line is: a key, an anchor, the end of a plain or quoted scalar.

use std::borrow::Cow;

use yaml_rust2::parser::{Event, Parser};

use crate::syntax::lines::{
    is_blank, is_break, is_flow_mark, is_gap, is_marker, line_end, next_line, skip_blanks,
};
use crate::syntax::slips::has_glued_dash;
use crate::syntax::tolerant::builder::Builder;
use crate::text::Span;

/// A key and its colon.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// With its anchor and tag.
    pub(super) start: usize,
    pub(super) content: usize,
    pub(super) end: usize,
    pub(super) colon: usize,
}

/// How many of the innermost collections are searched, to limit the time for a deep stack.
const MOST_FRAMES: usize = 256;

impl<'a> Builder<'a> {
    /// The key at `at`, if the line goes on with `key:`.
    pub(super) fn key(&self, at: usize) -> Option<Key> {
        let content = self.behind_properties(at);
        let end = line_end(self.bytes, content);
        match self.byte(content) {
            b'"' | b'\'' => self.quoted_key(at, content, end),
            b'{' if self.byte(content + 1) == b'{' => self.template_key(at, content, end),
            b'[' | b'{' | b']' | b'}' | b',' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => None,
            b'-' | b'?' | b':' if is_gap(self.bytes, content + 1) => None,
            _ => self.plain_key(at, content, end),
        }
    }

    /// The column of the map whose first entry directly follows the dash at `at`: `-name: x`. The dash is not
    /// part of the key if the next line continues the map or the lines above are items.
    pub(super) fn glued_item(&self, at: usize, column: i32) -> Option<i32> {
        let end = line_end(self.bytes, at);
        if !has_glued_dash(self.text.get(at..end)?) {
            return None;
        }
        let value = skip_blanks(self.bytes, self.key(at)?.colon + 1);
        let text = self.text.get(value..self.plain_end(value))?;
        let quoted = text.len() > 1 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']);
        if !quoted && !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            return None;
        }
        let below = skip_blanks(self.bytes, next_line(self.bytes, end));
        let inner = self.column(below);
        if inner > column && self.key(below).is_some() {
            return Some(inner);
        }
        // The lines above are items of a list, and no map is in this column.
        let frames = || self.stack.iter().rev().take(MOST_FRAMES);
        let here = |map: bool| frames().any(|it| it.map == map && it.column == column);
        (here(false) && !here(true) && column >= 0).then_some(column + 2)
    }

    fn quoted_key(&self, start: usize, content: usize, line_end: usize) -> Option<Key> {
        let quote = self.byte(content);
        let mut at = content + 1;
        while at < line_end {
            let byte = self.byte(at);
            let escape = byte == b'\\' && quote == b'"';
            let doubled = byte == b'\'' && quote == b'\'' && self.byte(at + 1) == b'\'';
            if escape || doubled {
                at += 2;
                continue;
            }
            if byte == quote {
                break;
            }
            at += 1;
        }
        let colon = skip_blanks(self.bytes, at + 1);
        let fits = at < line_end && self.byte(colon) == b':' && is_gap(self.bytes, colon + 1);
        fits.then_some(Key { start, content, end: at + 1, colon })
    }

    /// `{{ .name }}: value`
    fn template_key(&self, start: usize, content: usize, line_end: usize) -> Option<Key> {
        let braces = self.text.get(content..line_end)?.find("}}")?;
        let mut at = content + braces + 2;
        while at < line_end && !(self.byte(at) == b':' && is_gap(self.bytes, at + 1)) {
            if is_blank(self.byte(at)) {
                return None;
            }
            at += 1;
        }
        (at < line_end).then_some(Key { start, content, end: at, colon: at })
    }

    fn plain_key(&self, start: usize, content: usize, line_end: usize) -> Option<Key> {
        let mut colon = content;
        while colon < line_end {
            match self.byte(colon) {
                b':' if is_gap(self.bytes, colon + 1) => {
                    let end = self.trim_blanks(content, colon);
                    return Some(Key { start, content, end, colon });
                }
                b'#' if colon > content && is_blank(self.byte(colon - 1)) => return None,
                _ => colon += 1,
            }
        }
        None
    }

    /// The end of `start..end` without the blanks at its end.
    pub(super) fn trim_blanks(&self, start: usize, mut end: usize) -> usize {
        while end > start && is_blank(self.byte(end - 1)) {
            end -= 1;
        }
        end
    }

    /// Behind the anchor and the tag at `at`.
    pub(super) fn behind_properties(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b'&' | b'!') {
            while !is_gap(self.bytes, at) {
                at += 1;
            }
            at = skip_blanks(self.bytes, at);
        }
        at
    }

    /// The `&name` among the properties of a node.
    pub(super) fn anchor_in(&self, start: usize, content: usize) -> Option<Span> {
        let properties = self.text.get(start..content).filter(|it| it.contains('&'))?;
        let at = start + properties.find('&')?;
        let len = properties.get(at - start..)?.find(char::is_whitespace);
        Some(Span::new(at, len.map_or(content, |len| at + len)))
    }

    /// Where the plain text at `at` ends on its line, before blanks and a comment.
    pub(super) fn plain_end(&self, at: usize) -> usize {
        let end = line_end(self.bytes, at);
        let comment = |place: usize| self.byte(place) == b'#' && is_blank(self.byte(place - 1));
        let end = (at + 1..end).find(|place| comment(*place)).unwrap_or(end);
        self.trim_blanks(at, end)
    }

    /// The end of the quoted scalar at `at` under column `parent`, and whether it is closed.
    ///
    /// A quote that is still open where a line is not deeper than the parent is taken to end on
    /// its own line, so that one missing quote does not swallow the rest of the file; unless that line is
    /// nothing but the closing quote.
    pub(super) fn quoted_end(&self, start: usize, parent: i32) -> (usize, bool) {
        let quote = self.byte(start);
        let mut at = start + 1;
        while at < self.bytes.len() {
            let byte = self.byte(at);
            if byte == b'\\' && quote == b'"' {
                at += 2;
            } else if byte == quote {
                if quote == b'\'' && self.byte(at + 1) == quote {
                    at += 2;
                    continue;
                }
                return (at + 1, true);
            } else if is_break(byte) {
                let next = next_line(self.bytes, at);
                if self.ends_quote(next, parent) {
                    match self.lone_quote(next, quote) {
                        Some(end) => return (end, true),
                        None => break,
                    }
                }
                if !self.may_look(next - at) {
                    break;
                }
                at = next;
            } else {
                at += 1;
            }
        }
        let end = line_end(self.bytes, start).max(start + 1).min(self.bytes.len());
        (self.trim_blanks(start + 1, end), false)
    }

    /// Where the bracket at `start` is closed, if all brackets between come in pairs.
    pub(super) fn partner(&self, start: usize) -> Option<usize> {
        let mut open = Vec::new();
        let mut at = start;
        while at < self.bytes.len() {
            let (before, byte) = (self.byte(at.wrapping_sub(1)), self.byte(at));
            let apart = is_blank(before) || is_break(before);
            match byte {
                b'[' => open.push(b']'),
                b'{' => open.push(b'}'),
                b']' | b'}' if open.pop() != Some(byte) => return None,
                b'"' | b'\'' if apart || is_flow_mark(before) || before == b':' => {
                    at = self.quoted_end(at, -1).0;
                    continue;
                }
                b'#' if apart => at = line_end(self.bytes, at),
                b'-' | b'.' if is_break(before) && is_marker(self.bytes, at) => return None,
                _ => {}
            }
            if open.is_empty() {
                return Some(at);
            }
            if !self.may_look(1) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The end of the `quote` that is alone in its line.
    fn lone_quote(&self, line: usize, quote: u8) -> Option<usize> {
        let first = skip_blanks(self.bytes, line);
        let is_alone = skip_blanks(self.bytes, first + 1) >= line_end(self.bytes, first);
        (self.byte(first) == quote && is_alone).then_some(first + 1)
    }

    fn ends_quote(&self, line: usize, parent: i32) -> bool {
        let first = skip_blanks(self.bytes, line);
        let blank = self.bytes.get(first).is_none_or(|byte| is_break(*byte));
        !blank && (is_marker(self.bytes, line) || self.column(first) <= parent)
    }

    /// The text of a scalar.
    pub(super) fn decoded(&self, start: usize, end: usize) -> Cow<'a, str> {
        let text = self.text.get(start..end).unwrap_or_default();
        if text.starts_with(['"', '\'']) { unquoted(text) } else { Cow::Borrowed(text) }
    }
}

/// What quoted text stands for; quotes with escapes or several lines are decoded by the exact parser.
pub(crate) fn unquoted(text: &str) -> Cow<'_, str> {
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    let one_line = !text.contains(['\n', '\r']);
    match text.as_bytes().first() {
        Some(b'\'') if one_line && !inner.contains('\'') => Cow::Borrowed(inner),
        Some(b'\'') if one_line => Cow::Owned(inner.replace("''", "'")),
        Some(b'"') if one_line && !text.contains('\\') => Cow::Borrowed(inner),
        _ => ask(&format!("--- {text}\n")).map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// The last scalar of `text` as the exact parser decodes it.
pub(super) fn ask(text: &str) -> Option<String> {
    let mut parser = Parser::new_from_str(text);
    let mut last = None;
    loop {
        match parser.next_token().ok()?.0 {
            Event::Scalar(value, ..) => last = Some(value),
            Event::StreamEnd => return last,
            _ => {}
        }
    }
}
