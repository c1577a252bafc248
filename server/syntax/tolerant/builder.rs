//! The tree that is being built, and the block collections that are open.

use std::cell::Cell;

use crate::syntax::faults::Fault;
use crate::syntax::lines::{is_blank, is_break, is_line_start, line_end, line_start};
use crate::syntax::tree::{Kind, NodeData, NodeId, Tree};
use crate::text::Span;

/// How often a text may be looked at again, on average, to read it. People's texts need less than one.
const LOOKS: usize = 8;

/// How far the text is read, and the tree up to there.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) tree: Tree,
    /// The open block collections, outermost first.
    pub(super) stack: Vec<Frame>,
    pub(super) faults: Vec<Fault>,
    /// A `? key` waits for its `: value`.
    pub(super) complex: bool,
    /// What the line at hand closed, and what the line before it closed: an outlier's work can be
    /// taken back.
    pub(super) closed: Closed,
    pub(super) closed_before: Closed,
    /// How much may still be looked at more than once: ahead for a closing bracket or quote, back
    /// over the open collections. What is out of reach then counts as missing.
    left: Cell<usize>,
    /// The properties of a value that stands on the lines below, if it is there at all.
    pub(super) waiting: Option<Properties>,
}

/// The anchor and the tag in front of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Properties {
    pub(super) span: Span,
    pub(super) anchor: Option<Span>,
}

/// An open block collection.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) node: NodeId,
    pub(super) column: i32,
    pub(super) map: bool,
    /// A key or a dash waits for its value.
    pub(super) pending: bool,
    /// The plain one-line scalar that was the last value, and its column: it may turn out to be
    /// a key whose colon is not typed yet.
    pub(super) soft: Option<(NodeId, i32)>,
}

/// The collections that a line closed.
#[derive(Default)]
pub(super) struct Closed {
    /// How many of those that were open before it are open still.
    pub(super) kept: usize,
    /// The others, the innermost first.
    pub(super) frames: Vec<Frame>,
}

impl Closed {
    /// Nothing yet of what is open now.
    pub(super) fn of(stack: &[Frame]) -> Self {
        Self { kept: stack.len(), frames: Vec::new() }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            tree: Tree::new(text),
            stack: Vec::new(),
            faults: Vec::new(),
            complex: false,
            closed: Closed::default(),
            closed_before: Closed::default(),
            left: Cell::new(LOOKS * text.len() + 10_000),
            waiting: None,
        }
    }

    /// Whether `steps` more bytes or collections may be looked at again.
    pub(super) fn may_look(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    pub(super) fn parent_column(&self) -> i32 {
        self.stack.last().map_or(-1, |frame| frame.column)
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Notes a fault. One that is told of a byte is one of the character that starts there.
    pub(super) fn fault(&mut self, start: usize, end: usize, message: &'static str) {
        let mut end = end.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.faults.push(Fault { span: Span::new(start, end), message });
    }

    /// The column of `at`. A tab counts as two, the width most people set for YAML.
    pub(super) fn column(&self, at: usize) -> i32 {
        let start = line_start(self.bytes, at);
        let head = self.text.get(start..at).unwrap_or_default();
        head.chars().map(|char| if char == '\t' { 2 } else { 1 }).sum()
    }

    /// Whether nothing but a comment stands from `at` to the end of the line.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None | Some(0) => true,
            Some(b'#') => at == 0 || is_blank(self.byte(at - 1)) || is_line_start(self.bytes, at),
            Some(&byte) => is_break(byte),
        }
    }

    pub(super) fn note_comment(&mut self, at: usize) {
        if self.byte(at) == b'#' {
            self.tree.comments.push(Span::new(at, line_end(self.bytes, at)));
        }
    }

    /// Adds a node under the innermost open collection.
    pub(super) fn add(
        &mut self,
        kind: Kind,
        start: usize,
        content: usize,
        end: usize,
        is_key: bool,
    ) -> NodeId {
        let mut data = NodeData::new(kind, start, content, end);
        data.is_key = is_key;
        data.indent = self.parent_column();
        let id = self.tree.push(data);
        match self.stack.last() {
            Some(frame) => {
                let parent = frame.node;
                self.tree.append(parent, id);
                self.stretch(parent, end);
            }
            None if self.tree.root_id().is_none() => self.tree.set_root(Some(id)),
            None => {}
        }
        if let Some(at) = self.anchor_in(start, content) {
            self.tree.set_anchor(at, id);
        }
        id
    }

    /// Makes the innermost collection reach to `end` at least.
    pub(super) fn stretch_top(&mut self, end: usize) {
        if let Some(node) = self.stack.last().map(|top| top.node) {
            self.stretch(node, end);
        }
    }

    /// Makes `node` reach to `end` at least.
    pub(super) fn stretch(&mut self, node: NodeId, end: usize) {
        let data = self.tree.data_mut(node);
        data.end = data.end.max(end as u32);
    }
}
