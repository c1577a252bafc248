//! How the neighbours are written.

use crate::syntax::lines::{self, line_end, line_start};
use crate::syntax::{Kind, Node, Style, Tree};

/// How many siblings of a node are asked how they are written.
const NEAR: usize = 64;

/// The style in which new content is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout<'a> {
    /// How many columns one level takes.
    pub width: usize,
    /// Whether lists stand deeper than their key.
    pub indented_lists: bool,
    pub line_break: &'a str,
    /// Whether new content goes into brackets.
    pub flow: bool,
    /// Of flow style: whether each entry has a line of its own, as in KYAML and JSON.
    pub lines: bool,
    /// Of flow style: whether a blank stands inside the braces.
    pub padded: bool,
    /// Whether keys are in double quotes, as in JSON.
    pub quoted_keys: bool,
    /// Of flow style: whether strings are in double quotes, as in KYAML and JSON.
    pub quoted_values: bool,
    /// The column of the line that holds the collection.
    pub indent: usize,
}

impl<'a> Layout<'a> {
    /// The style around `node`, for content of its own.
    pub fn of(node: Node<'a>) -> Self {
        let flow = node.in_flow() || (node.kind().is_flow() && !is_empty(node));
        Self {
            width: width(node),
            indented_lists: indented_lists(node),
            line_break: line_break(node),
            flow,
            lines: flow && has_lines(node),
            padded: is_padded(node),
            quoted_keys: flow && has_quoted_keys(node),
            quoted_values: flow && (has_quoted_keys(node) || has_quoted_values(node)),
            indent: line_indent(node),
        }
    }
}

pub(super) fn is_empty(node: Node<'_>) -> bool {
    node.children().next().is_none()
}

/// The step from one level to the next: that of the nearest maps around, else the first in the
/// document, else two.
fn width(node: Node<'_>) -> usize {
    let own = node.ancestors().find_map(step_of);
    own.or_else(|| habits(node.tree()).width).unwrap_or(2)
}

/// How much deeper the content of `node` stands than the line that holds it.
fn step_of(node: Node<'_>) -> Option<usize> {
    let step = if node.kind().is_block() {
        let outer = node.parent().filter(|it| it.kind() == Kind::Map { flow: false })?;
        usize::try_from(node.indent() - outer.indent()).ok()?
    } else {
        let map = node.kind() == Kind::Map { flow: true };
        let first = node.children().next().filter(|_| map && !node.span().is_empty())?;
        // Not the start of the line, which may be far away.
        let head = node.tree().text().get(node.span().start..first.span().start)?;
        let line = head.rfind(['\n', '\r'])? + 1;
        (head.len() - line).checked_sub(line_indent(node))?
    };
    (1..=8).contains(&step).then_some(step)
}

/// Whether a list in a map stands deeper than its key.
fn is_indented(list: Node<'_>) -> Option<bool> {
    let outer = list.parent().filter(|it| it.kind() == Kind::Map { flow: false })?;
    let block = list.kind() == Kind::Seq { flow: false };
    block.then(|| list.indent() > outer.indent())
}

/// Whether the first string of a map in braces is in double quotes.
fn quotes_values(map: Node<'_>) -> Option<bool> {
    let braces = map.kind() == Kind::Map { flow: true };
    let values = map.entries().filter(|_| braces).map(|entry| entry.value);
    let mut strings = values.filter(|it| it.in_flow() && it.as_str().is_some());
    strings.next().map(|it| it.kind() == Kind::Scalar(Style::DoubleQuoted))
}

/// How a document is written where its neighbours do not tell. Worked out once per tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    width: Option<usize>,
    indented_lists: bool,
    quoted_values: Option<bool>,
}

fn habits(tree: &Tree) -> Habits {
    *tree.habits.get_or_init(|| {
        let lists: Vec<bool> = tree.nodes().filter_map(is_indented).collect();
        Habits {
            width: tree.nodes().find_map(step_of),
            indented_lists: lists.iter().filter(|deeper| **deeper).count() * 2 > lists.len(),
            quoted_values: tree.nodes().find_map(quotes_values),
        }
    })
}

/// Whether the nearest lists around stand deeper than their key; else what most of the
/// document's lists do. Without any, they do not: so kubectl writes them.
fn indented_lists(node: Node<'_>) -> bool {
    let around = node.ancestors().find_map(is_indented);
    let siblings = || {
        let siblings = node.parent().into_iter().flat_map(Node::children).take(NEAR);
        siblings.filter_map(is_indented).next()
    };
    around.or_else(siblings).unwrap_or_else(|| habits(node.tree()).indented_lists)
}

/// The line break of the line that holds `node`; of the first line when that has none.
pub(super) fn line_break(node: Node<'_>) -> &str {
    let text = node.tree().text();
    let at_end = |at: usize| {
        let end = line_end(text.as_bytes(), at);
        text.get(end..end + lines::break_len(text.as_bytes(), end)).filter(|it| !it.is_empty())
    };
    at_end(node.span().start).or_else(|| at_end(0)).unwrap_or("\n")
}

/// Whether the entries of the flow collection stand on lines of their own.
fn has_lines(node: Node<'_>) -> bool {
    let flows = node.ancestors().filter(|it| it.kind().is_flow());
    let mut flows = flows.filter(|it| !is_empty(*it));
    let spread = |node: Node<'_>| {
        let first = node.children().next().map_or(node.span().end, |it| it.span().start);
        let head = node.tree().text().get(node.content_span().start..first).unwrap_or_default();
        head.contains(['\n', '\r'])
    };
    flows.any(spread)
}

/// Whether the nearest braces have blanks inside. Without any, they have none.
fn is_padded(node: Node<'_>) -> bool {
    let padded = |node: Node<'_>| {
        let braces = node.kind() == Kind::Map { flow: true } && !is_empty(node);
        let text = node.tree().slice(node.content_span());
        braces.then(|| text.starts_with("{ "))
    };
    node.ancestors().find_map(padded).unwrap_or(false)
}

fn has_quoted_keys(node: Node<'_>) -> bool {
    let maps = node.ancestors().filter(|it| it.is_map());
    let mut keys = maps.filter_map(|map| map.children().next());
    keys.next().is_some_and(|key| key.kind() == Kind::Scalar(Style::DoubleQuoted))
}

/// Whether the nearest strings in braces are in double quotes: those around, else the first ones.
fn has_quoted_values(node: Node<'_>) -> bool {
    let around = node.ancestors().find_map(quotes_values);
    around.or_else(|| habits(node.tree()).quoted_values).unwrap_or(false)
}

/// The column of the first text on the line on which `node` starts.
pub(super) fn line_indent(node: Node<'_>) -> usize {
    let bytes = node.tree().text().as_bytes();
    let start = line_start(bytes, node.content_span().start);
    lines::skip_blanks(bytes, start) - start
}
