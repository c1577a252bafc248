//! Which open collection a line belongs to: the heart of the tolerant parser.

use crate::syntax::faults;
use crate::syntax::tolerant::builder::{Builder, Closed, Frame, Properties};
use crate::syntax::tree::{Kind, NodeData, NodeId, Style};
use crate::text::Span;

const INDENT: &str = "indentation matches no line above";

impl Builder<'_> {
    pub(super) fn set_pending(&mut self, pending: bool) {
        if let Some(top) = self.stack.last_mut() {
            top.pending = pending;
        }
    }

    /// Opens a collection as the value of the innermost one.
    pub(super) fn open(&mut self, map: bool, at: usize, column: i32) {
        if let Some(top) = self.stack.last_mut() {
            (top.pending, top.soft) = (false, None);
        }
        let kind = if map { Kind::Map { flow: false } } else { Kind::Seq { flow: false } };
        let node = self.add(kind, at, at, at, false);
        self.take_waiting(node);
        self.tree.data_mut(node).indent = column;
        self.stack.push(Frame { node, column, map, pending: false, soft: None });
    }

    /// Properties on the line above, such as `key: &name`, belong to `node`.
    pub(super) fn take_waiting(&mut self, node: NodeId) {
        if let Some(Properties { span, anchor }) = self.waiting.take() {
            self.tree.data_mut(node).start = span.start as u32;
            anchor.into_iter().for_each(|anchor| self.tree.set_anchor(anchor, node));
        }
    }

    /// Goes on in a collection that was closed.
    fn enter(&mut self, node: NodeId, map: bool) {
        let column = self.tree.data(node).indent;
        self.stack.push(Frame { node, column, map, pending: false, soft: None });
    }

    fn close_top(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        if self.stack.len() < self.closed.kept {
            self.closed.kept = self.stack.len();
            self.closed.frames.push(frame.clone());
        }
        self.fill(&frame);
        if let Some(last) = self.tree.last_child(frame.node) {
            let end = self.tree.data(last).end;
            self.stretch(frame.node, end as usize);
        }
    }

    fn close_above(&mut self, index: usize) {
        while self.stack.len() > index + 1 {
            self.close_top();
        }
    }

    pub(super) fn close_deeper(&mut self, column: i32) {
        while self.stack.last().is_some_and(|frame| frame.column > column) {
            self.close_top();
        }
    }

    /// Adds the absent value that a key or a dash waited for in vain.
    fn fill(&mut self, frame: &Frame) {
        if !frame.pending {
            return;
        }
        let end = self.tree.data(frame.node).end as usize;
        let waiting = self.waiting.take();
        let properties = waiting.unwrap_or(Properties { span: Span::at(end), anchor: None });
        let Properties { span: Span { start, end }, anchor } = properties;
        let mut data = NodeData::new(Kind::Scalar(Style::Absent), start, end, end);
        data.indent = frame.column;
        let id = self.tree.push(data);
        self.tree.append(frame.node, id);
        if let Some(anchor) = anchor {
            self.tree.set_anchor(anchor, id);
        }
    }

    pub(super) fn fill_top(&mut self) {
        let Some(mut frame) = self.stack.pop() else { return };
        self.fill(&frame);
        frame.pending = false;
        self.stack.push(frame);
    }

    /// A scalar that stood alone turns out to be a key without a colon.
    fn harden(&mut self, column: i32) -> bool {
        let Some(frame) = self.stack.last_mut() else { return false };
        let Some((scalar, _)) = frame.soft.filter(|(_, at)| *at == column) else { return false };
        frame.soft = None;
        let node = frame.node;
        if self.tree.take_last(node) != Some(scalar) {
            return false;
        }
        let data = self.tree.data(scalar);
        let (start, end) = (data.start as usize, data.end as usize);
        let map = self.add(Kind::Map { flow: false }, start, start, end, false);
        self.adopt_key(map, scalar, column, start, end);
        true
    }

    /// Makes `scalar` the first key of `map` and opens the map.
    fn adopt_key(&mut self, map: NodeId, scalar: NodeId, column: i32, start: usize, end: usize) {
        self.tree.data_mut(map).indent = column;
        self.tree.append(map, scalar);
        let data = self.tree.data_mut(scalar);
        (data.is_key, data.incomplete) = (true, true);
        let text = self.text.get(start..end).unwrap_or_default();
        self.fault(start, end, faults::of_key(text));
        self.stack.push(Frame { node: map, column, map: true, pending: true, soft: None });
        self.fill_top();
    }

    /// Makes the innermost open collection the map to which an entry at `column` belongs.
    pub(super) fn seek_map(&mut self, at: usize, column: i32) {
        if self.harden(column) {
            return;
        }
        if self.stack.is_empty() {
            return self.root_map(at, column);
        }
        if let Some(index) = self.frame_at(true, column) {
            self.close_above(index);
            return self.fill_top();
        }
        let (top_column, pending) =
            self.stack.last().map_or((-1, false), |top| (top.column, top.pending));
        if top_column < column && pending {
            return self.open(true, at, column);
        }
        self.fault(at, at + 1, INDENT);
        if !self.may_look(self.stack.len()) {
            return self.last_resort(true, at, column);
        }
        if self.reopen(true, column) {
            return;
        }
        if top_column < column {
            self.deeper_map(at, column);
        } else {
            self.shallower_map(at, column);
        }
    }

    fn frame_at(&self, map: bool, column: i32) -> Option<usize> {
        // In a deep stack only the innermost frames can be meant, or the search would be the cost.
        let deep = self.stack.len() > 256 && self.parent_column() < column;
        let first = if deep { self.stack.len() - 256 } else { 0 };
        let fits = |frame: &Frame| frame.map == map && frame.column == column;
        self.stack.get(first..)?.iter().rposition(fits).map(|index| first + index)
    }

    fn root_map(&mut self, at: usize, column: i32) {
        let Some(root) = self.tree.root_id() else { return self.open(true, at, column) };
        let data = self.tree.data(root);
        let (start, end) = (data.start as usize, data.end as usize);
        match data.kind {
            Kind::Map { flow: false } => {
                self.enter(root, true);
                self.fault(at, at + 1, INDENT);
            }
            Kind::Scalar(_) if self.tree.len() == 1 => {
                self.tree.set_root(None);
                self.open(true, start, column);
                let Some(frame) = self.stack.pop() else { return };
                self.stretch(frame.node, end);
                self.adopt_key(frame.node, root, column, start, end);
            }
            _ => {
                self.fault(at, at + 1, "unexpected text after the end of the document");
                self.open(true, at, column);
            }
        }
    }

    /// An entry deeper than its siblings, with no key above that waits for it.
    fn deeper_map(&mut self, at: usize, column: i32) {
        let Some(top) = self.stack.last_mut().filter(|top| !top.map) else { return };
        top.soft = None;
        let node = top.node;
        match self.tree.last_child(node) {
            Some(item) if self.tree.data(item).kind == (Kind::Map { flow: false }) => {
                self.enter(item, true);
            }
            _ => self.open(true, at, column),
        }
    }

    /// An entry that is shallower than the innermost collection and in line with none.
    fn shallower_map(&mut self, at: usize, column: i32) {
        let lower = self.stack.iter().rposition(|frame| frame.column < column);
        let deeper = self.stack.iter().position(|frame| frame.map && frame.column > column);
        match (lower, deeper) {
            (Some(index), _) if self.stack[index].pending => {
                self.close_above(index);
                self.open(true, at, column);
            }
            (_, Some(index)) => {
                self.close_above(index);
                self.fill_top();
            }
            (Some(index), None) => match self.stack[..=index].iter().rposition(|it| it.map) {
                Some(owner) => {
                    self.close_above(owner);
                    self.fill_top();
                }
                None => {
                    self.close_deeper(column);
                    self.open(true, at, column);
                }
            },
            (None, None) => self.outermost_map(at, column),
        }
    }

    fn outermost_map(&mut self, at: usize, column: i32) {
        self.close_above(0);
        if self.stack.first().is_some_and(|frame| frame.map) {
            return self.fill_top();
        }
        self.close_top();
        self.open(true, at, column);
    }

    /// An outlier on the line before closed collections too early: takes them back.
    fn reopen(&mut self, map: bool, column: i32) -> bool {
        let Closed { kept, frames } = &self.closed_before;
        let fits = |frame: &Frame| frame.map == map && frame.column == column;
        let Some(index) = frames.iter().position(fits) else { return false };
        let opened = self.stack.get(*kept..).unwrap_or_default();
        let pairs = opened.iter().zip(frames.iter().rev());
        let shared = pairs.take_while(|(now, then)| now.node == then.node).count();
        let (shared, kept) = (shared.min(frames.len() - index), *kept);
        let again: Vec<Frame> =
            frames[index..frames.len() - shared].iter().rev().cloned().collect();
        while self.stack.len() > kept + shared {
            self.close_top();
        }
        for frame in again {
            self.stack.push(Frame { pending: false, soft: None, ..frame });
        }
        self.closed_before = Closed::default();
        self.fill_top();
        true
    }

    /// Opens a collection in the innermost one that is not deeper, without a look at what would fit
    /// better.
    fn last_resort(&mut self, map: bool, at: usize, column: i32) {
        self.close_deeper(column);
        match self.stack.last() {
            Some(top) if top.map == map => self.fill_top(),
            _ => self.open(map, at, column),
        }
    }

    /// Makes the innermost open collection the list to which a dash at `column` belongs.
    pub(super) fn seek_seq(&mut self, at: usize, column: i32) {
        if self.stack.is_empty() {
            return self.root_seq(at, column);
        }
        if let Some(index) = self.frame_at(false, column) {
            self.close_above(index);
            return self.fill_top();
        }
        let Some(top) = self.stack.last() else { return };
        let (top_column, pending, map) = (top.column, top.pending, top.map);
        // In line with the key that waits for it, or deeper.
        if pending && ((map && top_column == column) || top_column < column) {
            return self.open(false, at, column);
        }
        self.fault(at, at + 1, INDENT);
        if !self.may_look(self.stack.len()) {
            return self.last_resort(false, at, column);
        }
        if self.reopen(false, column) {
            return;
        }
        if top_column < column {
            self.deeper_seq(at, column, map);
        } else if map && pending && top_column - column <= 4 {
            // A list that stands too far left below the key that waits for it.
            self.open(false, at, column);
        } else {
            self.shallower_seq(at, column);
        }
    }

    fn root_seq(&mut self, at: usize, column: i32) {
        match self.tree.root_id() {
            None => self.open(false, at, column),
            Some(root) if self.tree.data(root).kind == (Kind::Seq { flow: false }) => {
                self.enter(root, false);
            }
            Some(_) => {
                self.fault(at, at + 1, "unexpected text after the end of the document");
                self.open(false, at, column);
            }
        }
    }

    fn deeper_seq(&mut self, at: usize, column: i32, map: bool) {
        if map && !self.continue_seq() {
            self.nameless_key(at);
            self.open(false, at, column);
        }
    }

    /// Goes on in the list that is the last value of the innermost collection.
    fn continue_seq(&mut self) -> bool {
        let last = self.stack.last().and_then(|top| self.tree.last_child(top.node));
        let Some(last) = last.filter(|it| self.tree.data(*it).kind == (Kind::Seq { flow: false }))
        else {
            return false;
        };
        self.enter(last, false);
        true
    }

    /// A list where the key has its value already goes under a key without a name.
    fn nameless_key(&mut self, at: usize) {
        let id = self.add(Kind::Scalar(Style::Absent), at, at, at, true);
        self.tree.data_mut(id).incomplete = true;
        self.set_pending(true);
    }

    fn shallower_seq(&mut self, at: usize, column: i32) {
        let lower = self.stack.iter().rposition(|frame| frame.column < column);
        if let Some(index) = lower.filter(|index| self.stack[*index].pending) {
            self.close_above(index);
            return self.open(false, at, column);
        }
        if let Some(index) = self.stack.iter().position(|it| !it.map && it.column > column) {
            self.close_above(index);
            return self.fill_top();
        }
        if let Some(index) = self.stack.iter().rposition(|frame| frame.column <= column) {
            self.close_above(index);
            let waits = self.stack.last().is_some_and(|frame| !frame.map || frame.pending);
            if !waits {
                if self.continue_seq() {
                    return;
                }
                self.nameless_key(at);
            }
        }
        self.open(false, at, column);
    }
}
