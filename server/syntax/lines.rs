//! Where lines start. LF, CRLF and a lone CR end a line, as for yaml-rust2 and for LSP.

use memchr::{memchr2, memmem, memrchr2};

/// The line starts of a text.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<u32>,
    ascii: bool,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 24 + 2);
        starts.push(0);
        let mut at = 0;
        while at < bytes.len() {
            at = next_line(bytes, at);
            if at < bytes.len() || bytes.last().is_some_and(|last| is_break(*last)) {
                starts.push(at as u32);
            }
        }
        Self { starts, ascii: text.is_ascii() }
    }

    /// The byte at a 1-based line and a 0-based column in characters, as yaml-rust2 counts.
    pub(crate) fn offset(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(&start) = line.checked_sub(1).and_then(|line| self.starts.get(line)) else {
            return text.len();
        };
        let start = start as usize;
        if self.ascii {
            return (start + column).min(text.len());
        }
        let end = self.starts.get(line).map_or(text.len(), |end| *end as usize);
        let line = text.get(start..end).unwrap_or_default();
        line.char_indices().nth(column).map_or(end, |(at, _)| start + at)
    }

    /// The 0-based line that holds `offset`.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// Where a 0-based line starts.
    pub(crate) fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|start| *start as usize)
    }

    /// The column of `offset` in characters.
    pub(crate) fn column(&self, text: &str, offset: usize) -> i32 {
        let start = self.start(self.line_of(offset)).unwrap_or_default();
        if self.ascii {
            return (offset - start) as i32;
        }
        text.get(start..offset).map_or(0, |head| head.chars().count() as i32)
    }
}

pub(crate) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The length of the line break at `at`, which must be one.
pub(crate) fn break_len(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 }
}

/// The end of the line that holds `at`, before its break.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |len| at + len)
}

/// The start of the line after the one that holds `at`.
pub(crate) fn next_line(bytes: &[u8], at: usize) -> usize {
    let end = line_end(bytes, at);
    if end < bytes.len() { end + break_len(bytes, end) } else { end }
}

/// The start of the line that holds `at`.
pub(crate) fn line_start(bytes: &[u8], at: usize) -> usize {
    let head = bytes.get(..at).unwrap_or(bytes);
    memrchr2(b'\n', b'\r', head).map_or(0, |last| last + 1)
}

/// Whether `at` is the first byte of a line.
pub(crate) fn is_line_start(bytes: &[u8], at: usize) -> bool {
    at == 0 || bytes.get(at - 1).is_some_and(|byte| is_break(*byte))
}

/// The first byte from `at` on that is neither a blank nor a tab.
pub(crate) fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| !is_blank(*byte)).map_or(bytes.len(), |len| at + len)
}

/// Whether a blank, a line end, a NUL or the end of the text stands at `at`.
pub(crate) fn is_gap(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0))
}

/// Whether `---` or `...` stands at `at` as a marker.
pub(crate) fn is_marker(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    (rest.starts_with(b"---") || rest.starts_with(b"..."))
        && is_line_start(bytes, at)
        && is_gap(bytes, at + 3)
}

/// Where the `...` stands that ends the document.
pub(crate) fn document_end(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"...").find(|at| is_marker(bytes, *at))
}

/// One of the characters that separate and enclose the entries of flow collections.
pub(crate) fn is_flow_mark(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}
