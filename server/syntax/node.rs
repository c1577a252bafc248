//! A node of a tree, seen by those who read it.

use crate::syntax::resolve::{self, Scalar};
use crate::syntax::tree::{Kind, NodeId, Style, Tree};
use crate::text::{Span, floor};

/// How deep readers follow children and aliases. Kubernetes' own types nest less than 60 deep.
pub(crate) const MAX_DEPTH: usize = 100;

/// How much of a long line is underlined at most, in bytes.
const LONGEST_HEAD: usize = 1_000;

/// A node: a tree and a place in it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) id: NodeId,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree, other.tree)
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.kind(), self.span(), self.tree.slice(self.span()))
    }
}

impl<'a> Node<'a> {
    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    pub fn id(self) -> NodeId {
        self.id
    }

    pub fn kind(self) -> Kind {
        self.tree.data(self.id).kind
    }

    /// All of it, its anchor and tag included.
    pub fn span(self) -> Span {
        let data = self.tree.data(self.id);
        Span::new(data.start as usize, data.end as usize)
    }

    /// Without its anchor and tag.
    pub fn content_span(self) -> Span {
        let data = self.tree.data(self.id);
        Span::new(data.content as usize, data.end as usize)
    }

    /// The part of its source that is worth underlining: block scalars and block collections
    /// only up to the end of their first line, and of a line without end its start.
    pub fn head_span(self) -> Span {
        let span = self.content_span();
        let text = self.tree.slice(span);
        let text = &text[..floor(text, LONGEST_HEAD)];
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        Span::new(span.start, span.start + text[..end].trim_end().len())
    }

    /// Whether it lies deeper than readers go.
    pub fn is_too_deep(self) -> bool {
        self.ancestors().nth(MAX_DEPTH).is_some()
    }

    /// The column of a block collection, or of the one around it.
    pub fn indent(self) -> i32 {
        self.tree.data(self.id).indent
    }

    pub fn is_key(self) -> bool {
        self.tree.data(self.id).is_key
    }

    pub fn in_flow(self) -> bool {
        self.tree.data(self.id).in_flow
    }

    /// Whether the user is not done writing it.
    pub fn is_incomplete(self) -> bool {
        self.tree.data(self.id).incomplete
    }

    pub fn is_map(self) -> bool {
        matches!(self.kind(), Kind::Map { .. })
    }

    pub fn is_seq(self) -> bool {
        matches!(self.kind(), Kind::Seq { .. })
    }

    pub fn is_scalar(self) -> bool {
        matches!(self.kind(), Kind::Scalar(_))
    }

