//! The lines of a text that are neither blank nor comments, up and down from a line.

use std::collections::HashSet;

use crate::syntax::lines::{line_end, line_start, next_line, skip_blanks};

/// A line of text that is neither blank nor a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContentLine<'a> {
    pub(super) start: usize,
    pub(super) indent: usize,
    /// Without the blanks at both ends.
    pub(super) text: &'a str,
}

impl ContentLine<'_> {
    pub(super) fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    pub(super) fn is_entry(&self) -> bool {
        self.text.split_once(':').is_some_and(|(key, value)| {
            let key = key.trim_matches(['"', '\'']);
            key.chars().all(in_key) && (value.is_empty() || value.starts_with([' ', '\t']))
        })
    }

    /// The column of the key or the last dash with which the row starts.
    pub(super) fn key_column(&self) -> usize {
        let mut rest = self.text;
        while let Some(inner) = rest.strip_prefix('-').filter(|it| it.starts_with(' ')) {
            rest = inner.trim_start_matches(' ');
        }
        self.indent + self.text.len() - rest.len()
    }

    /// Whether the lines below are a text that it starts.
    pub(super) fn starts_text(&self) -> bool {
        let last = self.text.rsplit(' ').next().unwrap_or_default();
        last.starts_with(['|', '>'])
    }

    /// Whether it ends with a key or a dash whose value stands on the lines below.
    pub(super) fn waits(&self) -> bool {
        let text = self.text.split(" #").next().unwrap_or_default().trim_end();
        let mut words = text.rsplit(' ');
        let last = words.find(|word| !word.starts_with(['&', '!'])).unwrap_or_default();
        last == "-" || last.ends_with(':')
    }
}

/// The rows above the line that starts at `start`, the nearest one first.
pub(super) fn rows_above(text: &str, start: usize) -> impl Iterator<Item = ContentLine<'_>> {
    all_above(text, start).filter(outside_of_brackets(text))
}

/// The same with the lines in brackets.
fn all_above(text: &str, start: usize) -> impl Iterator<Item = ContentLine<'_>> {
    let bytes = text.as_bytes();
    let mut at = start;
    std::iter::from_fn(move || {
        let before = at.checked_sub(1)?;
        // The break of a line is one byte or two.
        let end = if bytes.get(..at)?.ends_with(b"\r\n") { before - 1 } else { before };
        at = line_start(bytes, end);
        Some(at)
    })
    .filter_map(move |at| row(text, at))
}

/// Going up: whether a row is none of the further lines of a collection in brackets.
fn outside_of_brackets(text: &str) -> impl FnMut(&ContentLine<'_>) -> bool {
    let (mut open, mut words) = (0, None);
    move |row| {
        let mut more = closed(row.text);
        if open == 0 && more > 0 {
            if words.is_none() && !is_opened_above(text, row) {
                words = Some(never_opened(text, row.start));
            }
            if words.as_ref().is_some_and(|words: &HashSet<usize>| words.contains(&row.start)) {
                more = 0;
            }
        }
        open = (open + more).max(0);
        open == 0
    }
}

/// Whether a row above has the brackets that this one closes. They can also be part of a word, as in
/// `a: b]`.
fn is_opened_above(text: &str, row: &ContentLine<'_>) -> bool {
    let mut open = closed(row.text);
    all_above(text, row.start).any(|row| {
        open += closed(row.text);
        open <= 0
    })
}

/// The starts of the rows up to `last` that close brackets which no row above opens.
fn never_opened(text: &str, last: usize) -> HashSet<usize> {
    let (mut open, mut found) = (0, HashSet::new());
    for row in row(text, 0).into_iter().chain(rows_below(text, 0)) {
        open -= closed(row.text);
        if open < 0 {
            found.insert(row.start);
            open = 0;
        }
        if row.start >= last {
            break;
        }
    }
    found
}

/// How many brackets the line closes that it does not open.
fn closed(line: &str) -> i32 {
    let (mut closed, mut quote, mut before) = (0, None, ' ');
    for char in line.chars() {
        match (quote, char) {
            (None, '#') if before == ' ' => break,
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            (None, '{' | '[') => closed -= 1,
            (None, '}' | ']') => closed += 1,
            _ => {}
        }
        before = char;
    }
    closed
}

/// The rows below the line that ends at `end`.
pub(super) fn rows_below(text: &str, end: usize) -> impl Iterator<Item = ContentLine<'_>> {
    let bytes = text.as_bytes();
    let mut at = end;
    std::iter::from_fn(move || {
        at = next_line(bytes, at);
        (at < bytes.len()).then_some(at)
    })
    .filter_map(move |at| row(text, at))
}

fn row(text: &str, start: usize) -> Option<ContentLine<'_>> {
    let bytes = text.as_bytes();
    let first = skip_blanks(bytes, start);
    let content = text.get(first..line_end(bytes, start))?.trim_end();
    // The byte order mark of a file is no part of its first line.
    let content = content.trim_start_matches('\u{feff}');
    let counts = !content.is_empty() && !content.starts_with('#');
    counts.then_some(ContentLine { start, indent: first - start, text: content })
}

pub(super) fn in_key(char: char) -> bool {
    char.is_alphanumeric() || "_./-".contains(char)
}

#[cfg(test)]
mod tests {
    use super::rows_above;

    #[test]
    fn brackets_that_nothing_opens_are_words() {
        for (text, rows) in [
            ("a: [\n  b,\n  c]\n", &["a: ["][..]),
            ("a: b]\n", &["a: b]"]),
            ("a:\n  b: c]\n  d: e}\n", &["d: e}", "b: c]", "a:"]),
            ("a: [\n  b]\nc: d]\n", &["c: d]", "a: ["]),
            ("a: b]\nc: {\n  d: e}\n", &["c: {", "a: b]"]),
        ] {
            let found: Vec<_> = rows_above(text, text.len()).map(|row| row.text).collect();
            assert_eq!(found, rows, "{text}");
        }
    }
}
