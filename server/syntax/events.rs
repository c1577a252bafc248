//! The exact parser: yaml-rust2 says what is there, a cursor that follows the source says where.
//!
//! The pull parser gives each node a start mark and nothing else, and the mark of some nodes is
//! that of something else. So a cursor walks the source beside the events: before a node it reads
//! the gap (blanks, comments, `-`, `?`, `:`, `,`, anchors and tags), then the node itself.

use std::mem;

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::{Marker, ScanError, TScalarStyle};

use crate::stop;
use crate::syntax::lines::{self, Lines, is_break, is_flow_mark, is_gap, is_line_start, is_marker};
use crate::syntax::tree::{Kind, NodeData, NodeId, Style, Tree};
use crate::syntax::{MAX_DEPTH, characters, extent};
use crate::text::Span;

/// Why and where yaml-rust2 refuses a text.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) at: usize,
    pub(crate) message: String,
}

/// kubectl takes 10,000 levels of brackets in 10,000 of indentation; a list may stand at the indentation
/// of the map around it.
const DEEPEST: usize = 30_000;

/// Reads one document. With a refusal, the tree holds what stands before it.
pub(crate) fn read(text: &str) -> (Tree, Option<Refusal>) {
    let mut walker = Walker::new(text);
    // yaml-rust2 takes most of them, and ends silently at a NUL.
    if let Some(at) = characters::forbidden(text) {
        return (walker.finish(), Some(Refusal { at, message: characters::FORBIDDEN.to_owned() }));
    }
    let mut parser = Parser::new_from_str(walker.text);
    loop {
        match parser.next_token() {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event @ Event::MappingStart(..), mark)) => match parser.peek() {
                // `[ {a: b}: c ]`: the pair and the map that is its key carry the same mark.
                Ok((next, at)) => {
                    let twin = matches!(next, Event::MappingStart(..)) && *at == mark;
                    walker.event(event, mark, twin);
                }
                // Asked again, it would go on behind the fault.
                Err(error) => return walker.refused(&error),
            },
            Ok((event, mark)) => walker.event(event, mark, false),
            Err(error) => return walker.refused(&error),
        }
        if walker.open.len() > DEEPEST {
            let at = walker.at + walker.base;
            let message = "this is nested more than 10,000 levels deep".to_owned();
            return (walker.finish(), Some(Refusal { at, message }));
        }
    }
    (walker.finish(), None)
}

struct Walker<'a> {
    /// The text behind a byte order mark, up to the sign that ends the document.
    text: &'a str,
    bytes: &'a [u8],
    /// The length of the byte order mark.
    base: usize,
    lines: Lines,
    at: usize,
    tree: Tree,
    open: Vec<Open>,
}

/// A collection that is being read.
struct Open {
    node: NodeId,
    indent: i32,
    flow: bool,
    map: bool,
    expects_key: bool,
    /// Has a bracket that ends it.
    bracket: bool,
}

impl<'a> Walker<'a> {
    fn new(text: &'a str) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let base = text.len() - body.len();
        // Nobody reads on behind the first document.
        let end = lines::document_end(body.as_bytes()).map(|at| at + "...".len());
        let body = end.and_then(|end| body.get(..end)).unwrap_or(body);
        Self {
            text: body,
            bytes: body.as_bytes(),
            base,
            lines: Lines::new(body),
            at: 0,
            tree: Tree::new(text),
            open: Vec::new(),
        }
    }

    fn refused(self, error: &ScanError) -> (Tree, Option<Refusal>) {
        let mark = error.marker();
        let at = self.lines.offset(self.text, mark.line(), mark.col());
        let refusal = Refusal { at: at + self.base, message: error.info().to_owned() };
        (self.finish(), Some(refusal))
    }

    /// Closes what a refusal left open.
    fn finish(mut self) -> Tree {
        while let Some(open) = self.open.pop() {
            self.tree.data_mut(open.node).end = (self.at + self.base) as u32;
        }
        self.tree.finish()
    }

