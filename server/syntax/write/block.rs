//! Insertion into block style.

use crate::syntax::lines::{is_blank, is_break, line_end, line_start, next_line, skip_blanks};
use crate::syntax::write::style::{Layout, is_empty};
use crate::syntax::write::{New, body, starts};
use crate::syntax::{Kind, Node};
use crate::text::{Edit, Span};

/// Adds the children of `new` to the block collection `parent`, in front of its child at `index`.
pub(super) fn insert(parent: Node<'_>, index: usize, new: &New) -> Option<Edit> {
    let layout = Layout::of(parent);
    let column = usize::try_from(parent.indent()).ok()?;
    let children = starts(parent);
    match children.get(index) {
        Some(next) => Some(insert_before(*next, new, &layout, column)),
        None => insert_last(parent, *children.last()?, new, &layout, column),
    }
}

/// In front of `next`, which keeps its place on its line: it may stand behind a `- `.
fn insert_before(next: Node<'_>, new: &New, layout: &Layout<'_>, column: usize) -> Edit {
    let at = match next.parent().map(Node::kind) {
        Some(Kind::Seq { .. }) => dash(next),
        _ => next.span().start,
    };
    let text = new.block(layout, column);
    Edit::insert(at, format!("{text}{}{}", layout.line_break, " ".repeat(column)))
}

/// Where the dash of an item stands.
pub(super) fn dash(item: Node<'_>) -> usize {
    let start = item.span().start;
    let head = item.tree().text().get(..start).unwrap_or_default();
    head.rfind('-').unwrap_or(start)
}

fn insert_last(
    parent: Node<'_>,
    last: Node<'_>,
    new: &New,
    layout: &Layout<'_>,
    column: usize,
) -> Option<Edit> {
    let value = if parent.is_map() { last.next_sibling()? } else { last };
    let text = format!("{}{}", " ".repeat(column), new.block(layout, column));
    Some(on_line_below(value, last, column, &text, layout.line_break))
}

/// Puts `text`, which has its indentation, on a line of its own below `node` and the comments
/// that belong to it. `start` is where the entry of `node` starts.
fn on_line_below(
    node: Node<'_>,
    start: Node<'_>,
    column: usize,
    text: &str,
    line_break: &str,
) -> Edit {
    let source = node.tree().text();
    let bytes = source.as_bytes();
    let end = body(node).end.max(start.span().end);
    let mut at = next_line(bytes, end);
    while let Some(next) = deeper_line(bytes, at, column) {
        at = next;
    }
    let ends_line = at == 0 || bytes.get(at - 1).is_some_and(|byte| is_break(*byte));
    if ends_line {
        Edit::insert(at, format!("{text}{line_break}"))
    } else {
        Edit::insert(at, format!("{line_break}{text}"))
    }
}

/// The line behind the one at `at`, when that is a comment deeper than `column`, or nothing but as many
/// blanks, where somebody is about to write: such lines belong to what stands above them.
fn deeper_line(bytes: &[u8], at: usize, column: usize) -> Option<usize> {
    let first = skip_blanks(bytes, at);
    let stays = bytes.get(first).is_none_or(|byte| *byte == b'#' || is_break(*byte));
    (first - at > column && stays).then(|| next_line(bytes, at))
}

/// Replaces the value `node` by `value`, which has lines of its own.
pub(super) fn replace(node: Node<'_>, value: &New, layout: &Layout<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let source = node.tree().text();
    let outer = usize::try_from(parent.indent()).ok()?;
    if !value.is_nested() {
        let text = value.block(layout, outer);
        let head = source.get(..body(node).start).unwrap_or_default();
        let gap = if head.ends_with([' ', '\n', '\r']) { "" } else { " " };
        return Some(Edit::replace(body(node), format!("{gap}{text}")));
    }
    if parent.is_seq() {
        let text = value.block(layout, outer + 2);
        let glued = source.get(..node.span().start).unwrap_or_default().ends_with('-');
        let gap = if glued { " " } else { "" };
        return Some(Edit::replace(body(node), format!("{gap}{text}")));
    }
    let deeper = matches!(value, New::Map(_)) || layout.indented_lists;
    let column = if deeper { outer + layout.width } else { outer };
    let text = format!("{}{}", " ".repeat(column), value.block(layout, column));
    if node.is_null() || is_empty(node) {
        return Some(below_key(node, &text, layout.line_break));
    }
    // The content starts on the line of its key or on the next; both end where it ends.
    let bytes = source.as_bytes();
    let key = node.key()?;
    let own_line = line_start(bytes, node.span().start) != line_start(bytes, key.span().start);
    let start = if own_line { line_start(bytes, node.span().start) } else { node.span().start };
    let lead = if own_line { "" } else { layout.line_break };
    Some(Edit::replace(Span::new(start, body(node).end), format!("{lead}{text}")))
}

/// `text` below `key:`, whose value is null or an empty collection; what stands behind the value
/// on its line, a comment, stays there.
fn below_key(node: Node<'_>, text: &str, line_break: &str) -> Edit {
    let source = node.tree().text();
    let bytes = source.as_bytes();
    let span = node.content_span();
    let end = line_end(bytes, span.end);
    let rest = source.get(span.end..end).unwrap_or_default();
    let mut start = span.start;
    while start > 0 && is_blank(bytes[start - 1]) {
        start -= 1;
    }
    let rest = rest.trim_end();
    Edit::replace(Span::new(start, end), format!("{rest}{line_break}{text}"))
}
