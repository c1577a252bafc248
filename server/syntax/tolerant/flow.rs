//! Flow collections: `[a, b]`, `{a: b}`, over one line or many.
//!
//! One that is never closed ends at the first line that looks like block style, so that a
//! missing bracket costs its own line and not the rest of the file.

use crate::syntax::MAX_DEPTH;
use crate::syntax::faults;
use crate::syntax::lines::{
    is_blank, is_break, is_flow_mark, is_gap, is_marker, line_end, next_line, skip_blanks,
};
use crate::syntax::tolerant::builder::Builder;
use crate::syntax::tree::{Kind, NodeData, NodeId, Style};
use crate::text::Span;

/// How deep brackets are read. kubectl refuses what is nested deeper, and reads no further.
const DEEPEST: usize = 10_000;

/// A flow collection that is being read.
#[derive(Clone, Copy)]
struct Level {
    node: NodeId,
    map: bool,
    /// A pair inside brackets: `[a: b]`.
    pair: bool,
    /// How many children it has.
    len: usize,
}

/// The reading of one flow collection, with all that is inside.
struct Flow {
    start: usize,
    at: usize,
    /// Behind the last thing read.
    end: usize,
    /// The column of the block collection around it.
    parent: i32,
    levels: Vec<Level>,
    /// Whether its bracket has a partner; looked for when it matters.
    has_partner: Option<bool>,
    /// The anchor and the tag in front of what comes next.
    properties: Option<Span>,
    /// Where a colon stands that no key is in front of.
    stray_colon: Option<usize>,
}