    fn event(&mut self, event: Event, mark: Marker, twin: bool) {
        stop::point();
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
            Event::DocumentStart => self.document_start(),
            Event::DocumentEnd => self.trivia(),
            Event::Alias(_) => self.alias(),
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(&value, style, Has { anchor: anchor > 0, tag: tag.is_some() });
            }
            Event::SequenceStart(anchor, tag) => {
                self.collection(mark, false, twin, Has { anchor: anchor > 0, tag: tag.is_some() });
            }
            Event::MappingStart(anchor, tag) => {
                self.collection(mark, true, twin, Has { anchor: anchor > 0, tag: tag.is_some() });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end_collection(),
        }
    }

    /// Directives and `---`.
    fn document_start(&mut self) {
        loop {
            self.trivia();
            if self.byte() == Some(b'%') && is_line_start(self.bytes, self.at) {
                self.at = lines::line_end(self.bytes, self.at);
                continue;
            }
            let marker = is_marker(self.bytes, self.at);
            let dots = self.byte() == Some(b'.');
            if marker {
                self.at += 3;
            }
            if !(marker && dots) {
                return;
            }
        }
    }

    fn alias(&mut self) {
        self.lead();
        self.gap();
        let start = self.at;
        self.at += 1;
        self.word();
        let id = self.add(Kind::Alias, start, start, self.at);
        let name = self.text.get(start + 1..self.at).unwrap_or_default();
        self.tree.set_value(id, name);
    }

    fn scalar(&mut self, value: &str, style: TScalarStyle, has: Has) {
        self.lead();
        let lead = self.at;
        self.gap();
        let properties = if has.any() { self.properties(has) } else { Properties::default() };
        if style == TScalarStyle::Plain && value.is_empty() {
            if self.open.is_empty() && !has.any() {
                // A document without content, such as what stands behind a last `---`.
                return;
            }
            // Its mark is that of the next token, which may be many lines below.
            self.at = if has.any() { self.at } else { lead };
            let start = properties.start.unwrap_or(self.at);
            let id = self.add(Kind::Scalar(Style::Absent), start, self.at, self.at);
            return self.anchor(properties, id);
        }
        self.trivia();
        let content = self.at;
        let (style, end) = match style {
            TScalarStyle::Plain => (Style::Plain, extent::plain(self.bytes, content, value)),
            TScalarStyle::SingleQuoted => {
                (Style::SingleQuoted, extent::single_quoted(self.bytes, content))
            }
            TScalarStyle::DoubleQuoted => {
                (Style::DoubleQuoted, extent::double_quoted(self.bytes, content))
            }
            TScalarStyle::Literal => (Style::Literal, Some(self.block_end(content))),
            TScalarStyle::Folded => (Style::Folded, Some(self.block_end(content))),
        };
        self.at = end.unwrap_or(content).min(self.bytes.len());
        let start = properties.start.unwrap_or(content);
        let id = self.add(Kind::Scalar(style), start, content, self.at);
        let is_block = matches!(style, Style::Literal | Style::Folded);
        let value = match is_block {
            true => extent::block_value(self.bytes, content..self.at, self.indent(), value),
            false => value,
        };
        self.tree.set_value(id, value);
        self.anchor(properties, id);
    }

    fn block_end(&self, content: usize) -> usize {
        extent::block(self.bytes, content, self.indent())
    }

    fn collection(&mut self, mark: Marker, map: bool, twin: bool, has: Has) {
        self.lead();
        self.gap();
        let properties = if has.any() { self.properties(has) } else { Properties::default() };
        self.trivia();
        let content = self.at;
        let marked = self.lines.offset(self.text, mark.line(), mark.col()) == content;
        let bracket = marked && !twin && self.byte() == Some(if map { b'{' } else { b'[' });
        // Inside brackets a map without braces is a pair such as `[a: b]`.
        let flow = bracket || (map && self.in_flow());
        let kind = if map { Kind::Map { flow } } else { Kind::Seq { flow } };
        let id = self.add(kind, properties.start.unwrap_or(content), content, content);
        let indent = if flow { self.indent() } else { self.lines.column(self.text, content) };
        self.tree.data_mut(id).indent = indent;
        self.anchor(properties, id);
        if bracket {
            self.at += 1;
        }
        self.open.push(Open { node: id, indent, flow, map, expects_key: map, bracket });
        self.tree.is_too_deep |= self.open.len() > MAX_DEPTH;
    }

    fn end_collection(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.bracket {
            self.trivia();
            while matches!(self.byte(), Some(b',' | b':' | b'?')) {
                self.at += 1;
                self.trivia();
            }
            self.at = (self.at + 1).min(self.bytes.len());
        }
        self.tree.data_mut(open.node).end = (self.at + self.base) as u32;
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn in_flow(&self) -> bool {
        self.open.last().is_some_and(|open| open.flow)
    }

    /// The column of the innermost block collection.
    fn indent(&self) -> i32 {
        self.open.iter().rev().find(|open| !open.flow).map_or(-1, |open| open.indent)
    }

    /// Skips blanks, line breaks and comments.
    fn trivia(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'#' => self.comment(),
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        while self.byte().is_some_and(|byte| !is_break(byte)) {
            self.at += 1;
        }
        let span = Span::new(start, self.at).shifted(self.base);
        // The cursor goes back over the gap behind an absent value.
        if self.tree.comments.last().is_none_or(|last| last.end <= span.start) {
            self.tree.comments.push(span);
        }
    }

    /// Skips what stands between the entries of a flow collection.
    fn gap(&mut self) {
        self.trivia();
        while self.in_flow() && self.byte() == Some(b',') {
            self.at += 1;
            self.trivia();
        }
    }

    /// Takes the mark that leads to the next node: `?` before a key, `:` before a value, `-`
    /// before an item.
    fn lead(&mut self) {
        let Some(&Open { flow, map, expects_key, .. }) = self.open.last() else { return };
        let before = self.at;
        match map && !expects_key {
            true => self.trivia(),
            false => self.gap(),
        }
        let then = self.bytes.get(self.at + 1).copied();
        let apart = is_gap(self.bytes, self.at + 1);
        if map && !expects_key && !(self.byte() == Some(b':') && (flow || apart)) {
            // `{a, b: 1}` or `? a` alone: the value of `a` is nothing behind it.
            self.at = before;
            return;
        }
        let takes = match self.byte() {
            Some(b'?') => map && expects_key && (apart || (flow && then.is_some_and(is_flow_mark))),
            Some(b':') => map && !expects_key,
            Some(b'-') => !map && !flow && apart && !is_marker(self.bytes, self.at),
            _ => false,
        };
        self.at += usize::from(takes);
    }

    /// Reads the anchor and the tag before a node, as far as the node has them: those of the next key can
    /// follow.
    fn properties(&mut self, mut has: Has) -> Properties {
        let mut out = Properties::default();
        let mut end = self.at;
        while has.any() {
            self.trivia();
            let start = self.at;
            match self.byte() {
                Some(b'&') if mem::take(&mut has.anchor) => {
                    self.word();
                    out.anchor = Some(Span::new(start, self.at));
                }
                Some(b'!') if !mem::take(&mut has.tag) => break,
                Some(b'!') if self.bytes.get(start + 1) == Some(&b'<') => {
                    while self.byte().is_some_and(|byte| byte != b'>') {
                        self.at += 1;
                    }
                    self.at = (self.at + 1).min(self.bytes.len());
                }
                Some(b'!') => self.word(),
                _ => break,
            }
            out.start.get_or_insert(start);
            end = self.at;
        }
        self.at = end;
        out
    }

    fn word(&mut self) {
        while self.byte().is_some_and(|byte| !is_flow_mark(byte)) && !is_gap(self.bytes, self.at) {
            self.at += 1;
        }
    }

    fn anchor(&mut self, properties: Properties, id: NodeId) {
        if let Some(at) = properties.anchor {
            self.tree.set_anchor(at.shifted(self.base), id);
        }
    }

    fn add(&mut self, kind: Kind, start: usize, content: usize, end: usize) -> NodeId {
        let mut data = NodeData::new(kind, start + self.base, content + self.base, end + self.base);
        data.indent = self.indent();
        data.in_flow = self.in_flow();
        let Some(open) = self.open.last_mut() else {
            let id = self.tree.push(data);
            if self.tree.root_id().is_none() {
                self.tree.set_root(Some(id));
            }
            return id;
        };
        data.is_key = open.expects_key;
        open.expects_key = open.map && !open.expects_key;
        let parent = open.node;
        let id = self.tree.push(data);
        self.tree.append(parent, id);
        id
    }
}

/// Which properties a node has.
#[derive(Clone, Copy)]
struct Has {
    anchor: bool,
    tag: bool,
}

impl Has {
    fn any(self) -> bool {
        self.anchor || self.tag
    }
}

/// The anchor and the tag of a node.
#[derive(Clone, Copy, Default)]
struct Properties {
    start: Option<usize>,
    anchor: Option<Span>,
}
