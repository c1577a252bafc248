//! Items and entries as complete lines, so that comments move along.

use memchr::memmem;

use crate::syntax::lines::{is_break, line_end, line_start, next_line, skip_blanks};
use crate::syntax::write::{Layout, New};
use crate::syntax::{Kind, Node, TemplateText};
use crate::text::{Edit, Span, apply};

/// The lines of an item of a block list or of an entry of a block map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    /// With the comments that stand directly above in the same column, and the deeper ones below.
    pub(super) span: Span,
    /// Where the blank lines above start.
    pub(super) gap: usize,
    /// The column of the dash or the key.
    pub(super) column: usize,
}

/// The lines of an item of a block list.
pub(super) fn of_item(item: Node<'_>) -> Option<Lines> {
    let list = item.parent().filter(|it| it.kind() == Kind::Seq { flow: false })?;
    let bytes = item.tree().text().as_bytes();
    let start = line_start(bytes, item.span().start);
    let dash = skip_blanks(bytes, start);
    let column = usize::try_from(list.indent()).ok()?;
    let own_line = bytes.get(dash) == Some(&b'-') && dash - start == column;
    own_line.then(|| around(item, start, column))
}

/// The lines of an entry of a block map, by its key.
pub(super) fn of_entry(key: Node<'_>) -> Option<Lines> {
    let value = key.next_sibling()?;
    let bytes = key.tree().text().as_bytes();
    let start = line_start(bytes, key.span().start);
    let map = key.parent().filter(|it| it.kind() == Kind::Map { flow: false })?;
    let own_line = skip_blanks(bytes, start) == key.span().start;
    let column = usize::try_from(map.indent()).ok()?;
    let mut lines = around(value, start, column);
    if value.is_null() || value.span().end < key.span().end {
        lines.span.end = lines.span.end.max(next_line(bytes, key.span().end));
    }
    own_line.then_some(lines)
}

fn around(node: Node<'_>, start: usize, column: usize) -> Lines {
    let bytes = node.tree().text().as_bytes();
    let mut from = start;
    while let Some(above) = line_above(bytes, from) {
        let text = skip_blanks(bytes, above);
        if bytes.get(text) != Some(&b'#') || text - above != column {
            break;
        }
        from = above;
    }
    let mut gap = from;
    while let Some(above) = line_above(bytes, gap) {
        if skip_blanks(bytes, above) != line_end(bytes, above) {
            break;
        }
        gap = above;
    }
    let mut end = next_line(bytes, last_byte(node).max(start));
    loop {
        let text = skip_blanks(bytes, end);
        let is_comment = bytes.get(text) == Some(&b'#') && text - end > column;
        let line = bytes.get(text..line_end(bytes, end)).unwrap_or_default();
        if !is_comment && !prints_deeper(line, column) {
            break;
        }
        end = next_line(bytes, end);
    }
    Lines { span: Span::new(from, end), gap, column }
}

/// Whether `line` contains only one action of a template, which prints deeper than `column`.
fn prints_deeper(line: &[u8], column: usize) -> bool {
    let line = line.trim_ascii_end();
    let is_one = line.starts_with(b"{{") && memmem::find(line, b"}}") == Some(line.len() - 2);
    let depth = || TemplateText::depth_of(std::str::from_utf8(line).ok()?);
    is_one && depth().is_some_and(|depth| depth > column)
}

/// Where the content of a node ends, without the line breaks behind it.
pub(super) fn last_byte(node: Node<'_>) -> usize {
    let span = node.span();
    let text = node.tree().slice(span);
    span.start + text.trim_end().len()
}

fn line_above(bytes: &[u8], start: usize) -> Option<usize> {
    let before = start.checked_sub(1)?;
    // A line break has one byte or two.
    let end = if bytes[..start].ends_with(b"\r\n") { before - 1 } else { before };
    Some(line_start(bytes, end))
}