impl Builder<'_> {
    /// The flow collection whose bracket stands at `at`; gives its end.
    pub(super) fn flow(&mut self, start: usize, at: usize) -> usize {
        if let Some(top) = self.stack.last_mut() {
            (top.pending, top.soft) = (false, None);
        }
        let parent = self.parent_column();
        let map = self.byte(at) == b'{';
        let kind = if map { Kind::Map { flow: true } } else { Kind::Seq { flow: true } };
        let node = self.add(kind, start, at, at + 1, false);
        self.take_waiting(node);
        let levels = vec![Level { node, map, pair: false, len: 0 }];
        let mut flow = Flow {
            start: at,
            at: at + 1,
            end: at + 1,
            parent,
            levels,
            has_partner: None,
            properties: None,
            stray_colon: None,
        };
        while flow.at < self.bytes.len() && !flow.levels.is_empty() {
            if !self.flow_step(&mut flow) {
                break;
            }
        }
        self.close_flow(&mut flow);
        let end = self.tree.data(node).end as usize;
        if let Some(top) = self.stack.last() {
            let owner = top.node;
            self.stretch(owner, end);
        }
        flow.end
    }

    /// Reads one token; whether the collection goes on.
    fn flow_step(&mut self, flow: &mut Flow) -> bool {
        let at = flow.at;
        let byte = self.byte(at);
        let then = self.byte(at + 1);
        let apart = is_gap(self.bytes, at + 1);
        match byte {
            b' ' | b'\t' => flow.at += 1,
            b'\n' | b'\r' => return self.flow_break(flow),
            b'#' if self.starts_comment(flow) => {
                flow.at = line_end(self.bytes, at);
                self.tree.comments.push(Span::new(at, flow.at));
            }
            b',' => {
                self.fill_properties(flow);
                self.end_pairs(flow);
                self.fill_flow(flow, at);
                flow.step_over(1);
            }
            b']' | b'}' => self.closing_bracket(flow),
            b'[' | b'{' if flow.levels.len() >= DEEPEST => flow.jump(self.bytes.len()),
            b'[' | b'{' => {
                let map = byte == b'{';
                let kind = if map { Kind::Map { flow: true } } else { Kind::Seq { flow: true } };
                let node = self.add_flow(flow, kind, at, at + 1);
                flow.levels.push(Level { node, map, pair: false, len: 0 });
                self.tree.is_too_deep |= flow.levels.len() > MAX_DEPTH;
                flow.step_over(1);
            }
            b':' if apart || is_flow_mark(then) || self.is_behind_bracket(flow) => {
                self.flow_colon(flow);
                flow.step_over(1);
            }
            b'"' | b'\'' => {
                let (end, closed) = self.quoted_end(at, flow.parent);
                let style = if byte == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
                let id = self.add_flow(flow, Kind::Scalar(style), at, end);
                self.set_quoted(id, at, end, closed);
                flow.jump(end);
            }
            b'*' => {
                let end = self.flow_word(at + 1);
                // `{*a: b}`
                let end = end - usize::from(self.byte(end - 1) == b':');
                let id = self.add_flow(flow, Kind::Alias, at, end);
                let name = self.text.get(at + 1..end).unwrap_or_default();
                self.tree.set_value(id, name);
                flow.jump(end);
            }
            b'&' | b'!' => {
                flow.at = self.flow_word(at + 1);
                let start = flow.properties.map_or(at, |before| before.start);
                flow.properties = Some(Span::new(start, flow.at));
            }
            b'?' if apart => {
                // Nobody writes it, and what it makes of a list is another one.
                self.fault(at, at + 1, "`?` is not supported in brackets");
                flow.at += 1;
            }
            _ => self.flow_plain(flow),
        }
        true
    }

    /// Whether the last thing read ends with a quote or a bracket, behind which a colon needs no blank.
    fn is_behind_bracket(&self, flow: &Flow) -> bool {
        b"\"']}".contains(&self.byte(flow.end.wrapping_sub(1)))
    }

    /// Whether `#` starts a comment here. kubectl needs no blank before it behind a quote, a bracket or the
    /// colon of a key in quotes.
    fn starts_comment(&self, flow: &Flow) -> bool {
        let before = self.byte(flow.at - 1);
        is_blank(before)
            || is_break(before)
            || (flow.end == flow.at && (before == b':' || self.is_behind_bracket(flow)))
    }

    /// A line break inside; whether the collection goes on behind it.
    fn flow_break(&mut self, flow: &mut Flow) -> bool {
        let line = next_line(self.bytes, flow.at);
        let first = skip_blanks(self.bytes, line);
        if self.bytes.get(first).is_some_and(|byte| !is_break(*byte)) {
            let byte = self.byte(first);
            let dash = byte == b'-' && is_gap(self.bytes, first + 1);
            let key = self.key(first).filter(|key| key.colon > first);
            let quoted = matches!(byte, b'"' | b'\'');
            let misplaced_key = key.is_some() && !quoted && !self.word_may_start(flow);
            let left = self.column(first) <= flow.parent && !matches!(byte, b']' | b'}');
            let misplaced = dash || misplaced_key || is_marker(self.bytes, line);
            // A key that far left may be in brackets all the same, if they are closed.
            if misplaced || (left && key.is_some() && !self.has_partner(flow)) {
                return false;
            }
        }
        flow.at = first;
        true
    }

    fn has_partner(&self, flow: &mut Flow) -> bool {
        *flow.has_partner.get_or_insert_with(|| self.partner(flow.start).is_some())
    }

    /// Whether a key or a value without quotes can come next. After a colon, text that looks like a key can be
    /// the value and the next key, if the brackets are closed.
    fn word_may_start(&self, flow: &mut Flow) -> bool {
        let behind_colon = self.byte(flow.end.wrapping_sub(1)) == b':';
        self.entry_may_start(flow) || (behind_colon && self.has_partner(flow))
    }

    fn entry_may_start(&self, flow: &Flow) -> bool {
        matches!(self.byte(flow.end.wrapping_sub(1)), b',' | b'[' | b'{')
    }

    fn closing_bracket(&mut self, flow: &mut Flow) {
        let at = flow.at;
        self.fill_properties(flow);
        self.end_pairs(flow);
        self.fill_flow(flow, at);
        let Some(level) = flow.levels.pop() else { return };
        if level.map != (self.byte(at) == b'}') {
            self.fault(at, at + 1, "mismatched closing bracket");
        }
        flow.step_over(1);
        self.tree.data_mut(level.node).end = flow.end as u32;
    }

    /// Adds the value that an anchor or a tag with nothing behind it stands for.
    fn fill_properties(&mut self, flow: &mut Flow) {
        if let Some(Span { end, .. }) = flow.properties {
            self.add_flow(flow, Kind::Scalar(Style::Absent), end, end);
            flow.end = end;
        }
    }

    /// A colon in brackets makes the item before it the key of a pair. Without one the key is absent.
    fn flow_colon(&mut self, flow: &mut Flow) {
        self.fill_properties(flow);
        if self.entry_may_start(flow) {
            let at = flow.at;
            if flow.levels.last().is_some_and(|level| !level.map) {
                let node = self.add_flow(flow, Kind::Map { flow: true }, at, at);
                flow.levels.push(Level { node, map: true, pair: true, len: 0 });
            }
            if flow.levels.last().is_some_and(|level| level.len % 2 == 0) {
                self.add_flow(flow, Kind::Scalar(Style::Absent), at, at);
            }
            return;
        }
        if flow.levels.last().is_some_and(|level| level.map && level.len % 2 == 0) {
            flow.stray_colon.get_or_insert(flow.at);
        }
        let Some(level) = flow.levels.last_mut().filter(|level| !level.map) else { return };
        let Some(key) = self.tree.take_last(level.node) else { return };
        level.len -= 1;
        let data = self.tree.data(key);
        let (start, end) = (data.start as usize, data.end as usize);
        let node = self.add_flow(flow, Kind::Map { flow: true }, start, end);
        self.tree.append(node, key);
        self.tree.data_mut(key).is_key = true;
        flow.levels.push(Level { node, map: true, pair: true, len: 1 });
    }

    fn end_pairs(&mut self, flow: &mut Flow) {
        while flow.levels.last().is_some_and(|level| level.pair) {
            self.fill_flow(flow, flow.at);
            let Some(level) = flow.levels.pop() else { return };
            let last = self.tree.last_child(level.node).map(|id| self.tree.data(id).end);
            self.tree.data_mut(level.node).end = last.unwrap_or(flow.at as u32);
        }
    }

    /// Adds the value that the last key of the innermost map lacks.
    fn fill_flow(&mut self, flow: &mut Flow, at: usize) {
        if flow.levels.last().is_some_and(|level| level.map && level.len % 2 == 1) {
            // It stands where the exact parser puts it: behind the colon, else behind the key.
            let at = flow.end.min(at);
            self.add_flow(flow, Kind::Scalar(Style::Absent), at, at);
        }
    }

    fn add_flow(&mut self, flow: &mut Flow, kind: Kind, start: usize, end: usize) -> NodeId {
        let properties = flow.properties.take().map_or(start, |it| it.start);
        let mut data = NodeData::new(kind, properties, start, end);
        data.indent = flow.parent;
        data.in_flow = true;
        if let Some(level) = flow.levels.last_mut() {
            data.is_key = level.map && level.len % 2 == 0;
            level.len += 1;
        }
        let id = self.tree.push(data);
        if let Some(level) = flow.levels.last() {
            self.tree.append(level.node, id);
        }
        id
    }

    fn flow_word(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let ends = |byte: &u8| is_flow_mark(*byte) || matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        rest.iter().position(ends).map_or(self.bytes.len(), |len| start + len)
    }

    fn flow_plain(&mut self, flow: &mut Flow) {
        let start = flow.at;
        let mut value = String::new();
        let (mut piece, mut end) = (start, start);
        let mut at = start;
        loop {
            if !self.ends_flow_plain(at, start) {
                at += 1;
                continue;
            }
            let stop = self.trim_blanks(piece, at);
            value.push_str(self.text.get(piece..stop).unwrap_or_default());
            end = if stop > piece { stop } else { end };
            let Some(next) = self.flow_continuation(at, flow.parent) else { break };
            value.push(' ');
            (piece, at) = (next, next);
        }
        if end == start {
            // Something that can stand nowhere: taken as one character, so that reading goes on.
            let char = self.text.get(start..).and_then(|rest| rest.chars().next());
            end = start + char.map_or(1, char::len_utf8);
            value = self.text.get(start..end).unwrap_or_default().to_owned();
        }
        let id = self.add_flow(flow, Kind::Scalar(Style::Plain), start, end);
        self.tree.set_value(id, &value);
        flow.jump(end);
    }

    fn ends_flow_plain(&self, at: usize, start: usize) -> bool {
        let Some(&byte) = self.bytes.get(at) else { return true };
        let then = self.byte(at + 1);
        is_flow_mark(byte)
            || is_break(byte)
            || (byte == b':' && (is_gap(self.bytes, at + 1) || is_flow_mark(then)))
            || (byte == b'#' && at > start && is_blank(self.byte(at - 1)))
    }

    /// Where a plain scalar that meets a line break at `at` goes on.
    fn flow_continuation(&self, at: usize, parent: i32) -> Option<usize> {
        if !is_break(*self.bytes.get(at)?) {
            return None;
        }
        let line = next_line(self.bytes, at);
        let first = skip_blanks(self.bytes, line);
        let byte = *self.bytes.get(first)?;
        let ends = is_break(byte) || is_flow_mark(byte) || b"#:\"'".contains(&byte);
        let goes_on = !ends && !is_marker(self.bytes, line) && self.column(first) > parent;
        goes_on.then_some(first)
    }

    /// Closes what is still open, which is a fault.
    fn close_flow(&mut self, flow: &mut Flow) {
        if flow.levels.is_empty() {
            // In brackets that do not end it would be the colon of a line behind them.
            if let Some(at) = flow.stray_colon {
                self.fault(at, at + 1, "unquoted value contains `: `");
            }
            return;
        }
        self.fault(flow.start, flow.end, faults::UNCLOSED_BRACKET);
        self.fill_properties(flow);
        while !flow.levels.is_empty() {
            self.fill_flow(flow, flow.end);
            if let Some(level) = flow.levels.pop() {
                let data = self.tree.data_mut(level.node);
                data.end = data.end.max(flow.end as u32);
                data.incomplete = true;
            }
        }
    }
}

impl Flow {
    fn step_over(&mut self, len: usize) {
        self.jump(self.at + len);
    }

    fn jump(&mut self, end: usize) {
        (self.at, self.end) = (end, end);
    }
}
