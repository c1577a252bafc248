//! Removal of entries and items.

use crate::syntax::lines::{is_break, line_end, line_start, next_line, skip_blanks};
use crate::syntax::write::block::dash;
use crate::syntax::write::{body, starts};
use crate::syntax::{Kind, Node};
use crate::text::{Edit, Span};

/// Removes an item of a list, or the entry of a map whose key or value `node` is. The last child
/// leaves an empty collection behind.
pub fn remove(node: Node<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let child = if parent.is_map() && !node.is_key() { node.prev_sibling()? } else { node };
    let children = starts(parent);
    let index = children.iter().position(|it| *it == child)?;
    if children.len() == 1 {
        return empty(parent);
    }
    let end = if parent.is_map() { child.next_sibling()? } else { child };
    if parent.kind().is_flow() {
        return Some(remove_flow(&children, index, end));
    }
    let start = if parent.is_seq() { dash(child) } else { child.span().start };
    Some(remove_block(child, start, end, children.get(index + 1).copied()))
}

/// Makes a collection whose only child goes an empty one.
fn empty(parent: Node<'_>) -> Option<Edit> {
    let text = if parent.is_map() { "{}" } else { "[]" };
    if parent.kind().is_flow() {
        return Some(Edit::replace(parent.content_span(), text));
    }
    let end = parent.last_child().map_or(parent.span().end, |last| body(last).end);
    let Some(key) = parent.key() else {
        return Some(Edit::replace(Span::new(parent.content_span().start, end), text));
    };
    // From behind the colon of the key, or behind the anchor, to the end of the content.
    let content = parent.content_span().start;
    let source = parent.tree().text();
    let properties = source.get(parent.span().start..content).unwrap_or_default();
    let properties = properties.split('#').next().unwrap_or_default().trim_end();
    let (start, gap) = match properties {
        "" => {
            let behind = source.get(key.span().end..content)?;
            let colon = key.span().end + behind.find(':')? + 1;
            (colon, source.get(colon..content)?)
        }
        properties => {
            let start = parent.span().start + properties.len();
            (start, source.get(start..content)?)
        }
    };
    // Comments above the content stay where they are.
    Some(Edit::replace(Span::new(start, end), format!(" {text}{}", gap.trim_end())))
}

fn remove_block(child: Node<'_>, start: usize, end: Node<'_>, next: Option<Node<'_>>) -> Edit {
    let text = child.tree().text();
    let bytes = text.as_bytes();
    let line = line_start(bytes, start);
    let own_line = skip_blanks(bytes, line) == start;
    let behind = next_line(bytes, body(end).end.max(start));
    if own_line {
        let at_end = behind >= bytes.len() && !bytes.last().is_some_and(|byte| is_break(*byte));
        if at_end && line > 0 {
            // The last line of a file without a final line break takes the break before it along.
            let before = text.get(..line).unwrap_or_default().trim_end_matches(['\n', '\r']);
            return Edit::remove(Span::new(before.len(), behind));
        }
        return Edit::remove(Span::new(line, behind));
    }
    // The first entry behind a `- `: the next one takes its place.
    match next {
        Some(next) => {
            let to = match next.parent().map(Node::kind) {
                Some(Kind::Seq { .. }) => dash(next),
                _ => next.span().start,
            };
            Edit::remove(Span::new(start, to))
        }
        None => Edit::remove(Span::new(start, line_end(bytes, end.span().end))),
    }
}

/// Removes a child of a flow collection with one of the commas beside it.
fn remove_flow(children: &[Node<'_>], index: usize, end: Node<'_>) -> Edit {
    let child = children[index];
    if let Some(next) = children.get(index + 1) {
        return Edit::remove(Span::new(child.span().start, next.span().start));
    }
    let before = children[index - 1];
    let before = match before.parent() {
        Some(parent) if parent.is_map() => before.next_sibling().unwrap_or(before),
        _ => before,
    };
    Edit::remove(Span::new(before.span().end, end.span().end))
}
