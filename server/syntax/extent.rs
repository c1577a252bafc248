//! Where scalars end. yaml-rust2 tells only where they start.

use std::ops::Range;

use crate::syntax::lines::{
    break_len, is_blank, is_break, is_gap, line_start, next_line, skip_blanks,
};

/// The end of a plain scalar of value `value` that starts at `start`.
///
/// Plain scalars have no escapes, so the value is matched against the source: a run of blanks
/// with one line break stands for a space, one with n breaks for n - 1 newlines.
pub(crate) fn plain(bytes: &[u8], start: usize, value: &str) -> Option<usize> {
    let value = value.as_bytes();
    if bytes.get(start..start + value.len()) == Some(value) {
        return Some(start + value.len());
    }
    let (mut at, mut done) = (start, 0);
    while let Some(&byte) = value.get(done) {
        let (end, breaks) = match byte {
            b'\n' | b' ' | b'\t' => fold(bytes, at),
            _ => (at + 1, 0),
        };
        let len = (end - at).min(value.len() - done).max(1);
        if breaks > 0 {
            done += folded(&value[done..], breaks)?;
            at = end;
        } else if bytes.get(at..at + len) == value.get(done..done + len) {
            at += len;
            done += len;
        } else {
            return None;
        }
    }
    Some(at)
}

/// The end of the run of blanks and breaks at `at`, and how many breaks are in it.
fn fold(bytes: &[u8], at: usize) -> (usize, usize) {
    let mut end = at;
    let mut breaks = 0;
    while let Some(&byte) = bytes.get(end) {
        if is_break(byte) {
            breaks += 1;
            end += break_len(bytes, end);
        } else if is_blank(byte) {
            end += 1;
        } else {
            break;
        }
    }
    (end, breaks)
}

/// How many bytes of `value` a fold of `breaks` line breaks stands for.
fn folded(value: &[u8], breaks: usize) -> Option<usize> {
    if breaks == 1 {
        return (value.first() == Some(&b' ')).then_some(1);
    }
    let len = breaks - 1;
    value.get(..len).is_some_and(|it| it.iter().all(|byte| *byte == b'\n')).then_some(len)
}

/// The end of the single-quoted scalar that starts at `start`, behind its quote.
pub(crate) fn single_quoted(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'\'', Some(b'\'')) => at += 2,
            (b'\'', _) => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The end of the double-quoted scalar that starts at `start`, behind its quote.
pub(crate) fn double_quoted(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The header of a block scalar: `|`, `>-`, `|2+`.
struct Header {
    keep: bool,
    indent: Option<i32>,
    /// Behind the indicators.
    end: usize,
}

impl Header {
    /// The column of the content, if the header has its indent.
    fn column(&self, parent: i32) -> Option<usize> {
        self.indent.map(|more| (parent.max(0) + more) as usize)
    }
}

fn header(bytes: &[u8], start: usize) -> Header {
    let mut header = Header { keep: false, indent: None, end: start + 1 };
    while let Some(&byte) = bytes.get(header.end) {
        match byte {
            b'+' => header.keep = true,
            b'-' => {}
            b'1'..=b'9' => header.indent = Some(i32::from(byte - b'0')),
            _ => break,
        }
        header.end += 1;
    }
    header
}

/// The end of the block scalar whose `|` or `>` stands at `start`, under a block collection at
/// column `parent` (-1 at the top). It is behind the break of the last line with content, or
/// behind the blank lines that `+` keeps.
pub(crate) fn block(bytes: &[u8], start: usize, parent: i32) -> usize {
    let header = header(bytes, start);
    let mut at = header.end;
    while bytes.get(at).is_some_and(|byte| !is_break(*byte)) {
        at += 1;
    }
    if at >= bytes.len() {
        return at;
    }
    let mut body = Body {
        bytes,
        indent: header.column(parent),
        least: (parent + 1).max(0) as usize,
        last: at,
        kept: at + break_len(bytes, at),
    };
    at = body.kept;
    while let Some(next) = body.line(at) {
        at = next;
    }
    if header.keep { body.kept } else { body.last }
}

/// The lines of a block scalar, as far as they are read.
struct Body<'a> {
    bytes: &'a [u8],
    /// The column of its content, once known.
    indent: Option<usize>,
    /// The smallest column that content may have.
    least: usize,
    /// Behind the last line with content.
    last: usize,
    /// Behind the last line, blank ones included.
    kept: usize,
}

impl Body<'_> {
    /// Takes the line at `at`; gives the start of the next, or `None` when the scalar is over.
    fn line(&mut self, at: usize) -> Option<usize> {
        let bytes = self.bytes;
        if at >= bytes.len() {
            return None;
        }
        let spaces = bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        let text = at + spaces;
        if bytes.get(text).is_none_or(|byte| is_break(*byte)) {
            return self.blank_line(text, spaces);
        }
        if spaces < self.indent.unwrap_or(self.least) {
            return None;
        }
        let marker = bytes[text..].starts_with(b"---") || bytes[text..].starts_with(b"...");
        if spaces == 0 && marker && is_gap(bytes, text + 3) {
            return None;
        }
        self.indent.get_or_insert(spaces);
        let mut end = text;
        while bytes.get(end).is_some_and(|byte| !is_break(*byte)) {
            end += 1;
        }
        let next = if end < bytes.len() { end + break_len(bytes, end) } else { end };
        (self.last, self.kept) = (next, next);
        Some(next)
    }

    /// A line of blanks: more of them than the indent are content.
    fn blank_line(&mut self, text: usize, spaces: usize) -> Option<usize> {
        let content = self.indent.is_some_and(|indent| spaces > indent);
        if text >= self.bytes.len() {
            if content {
                self.last = text;
            }
            if self.indent.is_some_and(|indent| spaces >= indent) {
                self.kept = text;
            }
            return None;
        }
        let next = text + break_len(self.bytes, text);
        self.kept = next;
        if content {
            self.last = next;
        }
        Some(next)
    }
}

/// The value of the block scalar at `block`, under a block collection at column `parent`, of which yaml-rust2
/// reads `value`: at the end of a text it reads line breaks that are not there, behind `|` alone and behind a
/// line of blanks.
pub(crate) fn block_value<'a>(
    bytes: &[u8],
    block: Range<usize>,
    parent: i32,
    value: &'a str,
) -> &'a str {
    let header = header(bytes, block.start);
    if next_line(bytes, block.start) >= block.end {
        return "";
    }
    // Of all blocks but the last one this sees little.
    let mut behind = bytes.get(block.end..).unwrap_or_default().iter();
    if !behind.all(|it| is_blank(*it) || is_break(*it)) {
        return value;
    }
    let blanks = bytes.get(line_start(bytes, bytes.len())..).unwrap_or_default();
    let is_blank_line = !blanks.is_empty() && blanks.iter().all(|it| is_blank(*it));
    let indent = header.column(parent).unwrap_or_else(|| block_indent(bytes, block.start));
    if !is_blank_line || blanks.len() != indent {
        return value;
    }
    if header.keep {
        return value.strip_suffix('\n').unwrap_or(value);
    }
    let text = value.trim_end_matches('\n').len();
    value.get(..text + 1).unwrap_or(value)
}

/// How many blanks stand in front of the first line with text of the block scalar at `at`.
fn block_indent(bytes: &[u8], at: usize) -> usize {
    let mut at = next_line(bytes, at);
    loop {
        let first = skip_blanks(bytes, at);
        match bytes.get(first) {
            Some(byte) if is_break(*byte) => at = next_line(bytes, first),
            Some(_) => return first - at,
            None => return usize::MAX,
        }
    }
}
