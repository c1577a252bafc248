//! The rows of a block text that tell how a line among them is read.
//!
//! A line ends blocks above it, and the lines below it go on with one of those that it leaves open. So
//! of the rows above only those count that nothing has ended yet, and of those below only the ones that
//! end a block, down to the first one that ends the line's own.

use crate::syntax::lines::{line_end, next_line};
use crate::syntax::rows::{ContentLine, rows_above, rows_below};
use crate::text::Span;

/// What has to be read of `text` to see what the line that starts at `start` does to it, if it has text
/// in `column` or deeper. `None` where that is all of it.
pub(super) fn around(text: &str, start: usize, column: usize) -> Option<Vec<Span>> {
    let below = below(text, line_end(text.as_bytes(), start), column);
    let floor = below.iter().map(|row| row.indent).fold(column, usize::min);
    let above = above(text, start, floor)?;
    let end = |at: usize| next_line(text.as_bytes(), at);
    let line = |row: &ContentLine<'_>| Span::new(row.start, end(row.start));
    // What stands between the line and its neighbours, such as a comment, counts as well.
    let first = above.first().map_or(start, |row| row.start);
    let last = below.first().map_or(start, |row| row.start);
    let mut parts: Vec<Span> = above.iter().skip(1).rev().map(line).collect();
    parts.push(Span::new(first, end(last)));
    parts.extend(below.iter().skip(1).map(line));
    Some(parts)
}

/// The rows behind `end` that end what stands above them, to the first one that is not deeper than
/// `column`. Each comes with its value, since what has none is not missed.
fn below(text: &str, end: usize, column: usize) -> Vec<ContentLine<'_>> {
    let mut found: Vec<ContentLine<'_>> = Vec::new();
    let (mut outer, mut waits, mut done) = (None::<ContentLine<'_>>, false, false);
    for row in rows_below(text, end) {
        let is_value = waits && found.last().is_some_and(|last| row.indent > last.indent);
        if done && !is_value {
            break;
        }
        let ends = outer.is_none_or(|outer| {
            row.indent < outer.indent
                || (row.indent == outer.indent && row.is_item() != outer.is_item())
        });
        if ends && !done {
            outer = Some(row);
        }
        if ends || is_value {
            waits = row.waits() || row.starts_text();
            found.push(row);
        }
        done |= row.indent <= column;
        if done && !waits {
            break;
        }
    }
    found
}

/// The rows in front of `start` that hold what is written there, the nearest one first, to the one that
/// holds what stands in the column `floor`. `None` behind the mark of a document, where only the whole
/// says what its first line is.
fn above(text: &str, start: usize, floor: usize) -> Option<Vec<ContentLine<'_>>> {
    let mut found: Vec<ContentLine<'_>> = Vec::new();
    for row in rows_above(text, start) {
        if row.text.starts_with("---") || row.text.starts_with('%') {
            return None;
        }
        let counts = found.last().is_none_or(|last| {
            row.indent < last.indent
                || (row.indent == last.indent && last.is_item() && !row.is_item())
        });
        found.extend(counts.then_some(row));
        if row.indent < floor || (row.indent == floor && !row.is_item()) {
            break;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::around;
    use crate::testing::selection;

    /// What is read of `fixture` around the line of its cursor.
    fn read(fixture: &str) -> String {
        let (text, at) = selection(fixture);
        let line = text[..at.start].rfind('\n').map_or(0, |at| at + 1);
        let parts = around(&text, line, at.start - line).unwrap();
        parts.iter().map(|part| &text[part.start..part.end]).collect()
    }

    #[test]
    fn only_what_is_open_is_read() {
        for (fixture, expected) in [
            ("a: 1\nb:\n  c: 1\n  $0\n  d: 1\n  e: 1\n", "  c: 1\n  \n  d: 1\n"),
            ("a:\n  b:\n    c: 1\n  $0\nd:\n  e: 1\n", "a:\n  b:\n    c: 1\n  \nd:\n  e: 1\n"),
            ("a:\n- b: 1\n  c: 1\n- b: 2\n  c: 2\n$0\n- d: 1\n", "a:\n- b: 2\n  c: 2\n\n- d: 1\n"),
            ("a:\n- b: 1\n  c:\n    d: 1\n$0\n", "a:\n- b: 1\n  c:\n    d: 1\n\n"),
            ("a:\n$0\n    b: 1\n    c: 1\n  d: 1\ne: 1\n", "a:\n\n    b: 1\n  d: 1\ne: 1\n"),
            ("a:\n$0\n  b:\n    c: 1\n    d: 1\n  e: 1\n", "a:\n\n  b:\n    c: 1\n"),
            ("a:\n  $0\n  - |\n    b\n    c\nd: 1\n", "a:\n  \n  - |\n    b\n"),
            ("a: 1\n# why\n$0", "a: 1\n# why\n"),
        ] {
            assert_eq!(read(fixture), expected, "{fixture}");
        }
    }

    #[test]
    fn behind_the_mark_of_a_document_all_is_read() {
        assert_eq!(around("--- # a\n\nb: 1\n", 8, 0), None);
    }
}
