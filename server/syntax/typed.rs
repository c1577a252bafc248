//! The line on which somebody types, and the lines around it.

use crate::syntax::lines::{document_end, is_blank, is_marker, line_end, line_start};
use crate::syntax::rows::{ContentLine, in_key, rows_above, rows_below};
use crate::text::{Span, floor};

/// The line of a cursor.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) offset: usize,
    /// The word at the cursor.
    pub(super) word: Span,
    /// Whether a `:` stands behind the word.
    pub(super) has_colon: bool,
}

/// How the word at the cursor is put into the text.
#[derive(Clone, Debug)]
pub(super) struct Put {
    /// What it replaces.
    pub(super) span: Span,
    /// What stands in front of it.
    pub(super) lead: String,
    /// With a colon it takes the lines below.
    pub(super) colon: bool,
}

impl Put {
    /// `text` with `word` put into it.
    pub(super) fn within(&self, text: &str, word: &str) -> Option<String> {
        let (head, tail) = (text.get(..self.span.start)?, text.get(self.span.end..)?);
        let colon = if self.colon { ":" } else { "" };
        Some(format!("{head}{}{word}{colon}{tail}", self.lead))
    }
}

impl<'a> Line<'a> {
    /// The line of `offset`; `None` in a comment, behind a `?`, in the sign between two documents and
    /// behind the one that ends them.
    pub(super) fn at(text: &'a str, offset: usize) -> Option<Self> {
        let offset = floor(text, offset);
        let bytes = text.as_bytes();
        let (start, end) = (line_start(bytes, offset), line_end(bytes, offset));
        let head = text.get(start..offset)?;
        if in_comment(head) || (is_marker(bytes, start) && offset <= start + "---".len()) {
            return None;
        }
        let is_complex_key = head.trim_start_matches([' ', '-']).starts_with("? ");
        if is_complex_key || document_end(bytes).is_some_and(|end| end < offset) {
            return None;
        }
        let mut word = word(text, start, end, offset);
        let rest = text.get(word.end..end)?;
        let mut has_colon = rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':');
        // In braces a new entry goes in front of the one that starts at the cursor.
        let follows = head.trim_end_matches(' ').ends_with(['{', ',']);
        let is_in_front = has_colon && word.start == offset && follows && !word.is_empty();
        if is_in_front {
            (word, has_colon) = (Span::at(offset), false);
        }
        Some(Self { text, start, end, offset, word, has_colon })
    }

    fn head(&self) -> &'a str {
        self.text.get(self.start..self.word.start).unwrap_or_default()
    }

    fn tail(&self) -> &'a str {
        self.text.get(self.word.end..self.end).unwrap_or_default()
    }

    /// The column of the word.
    pub(super) fn column(&self) -> usize {
        self.word.start - self.start
    }

    /// Whether nothing but the word stands on the line.
    pub(super) fn is_own(&self) -> bool {
        self.head().bytes().all(|byte| byte == b' ') && self.tail().trim().is_empty()
    }

    /// The word as it stands there, with the blank that separates it from what it is right behind.
    pub(super) fn put(&self) -> Put {
        let glued = self.is_behind_key() || self.is_behind_dash();
        Put { span: self.word, lead: if glued { " " } else { "" }.to_owned(), colon: false }
    }

    /// The word in `column`, behind a dash if `dash`. The line must hold nothing else.
    pub(super) fn put_at(&self, column: usize, dash: bool) -> Put {
        let from = column.min(self.column());
        let mut lead = " ".repeat(column - from);
        if dash {
            lead.push_str("- ");
        }
        Put { span: Span::new(self.start + from, self.word.end), lead, colon: false }
    }

    /// Whether the word would be right behind the `:` of a key.
    pub(super) fn is_behind_key(&self) -> bool {
        let head = self.head();
        let head = match head.rfind(['{', ',']) {
            Some(at) if head.contains('{') => head.get(at + 1..).unwrap_or_default(),
            _ => head,
        };
        let key = head.trim_start_matches([' ', '-']).strip_suffix(':').unwrap_or_default();
        self.word.is_empty() && !key.is_empty() && key.chars().all(in_key)
    }

    fn is_behind_dash(&self) -> bool {
        let head = self.head();
        let dashes = head.bytes().all(|byte| is_blank(byte) || byte == b'-');
        self.word.is_empty() && dashes && head.ends_with('-') && !head.contains("--")
    }

    /// The nearest row above.
    pub(super) fn above(&self) -> Option<ContentLine<'a>> {
        rows_above(self.text, self.start).next()
    }

    /// The nearest row below.
    pub(super) fn below(&self) -> Option<ContentLine<'a>> {
        rows_below(self.text, self.end).next()
    }

    /// Whether the row below would be the value of the word, if that were a key: it is an item or a key
    /// and stands deeper, or has a dash in the same column.
    pub(super) fn has_block_below(&self) -> bool {
        let dashes = self.head().bytes().all(|byte| is_blank(byte) || byte == b'-');
        let Some(next) = self.below().filter(|_| dashes && self.tail().trim().is_empty()) else {
            return false;
        };
        let level = next.is_item() && next.indent == self.column();
        level || (next.indent > self.column() && (next.is_item() || next.is_entry()))
    }

    /// Whether the line is a dash that takes what stands below: left of a key above that waits for it, or
    /// amid the entries of a map further in.
    pub(super) fn parts_block(&self) -> bool {
        let indent = self.head().bytes().take_while(|byte| is_blank(*byte)).count();
        let dash = self.head().trim_start().starts_with('-');
        let waits = self.above().is_some_and(|above| indent < above.key_column());
        let is_deeper = |row: ContentLine<'_>| row.indent > indent + 2;
        let amid = self.word.is_empty() && self.below().is_some_and(is_deeper);
        dash && (waits && self.awaited().is_some() || amid && self.is_amid_block())
    }

    /// Whether the rows around belong to one list or map, as long as the line is not there.
    pub(super) fn is_amid_block(&self) -> bool {
        let Some(below) = self.below() else { return false };
        let mut above = rows_above(self.text, self.start);
        let last = above.find(|row| row.indent <= below.indent);
        last.is_some_and(|row| row.indent == below.indent && row.is_item() == below.is_item())
    }

    /// The row below, if it is the start of the value that the row above waits for.
    pub(super) fn awaited(&self) -> Option<ContentLine<'a>> {
        let (above, below) = (self.above()?, self.below()?);
        let key = above.key_column();
        let level = below.is_item() && below.indent == key && !above.text.ends_with('-');
        (above.waits() && (below.indent > key || level)).then_some(below)
    }
}