/// The text of whole lines moved by `by` columns; `None` if a line has fewer blanks.
pub(super) fn shifted(text: &str, by: isize) -> Option<String> {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if by >= 0 && !blank {
            out.push_str(&" ".repeat(by.unsigned_abs()));
            out.push_str(line);
        } else if blank {
            out.push_str(line);
        } else {
            let (head, rest) = line.split_at_checked(by.unsigned_abs())?;
            out.push_str(if head.bytes().all(|byte| byte == b' ') { rest } else { return None });
        }
    }
    Some(out)
}

/// The text of `span` with `edits`, which lie within it, carried out. `None` when they overlap.
pub(super) fn edited(text: &str, span: Span, edits: &[Edit]) -> Option<String> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let apart = sorted.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    if !apart || !edits.iter().all(|edit| span.contains(edit.span)) {
        return None;
    }
    let inner = |edit: &Edit| Edit {
        span: Span::new(edit.span.start - span.start, edit.span.end - span.start),
        insert: edit.insert.clone(),
    };
    let inner: Vec<_> = edits.iter().map(inner).collect();
    Some(apply(text.get(span.start..span.end)?, &inner))
}

/// `text` with a line break at its end.
pub(super) fn ended(text: &str, line_break: &str) -> String {
    let ends = text.bytes().last().is_none_or(is_break);
    if ends { text.to_owned() } else { format!("{text}{line_break}") }
}

/// The edit that inserts whole lines at `at`, which is the start of a line or the end of the text.
pub(super) fn insert_lines(text: &str, at: usize, lines: &str, line_break: &str) -> Edit {
    let starts = at == 0 || text.as_bytes().get(at - 1).is_some_and(|byte| is_break(*byte));
    if starts {
        return Edit::insert(at, ended(lines, line_break));
    }
    // The file has no line break at its end, and gets none.
    Edit::insert(at, format!("{line_break}{}", lines.trim_end_matches(['\n', '\r'])))
}

/// The edit that removes whole lines; at the end of a file without a line break, the one above.
pub(super) fn remove_lines(text: &str, span: Span) -> Edit {
    let ends = text.get(..span.end).is_some_and(|head| head.ends_with(['\n', '\r']));
    if ends || span.end < text.len() {
        return Edit::remove(span);
    }
    let before = text.get(..span.start).unwrap_or_default();
    Edit::remove(Span::new(before.trim_end_matches(['\n', '\r']).len(), span.end))
}

/// A word as the neighbours of `node` are written: in JSON all texts are in quotes.
pub(super) fn word(node: Node<'_>, text: &str) -> New {
    if Layout::of(node).quoted_keys {
        return New::Scalar(format!("\"{text}\""));
    }
    New::text(text)
}

/// The edit that replaces the word of a scalar and keeps its quotes.
pub(super) fn reword(node: Node<'_>, text: &str) -> Option<Edit> {
    let span = node.content_span();
    let quote = node.tree().slice(span).chars().next().filter(|it| matches!(it, '"' | '\''));
    let quote = quote.map(String::from).unwrap_or_default();
    node.is_scalar().then(|| Edit::replace(span, format!("{quote}{text}{quote}")))
}

/// Whether the document has an alias: moved text may have to stay after its anchor.
pub(super) fn has_aliases(node: Node<'_>) -> bool {
    node.tree().nodes().any(|it| it.kind() == Kind::Alias)
}

/// An item in brackets with the comments on the lines above it. `None` if a comment follows a
/// comma: it may belong to the item before it.
pub(super) fn with_comments(item: Node<'_>) -> Option<Span> {
    let tree = item.tree();
    let span = item.span();
    let rest = tree.text().get(span.end..)?;
    let line = rest.lines().next().unwrap_or_default().trim_start_matches(',').trim();
    if line.starts_with('#') {
        return None;
    }
    let mut start = span.start;
    while let Some(comment) = tree.comments().iter().find(|comment| {
        let gap = tree.text().get(comment.end..start);
        comment.end <= start && gap.is_some_and(|gap| gap.trim().is_empty())
    }) {
        let before = tree.text().get(..comment.start)?.trim_end_matches([' ', '\t']);
        if !before.ends_with(['\n', '\r']) {
            break;
        }
        start = comment.start;
    }
    Some(Span::new(start, span.end))
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