    pub fn parent(self) -> Option<Node<'a>> {
        self.tree.parent(self.id).map(|id| self.tree.node(id))
    }

    /// The children in order: items, or key, value, key, value.
    pub fn children(self) -> Children<'a> {
        Children { tree: self.tree, next: self.tree.first_child(self.id) }
    }

    pub fn last_child(self) -> Option<Node<'a>> {
        self.tree.last_child(self.id).map(|id| self.tree.node(id))
    }

    pub fn next_sibling(self) -> Option<Node<'a>> {
        self.tree.next(self.id).map(|id| self.tree.node(id))
    }

    pub fn prev_sibling(self) -> Option<Node<'a>> {
        self.tree.prev(self.id).map(|id| self.tree.node(id))
    }

    /// The decoded text of a scalar, whatever its type; `None` for collections and aliases.
    pub fn text(self) -> Option<&'a str> {
        self.is_scalar().then(|| self.tree.value(self.id))
    }

    /// The value of a scalar as the API server's YAML reader sees it.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        let Kind::Scalar(style) = self.kind() else { return None };
        Some(resolve::scalar(self.tree.value(self.id), style, self.tag()))
    }

    /// A string, and nothing that merely looks like one: `80` and `yes` are `None`.
    pub fn as_str(self) -> Option<&'a str> {
        match self.scalar()? {
            Scalar::Str(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that fits into 64 bits; `1e3` and `2.0` count, as they do for the server.
    pub fn as_int(self) -> Option<i64> {
        self.scalar()?.as_int()
    }

    pub fn as_bool(self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null: absent, `~` or `null`.
    pub fn is_null(self) -> bool {
        // Asked of nearly every value, so the type of others is not worked out.
        match self.kind() {
            Kind::Scalar(Style::Absent) => self.scalar() == Some(Scalar::Null),
            Kind::Scalar(Style::Plain) => {
                matches!(self.tree.value(self.id), "~" | "null" | "Null" | "NULL")
                    && self.scalar() == Some(Scalar::Null)
            }
            Kind::Scalar(_) => self.has_properties() && self.scalar() == Some(Scalar::Null),
            _ => false,
        }
    }

    fn has_properties(self) -> bool {
        let data = self.tree.data(self.id);
        data.start != data.content
    }

    /// The tag of the node, such as `!!str`; empty when it has none.
    pub fn tag(self) -> &'a str {
        let data = self.tree.data(self.id);
        if data.start == data.content {
            return "";
        }
        let properties = self.tree.slice(Span::new(data.start as usize, data.content as usize));
        properties.split_whitespace().find(|word| word.starts_with('!')).unwrap_or_default()
    }

    /// What an alias stands for; any other node itself. `None` when the anchor is missing.
    pub fn resolved(self) -> Option<Node<'a>> {
        let mut node = self;
        for _ in 0..MAX_DEPTH {
            if node.kind() != Kind::Alias {
                return Some(node);
            }
            let before = node.tree.data(node.id).start;
            let id = node.tree.anchored(node.tree.value(node.id), before)?;
            node = node.tree.node(id);
        }
        None
    }

    /// The items of a list as they stand there; nothing for other nodes.
    pub fn items(self) -> Children<'a> {
        if self.is_seq() { self.children() } else { self.no_children() }
    }

    /// The items of the list in the field `key` as they stand there; nothing if it has no list.
    pub fn items_of(self, key: &str) -> Children<'a> {
        self.get(key).map_or(self.no_children(), Node::items)
    }

    pub(super) fn no_children(self) -> Children<'a> {
        Children { tree: self.tree, next: None }
    }

    /// The key of this value, when it is the value of a map.
    pub fn key(self) -> Option<Node<'a>> {
        if self.is_key() || !self.parent()?.is_map() {
            return None;
        }
        self.prev_sibling()
    }

    /// The innermost node that holds `offset`, from this one down. A node ends behind its last
    /// byte, so that a cursor behind a word is still in it.
    pub fn at(self, offset: usize) -> Node<'a> {
        let holds = |node: &Node<'a>| {
            let span = node.span();
            span.start <= offset && offset <= span.end
        };
        let inner = |node: &Node<'a>| node.children().filter(holds).last();
        std::iter::successors(Some(self), inner).last().unwrap_or(self)
    }

    /// How many children of its parent stand before it.
    pub fn index(self) -> usize {
        self.tree.index(self.id)
    }

    /// The nodes around this one, itself first.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'a>> {
        std::iter::successors(Some(self), |node| node.parent())
    }

    /// Where the node is: `spec.containers[0].image`. Keys that hold a dot are put in brackets.
    pub fn path(self) -> String {
        let steps: Vec<Step<'a>> = self.ancestors().filter_map(Step::of).collect();
        let mut out = String::with_capacity(steps.iter().map(Step::most).sum());
        for step in steps.iter().rev() {
            step.write(&mut out);
        }
        out
    }
}

/// The children of a node in order. A type of its own, as [`super::Entries`]: chains of adapters at its
/// hundreds of uses would be a large part of all compiled code.
#[derive(Clone)]
pub struct Children<'a> {
    tree: &'a Tree,
    next: Option<NodeId>,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let id = self.next?;
        self.next = self.tree.next(id);
        Some(self.tree.node(id))
    }
}

impl<'a> Children<'a> {
    /// Those that are maps, aliases followed.
    pub fn maps(self) -> Maps<'a> {
        Maps(self)
    }
}

/// The maps among the children of a node, aliases followed.
#[derive(Clone)]
pub struct Maps<'a>(Children<'a>);

impl<'a> Iterator for Maps<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.0.find_map(|it| it.resolved().filter(|node| node.is_map()))
    }
}

enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

impl<'a> Step<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let parent = node.parent()?;
        if parent.is_seq() {
            return Some(Self::Item(node.index()));
        }
        let key = if node.is_key() { node } else { node.prev_sibling()? };
        Some(Self::Key(key.text().unwrap_or_default()))
    }

    /// How many bytes `write` adds at most.
    fn most(&self) -> usize {
        match self {
            Self::Item(index) => "[0]".len() + index.checked_ilog10().unwrap_or(0) as usize,
            Self::Key(key) => "[]".len() + key.len(),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Item(index) => out.extend(["[", &index.to_string(), "]"]),
            Self::Key(key) if key.contains(['.', '[', '/']) => out.extend(["[", key, "]"]),
            Self::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
        }
    }
}
