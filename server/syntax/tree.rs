//! The tree of one YAML document: an arena of linked nodes with byte spans.
//!
//! Both parsers, the exact one and the tolerant one, build this type, so that nothing above has
//! to know which of the two understood a text.

mod build;
mod lookup;
mod merges;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::syntax::node::Node;
use crate::syntax::write::style::Habits;
use crate::text::Span;

/// Stands for "no node" and "no value" in the links.
const NONE: u32 = u32::MAX;

/// The place of a node in its tree's arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    /// A value that is not there: `key:` or `-` and nothing behind it.
    Absent,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scalar(Style),
    /// `flow`: written with braces, or a pair inside brackets.
    Map {
        flow: bool,
    },
    Seq {
        flow: bool,
    },
    Alias,
}

impl Kind {
    /// A map or a list written with dashes or keys on lines of their own.
    pub(crate) fn is_block(self) -> bool {
        matches!(self, Self::Map { flow: false } | Self::Seq { flow: false })
    }

    pub(crate) fn is_flow(self) -> bool {
        matches!(self, Self::Map { flow: true } | Self::Seq { flow: true })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct NodeData {
    pub(crate) kind: Kind,
    /// Where the node starts, its anchor and tag included.
    pub(crate) start: u32,
    /// Where its content starts; for a block scalar the `|` or `>`.
    pub(crate) content: u32,
    pub(crate) end: u32,
    /// The column of a block collection; for others that of the block collection around them.
    pub(crate) indent: i32,
    pub(crate) in_flow: bool,
    pub(crate) is_key: bool,
    /// The user is not done with it: a key without its colon, a quote that does not end.
    pub(crate) incomplete: bool,
    parent: u32,
    first: u32,
    last: u32,
    prev: u32,
    next: u32,
    /// How many children of its parent stand before it.
    index: u32,
    /// The decoded text in `Tree::values`, when it differs from the source.
    value: u32,
}

impl NodeData {
    pub(crate) fn new(kind: Kind, start: usize, content: usize, end: usize) -> Self {
        Self {
            kind,
            start: start as u32,
            content: content as u32,
            end: end as u32,
            indent: -1,
            in_flow: false,
            is_key: false,
            incomplete: false,
            parent: NONE,
            first: NONE,
            last: NONE,
            prev: NONE,
            next: NONE,
            index: 0,
            value: NONE,
        }
    }
}

/// A parsed YAML document. Spans are relative to its own text.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    text: Box<str>,
    nodes: Vec<NodeData>,
    values: Vec<Box<str>>,
    root: Option<NodeId>,
    /// Comments, and lines that hold nothing but a template action, in order of place.
    pub(crate) comments: Vec<Span>,
    anchors: Vec<(Span, NodeId)>,
    /// The places in `anchors`, by name and then by place. Made when an alias is first followed.
    by_name: OnceLock<Vec<u32>>,
    pub(crate) habits: OnceLock<Habits>,
    /// The last key of each spelling in each large map. Made when such a map is first asked.
    keys: OnceLock<HashMap<(NodeId, u64), NodeId>>,
    /// Made when a key is looked for in a text with a `<<`.
    merges: OnceLock<Merges>,
    /// It is nested deeper than readers go. The tolerant parser counts brackets only.
    pub(crate) is_too_deep: bool,
    /// The text has a `<<` somewhere. Few have, and without it maps are searched faster.
    has_merge_sign: bool,
    /// The text is ASCII, as most are.
    pub(crate) is_ascii: bool,
}

/// The maps of a document that have a `<<`.
#[derive(Clone, Debug, Default)]
struct Merges {
    /// The keys that count in each map: its own, then those that `<<` brings in.
    fields: HashMap<NodeId, Box<[NodeId]>>,
    /// The same keys by their hash.
    keys: HashMap<(NodeId, u64), NodeId>,
}

impl Tree {
    pub(crate) fn new(text: &str) -> Self {
        let nodes = Vec::with_capacity(text.len() / 12);
        Self {
            text: text.into(),
            nodes,
            has_merge_sign: lookup::has_merge_sign(text),
            is_ascii: text.is_ascii(),
            ..Self::default()
        }
    }

    /// The text it was made from.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn root(&self) -> Option<Node<'_>> {
        self.root.map(|id| self.node(id))
    }

    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// All nodes in the order in which they were met, which is that of their start, but for the
    /// few that a repair moved.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len() as u32).map(|id| self.node(NodeId(id)))
    }

    /// Whether the text is JSON, which kubectl hands on as it is: braces, and all keys in double
    /// quotes.
    pub fn is_json(&self) -> bool {
        let braces = self.root().is_some_and(|root| root.kind() == Kind::Map { flow: true });
        let quoted = |node: Node<'_>| node.kind() == Kind::Scalar(Style::DoubleQuoted);
        let starts = self.text.trim_start().starts_with('{');
        braces
            && starts
            && self.comments.is_empty()
            && self.nodes().all(|it| !it.is_key() || quoted(it))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The comments in order of place, `#` included.
    pub fn comments(&self) -> &[Span] {
        &self.comments
    }

    /// The text in `span`; empty where `span` is not in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    pub(crate) fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.0 as usize]
    }

    pub(crate) fn data_mut(&mut self, id: NodeId) -> &mut NodeData {
        &mut self.nodes[id.0 as usize]
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        link(self.data(id).parent)
    }

    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        link(self.data(id).first)
    }

    pub(crate) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        link(self.data(id).last)
    }

    pub(crate) fn next(&self, id: NodeId) -> Option<NodeId> {
        link(self.data(id).next)
    }

    /// How many children of its parent stand before the node.
    pub(crate) fn index(&self, id: NodeId) -> usize {
        self.data(id).index as usize
    }

    pub(crate) fn prev(&self, id: NodeId) -> Option<NodeId> {
        link(self.data(id).prev)
    }

    /// The decoded text of a scalar, the name of an alias.
    pub(crate) fn value(&self, id: NodeId) -> &str {
        let data = self.data(id);
        match self.values.get(data.value as usize) {
            Some(value) => value,
            None => self.slice(Span::new(data.content as usize, data.end as usize)),
        }
    }

    /// Whether the node is a scalar of this decoded text. Rules look for keys all the time, and most
    /// keys differ in length from the one looked for.
    pub(crate) fn is_scalar_of(&self, id: NodeId, text: &str) -> bool {
        let data = self.data(id);
        if !matches!(data.kind, Kind::Scalar(_)) {
            return false;
        }
        match self.values.get(data.value as usize) {
            Some(value) => **value == *text,
            None => {
                let span = data.content as usize..data.end as usize;
                span.len() == text.len() && self.text.as_bytes().get(span) == Some(text.as_bytes())
            }
        }
    }

    /// The name of an anchor and where it stands.
    fn anchor(&self, index: u32) -> (&str, usize) {
        let at = self.anchors[index as usize].0;
        (self.slice(at).get(1..).unwrap_or_default(), at.start)
    }

    /// Anchors with the place of their `&name`, in order.
    pub fn anchors(&self) -> impl Iterator<Item = (Span, Node<'_>)> {
        self.anchors.iter().map(|(at, id)| (*at, self.node(*id)))
    }
}

fn link(id: u32) -> Option<NodeId> {
    (id != NONE).then_some(NodeId(id))
}