/// The first sign of a text in brackets that belongs to no comment.
pub(crate) fn next_sign(text: &str) -> Option<char> {
    let mut lines = text.lines().enumerate().map(|(number, line)| match number {
        // On the line of the cursor a comment has a blank in front of it.
        0 => line.split(" #").next().unwrap_or_default().trim_start(),
        _ => line.trim_start(),
    });
    lines.find(|line| !line.is_empty() && !line.starts_with('#'))?.chars().next()
}

/// Whether a comment starts in the text of a line before the cursor.
fn in_comment(head: &str) -> bool {
    let (mut quote, mut before) = (None, ' ');
    for char in head.chars() {
        match quote {
            Some(open) if char == open => quote = None,
            Some(_) => {}
            None if char == '#' && (before == ' ' || before == '\t') => return true,
            None if matches!(char, '"' | '\'') && !before.is_alphanumeric() => quote = Some(char),
            None => {}
        }
        before = char;
    }
    false
}

/// The word around `offset`, within its line.
fn word(text: &str, start: usize, end: usize, offset: usize) -> Span {
    let in_word = |char: char| char.is_alphanumeric() || "_./$@".contains(char);
    let dashed = |char: char| in_word(char) || char == '-';
    let head = text.get(start..offset).unwrap_or_default();
    let tail = text.get(offset..end).unwrap_or_default();
    let mut first = head
        .rfind(|char| !dashed(char))
        .map_or(start, |at| start + at + head[at..].chars().next().map_or(1, char::len_utf8));
    // Dashes in front belong to the list, unless letters stand between.
    while text.get(first..offset).is_some_and(|it| it.starts_with('-')) {
        first += 1;
    }
    let len = tail.find(|char| !dashed(char)).unwrap_or(tail.len());
    Span::new(first, offset + len)
}
