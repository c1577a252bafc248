//! Removal of entries and items.

use crate::syntax::lines::{is_break, line_end, line_start, next_line, skip_blanks};
use crate::syntax::write::block::dash;
use crate::syntax::write::body;
use crate::syntax::{Kind, Node};
use crate::text::{Edit, Span};

/// Removes an item of a list, or the entry of a map whose key or value `node` is. The last child
/// leaves an empty collection behind.
pub fn remove(node: Node<'_>) -> Option<Edit> {
    let parent = node.parent()?;
    let child = if parent.is_map() && !node.is_key() { node.prev_sibling()? } else { node };
    let end = if parent.is_map() { child.next_sibling()? } else { child };
    let next = end.next_sibling();
    if parent.kind().is_flow() {
        // One of the commas beside it goes along.
        return match (next, child.prev_sibling()) {
            (Some(next), _) => Some(Edit::remove(Span::new(child.span().start, next.span().start))),
            (None, Some(before)) => {
                Some(Edit::remove(Span::new(before.span().end, end.span().end)))
            }
            (None, None) => empty(parent),
        };
    }
    if next.is_none() && child.prev_sibling().is_none() {
        return empty(parent);
    }
    let start = if parent.is_seq() { dash(child) } else { child.span().start };
    Some(remove_block(child, start, end, next))
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
