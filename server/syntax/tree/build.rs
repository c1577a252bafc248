//! How the parsers build a tree.

use std::borrow::Cow;
use std::mem;

use crate::syntax::tree::{Kind, NONE, NodeData, NodeId, Style, Tree, link, lookup};
use crate::text::Span;

/// For how many more nodes a tree may keep room; some 200 KB.
const SPARE: usize = 4096;

impl Tree {
    /// Adds a node that hangs nowhere yet.
    pub(crate) fn push(&mut self, data: NodeData) -> NodeId {
        self.nodes.push(data);
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// The whole tree. Gives back room for nodes that did not come, where that is much.
    pub(crate) fn finish(mut self) -> Self {
        if self.nodes.capacity() - self.nodes.len() > SPARE {
            self.nodes.shrink_to_fit();
        }
        self
    }

    /// Makes `child` the last child of `parent`.
    pub(crate) fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = self.data(parent).last;
        let index = link(last).map_or(0, |last| self.data(last).index + 1);
        let data = self.data_mut(child);
        (data.parent, data.index) = (parent.0, index);
        data.prev = last;
        data.next = NONE;
        match link(last) {
            Some(last) => self.data_mut(last).next = child.0,
            None => self.data_mut(parent).first = child.0,
        }
        self.data_mut(parent).last = child.0;
    }

    /// Takes the last child off `parent`.
    pub(crate) fn take_last(&mut self, parent: NodeId) -> Option<NodeId> {
        let last = self.last_child(parent)?;
        let prev = self.data(last).prev;
        self.data_mut(parent).last = prev;
        match link(prev) {
            Some(prev) => self.data_mut(prev).next = NONE,
            None => self.data_mut(parent).first = NONE,
        }
        let data = self.data_mut(last);
        (data.parent, data.prev) = (NONE, NONE);
        Some(last)
    }

    /// Keeps the decoded text of a scalar, unless the source says the same.
    pub(crate) fn set_value(&mut self, id: NodeId, value: &str) {
        let data = self.data(id);
        if self.slice(Span::new(data.content as usize, data.end as usize)) == value {
            return;
        }
        self.values.push(value.into());
        self.data_mut(id).value = self.values.len() as u32 - 1;
    }

    pub(crate) fn set_root(&mut self, root: Option<NodeId>) {
        self.root = root;
    }

    pub(crate) fn root_id(&self) -> Option<NodeId> {
        self.root
    }

    /// Notes the anchor whose `&name` stands at `at`.
    pub(crate) fn set_anchor(&mut self, at: Span, id: NodeId) {
        self.anchors.push((at, id));
    }

    /// Puts the text back from which a same-length variant was made for the parser. `unquoted` decodes
    /// quoted text, whose lines the variant joins.
    pub(crate) fn set_text(&mut self, text: &str, unquoted: fn(&str) -> Cow<'_, str>) {
        debug_assert_eq!(text.len(), self.text.len(), "a variant keeps the length");
        // Scalars without a value of their own are read from the text, so they need one where
        // the variant differs.
        let changed: Vec<(NodeId, Box<str>)> = (0..self.nodes.len() as u32)
            .map(NodeId)
            .filter(|id| matches!(self.data(*id).kind, Kind::Scalar(_) | Kind::Alias))
            .filter(|id| self.data(*id).value == NONE)
            .filter(|id| text.get(self.range(*id)) != self.text.get(self.range(*id)))
            .map(|id| (id, self.value(id).into()))
            .collect();
        for (id, value) in changed {
            self.values.push(value);
            self.data_mut(id).value = self.values.len() as u32 - 1;
        }
        let variant = mem::replace(&mut self.text, text.into());
        // A text of its length stood for an alias.
        for id in (0..self.nodes.len() as u32).map(NodeId) {
            let Kind::Scalar(style @ (Style::SingleQuoted | Style::DoubleQuoted)) =
                self.data(id).kind
            else {
                continue;
            };
            let span = self.range(id);
            let source = text.get(span.clone()).unwrap_or_default();
            let was_joined = || variant.get(span).is_some_and(|it| !it.contains(['\n', '\r']));
            if source.contains(['\n', '\r']) && was_joined() {
                // How deep the lines are is no part of the value.
                let lines = source.split('\n').map(|line| line.trim_start_matches([' ', '\t']));
                self.set_value(id, &unquoted(&lines.collect::<Vec<_>>().join("\n ")));
            } else if style == Style::SingleQuoted && source.starts_with('*') {
                self.data_mut(id).kind = Kind::Alias;
                self.set_value(id, &source[1..]);
            }
        }
        self.has_merge_sign |= lookup::has_merge_sign(text);
    }

    fn range(&self, id: NodeId) -> std::ops::Range<usize> {
        let data = self.data(id);
        data.content as usize..data.end as usize
    }
}
