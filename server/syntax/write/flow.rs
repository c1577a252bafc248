//! Insertion into flow style: on one line, or a line for each entry as in KYAML and JSON.

use crate::syntax::Node;
use crate::syntax::lines::{is_blank, is_break, line_start, skip_blanks};
use crate::syntax::write::new::flow_pairs;
use crate::syntax::write::style::{Layout, is_empty};
use crate::syntax::write::{New, replace, starts};
use crate::text::Edit;

/// Adds the children of `new` to the flow collection `parent`, in front of its child at `index`.
pub(super) fn insert(parent: Node<'_>, index: usize, new: &New) -> Option<Edit> {
    if is_empty(parent) {
        return replace(parent, new);
    }
    let mut layout = Layout::of(parent);
    let children = starts(parent);
    let (first, last) = (*children.first()?, *children.last()?);
    layout.indent = column(first);
    let parts = match new {
        New::Map(entries) => flow_pairs(entries, &layout, 0),
        New::Seq(items) => items.iter().map(|item| item.flow(&layout, 0)).collect(),
        New::Scalar(_) | New::Source(_) | New::Lines(_) => return None,
    };
    let separator = if layout.lines && starts_line(first) {
        format!(",{}{}", layout.line_break, " ".repeat(layout.indent))
    } else {
        ", ".to_owned()
    };
    let text = parts.join(&separator);
    if let Some(next) = children.get(index) {
        return Some(Edit::insert(next.span().start, format!("{text}{separator}")));
    }
    let end = if parent.is_map() { last.next_sibling()?.span().end } else { last.span().end };
    // With a comma behind the last entry, the new one goes behind that and gets one as well.
    match comma(parent, end) {
        Some(comma) => {
            let lead = separator.strip_prefix(',').unwrap_or_default();
            Some(Edit::insert(comma + 1, format!("{lead}{text},")))
        }
        None => Some(Edit::insert(end, format!("{separator}{text}"))),
    }
}

/// Where the comma behind the last entry stands, if there is one.
fn comma(parent: Node<'_>, end: usize) -> Option<usize> {
    let bytes = parent.tree().text().as_bytes();
    let mut at = end;
    while at < parent.span().end {
        match bytes.get(at)? {
            b',' => return Some(at),
            b'#' => at = crate::syntax::lines::line_end(bytes, at),
            byte if is_blank(*byte) || is_break(*byte) => at += 1,
            _ => return None,
        }
    }
    None
}

fn starts_line(node: Node<'_>) -> bool {
    let bytes = node.tree().text().as_bytes();
    let start = line_start(bytes, node.span().start);
    skip_blanks(bytes, start) == node.span().start
}

/// The column of the first text on the line of `node`.
fn column(node: Node<'_>) -> usize {
    let bytes = node.tree().text().as_bytes();
    let start = line_start(bytes, node.span().start);
    skip_blanks(bytes, start) - start
}
