//! Values: quoted, plain and block scalars, aliases.

use crate::syntax::extent;
use crate::syntax::faults;
use crate::syntax::lines::{is_break, is_gap, is_marker, line_end, next_line, skip_blanks};
use crate::syntax::tolerant::builder::{Builder, Properties};
use crate::syntax::tolerant::lexer::ask;
use crate::syntax::tree::{Kind, NodeId, Style};
use crate::text::Span;

impl Builder<'_> {
    /// Text where a key or `- ` is expected: most likely a key that is being typed.
    pub(super) fn bare_text(&mut self, at: usize, column: i32) -> usize {
        let end = self.plain_end(at);
        let line = self.text.get(at..end).unwrap_or_default();
        let bracket = matches!(self.byte(at), b']' | b'}');
        if bracket && line.trim_end_matches([',', ']', '}', ' ']).is_empty() {
            self.fault(at, end, "unexpected closing bracket");
            return next_line(self.bytes, end);
        }
        let word = !b"[{\"'%@`|>&*!,".contains(&self.byte(at));
        let aligned = self.stack.iter().any(|frame| frame.map && frame.column == column);
        self.seek_map(at, column);
        if !self.stack.last().is_some_and(|frame| frame.map) {
            self.open(true, at, column);
        }
        self.fault(at, end, faults::of_key(line));
        let id = self.add(Kind::Scalar(Style::Plain), at, at, end, true);
        self.tree.data_mut(id).incomplete = true;
        self.set_pending(true);
        if !(aligned && word) || line.contains(' ') {
            self.fill_top();
        }
        next_line(self.bytes, end)
    }

    /// A value at `start`; gives the start of the next line to read.
    pub(super) fn value(&mut self, start: usize) -> usize {
        let at = self.behind_properties(start);
        if self.ends_line(at) {
            // The properties of a value on the lines below. An anchor and a tag can have a line each.
            let before = self.waiting.take().filter(|_| at > start);
            self.waiting = (at > start).then(|| Properties {
                span: Span::new(
                    before.map_or(start, |it| it.span.start),
                    self.trim_blanks(start, at),
                ),
                anchor: self.anchor_in(start, at).or(before.and_then(|it| it.anchor)),
            });
            self.note_comment(at);
            return next_line(self.bytes, at);
        }
        match self.byte(at) {
            b'|' | b'>' => self.block(start, at),
            b'"' | b'\'' => self.quoted(start, at),
            b'{' if self.byte(at + 1) == b'{' => self.template(start, at),
            b'[' | b'{' => {
                let end = self.flow(start, at);
                self.rest(end)
            }
            b'*' => self.alias(start, at),
            _ => self.plain(start, at),
        }
    }

    fn block(&mut self, start: usize, at: usize) -> usize {
        let indicators = self.bytes.get(at + 1..).unwrap_or_default();
        let len =
            indicators.iter().take_while(|it| matches!(it, b'+' | b'-' | b'0'..=b'9')).count();
        let behind = skip_blanks(self.bytes, at + 1 + len);
        if !self.ends_line(behind) {
            return self.plain(start, at);
        }
        let parent = self.parent_column();
        let end = extent::block(self.bytes, at, parent).min(self.bytes.len());
        let source = self.text.get(at..end).unwrap_or_default();
        let value = if parent < 0 {
            ask(&format!("--- {source}"))
        } else {
            ask(&format!("{}k: {source}", " ".repeat(parent as usize)))
        };
        let style = if self.byte(at) == b'|' { Style::Literal } else { Style::Folded };
        let id = self.put(Kind::Scalar(style), start, at, end);
        let value = value.unwrap_or_default();
        self.tree.set_value(id, extent::block_value(self.bytes, at..end, parent, &value));
        self.note_comment(behind);
        let complete = end > 0 && is_break(self.byte(end - 1));
        if complete { end } else { next_line(self.bytes, end) }
    }

    fn quoted(&mut self, start: usize, at: usize) -> usize {
        let (end, closed) = self.quoted_end(at, self.parent_column());
        let style = if self.byte(at) == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let id = self.put(Kind::Scalar(style), start, at, end);
        self.set_quoted(id, at, end, closed);
        self.rest(end)
    }

    /// Gives the quoted scalar `id` its text.
    pub(super) fn set_quoted(&mut self, id: NodeId, at: usize, end: usize, closed: bool) {
        if closed {
            let text = self.decoded(at, end).into_owned();
            self.tree.set_value(id, &text);
            return;
        }
        self.fault(at, end, faults::UNCLOSED_QUOTE);
        self.tree.data_mut(id).incomplete = true;
        let text = self.text.get(at + 1..end).unwrap_or_default();
        self.tree.set_value(id, text);
    }

    /// `{{ ... }}` as a value is opaque up to the end of the line.
    fn template(&mut self, start: usize, at: usize) -> usize {
        let end = self.plain_end(at);
        self.fault(at, end, faults::TEMPLATE);
        self.put(Kind::Scalar(Style::Plain), start, at, end);
        self.rest(end)
    }

    fn alias(&mut self, start: usize, at: usize) -> usize {
        let mut end = at + 1;
        while !is_gap(self.bytes, end) {
            end += 1;
        }
        if end == at + 1 {
            let end = self.plain_end(at);
            self.fault(at, end, faults::STAR);
            self.put(Kind::Scalar(Style::Plain), start, at, end);
            return self.rest(end);
        }
        let id = self.put(Kind::Alias, start, at, end);
        let name = self.text.get(at + 1..end).unwrap_or_default();
        self.tree.set_value(id, name);
        self.rest(end)
    }

    /// What stands behind a value on its line.
    fn rest(&mut self, end: usize) -> usize {
        let behind = skip_blanks(self.bytes, end);
        if self.ends_line(behind) {
            self.note_comment(behind);
        } else {
            let line_end = line_end(self.bytes, behind);
            self.fault(behind, line_end, "unexpected text after the value");
        }
        next_line(self.bytes, behind)
    }

    fn put(&mut self, kind: Kind, start: usize, content: usize, end: usize) -> NodeId {
        if self.stack.is_empty() && self.tree.root_id().is_some() {
            self.fault(content, end, "unexpected text after the end of the document");
        }
        let id = self.add(kind, start, content, end, false);
        self.take_waiting(id);
        if let Some(top) = self.stack.last_mut() {
            (top.pending, top.soft) = (false, None);
        }
        id
    }

    fn plain(&mut self, start: usize, at: usize) -> usize {
        let column = self.column(at);
        let end = self.plain_end(at);
        let first = self.text.get(at..end).unwrap_or_default();
        let fault = match self.byte(at) {
            b'@' | b'`' | b'%' => Some(faults::FIRST_CHARACTER),
            b'-' if is_gap(self.bytes, at + 1) => Some(faults::ITEM_INLINE),
            b'?' if is_gap(self.bytes, at + 1) => Some(faults::KEY_INLINE),
            _ => None,
        };
        let holds_key = || first.contains(": ") || first.contains(":\t") || first.ends_with(':');
        if let Some(fault) = fault.or_else(|| holds_key().then_some("unquoted value contains `: `"))
        {
            self.fault(at, end, fault);
        }
        let mut run = Run { value: first.to_owned(), end, next: next_line(self.bytes, end) };
        let behind = skip_blanks(self.bytes, end);
        if self.byte(behind) == b'#' {
            self.note_comment(behind);
        } else {
            self.continuation(&mut run, column);
        }
        let id = self.put(Kind::Scalar(Style::Plain), start, at, run.end);
        self.tree.set_value(id, &run.value);
        if run.end == end
            && let Some(top) = self.stack.last_mut()
        {
            top.soft = Some((id, column));
        }
        run.next
    }

    /// The lines on which a plain scalar goes on.
    fn continuation(&mut self, run: &mut Run, column: i32) {
        let (mut line, mut blanks) = (run.next, 0);
        while line < self.bytes.len() {
            let first = skip_blanks(self.bytes, line);
            if first >= self.bytes.len() {
                return;
            }
            if is_break(self.byte(first)) {
                blanks += 1;
                line = next_line(self.bytes, first);
                continue;
            }
            if self.ends_plain(line, first, column) {
                return;
            }
            let end = self.plain_end(first);
            run.value.push_str(&if blanks == 0 { " ".to_owned() } else { "\n".repeat(blanks) });
            run.value.push_str(self.text.get(first..end).unwrap_or_default());
            run.end = end;
            run.next = next_line(self.bytes, end);
            let behind = skip_blanks(self.bytes, end);
            if self.byte(behind) == b'#' {
                return self.note_comment(behind);
            }
            (line, blanks) = (run.next, 0);
        }
    }

    /// Whether the line at `line`, with content from `first` on, is not a part of the plain
    /// scalar at `column` above it.
    fn ends_plain(&self, line: usize, first: usize, column: i32) -> bool {
        let own = self.column(first);
        // YAML goes on with `- x` below `key: text`, but a user rather starts a list.
        let dash = self.byte(first) == b'-' && is_gap(self.bytes, first + 1) && own <= column;
        is_marker(self.bytes, line)
            || self.byte(first) == b'#'
            || own <= self.parent_column()
            || self.bytes.get(first..).is_some_and(|rest| rest.starts_with(b"{{"))
            || dash
            || self.key(first).is_some()
    }
}

/// A plain scalar over several lines.
struct Run {
    value: String,
    end: usize,
    /// The start of the line behind it.
    next: usize,
}
