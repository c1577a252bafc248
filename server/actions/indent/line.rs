//! The lines of a document as tokens: dashes, a key, what kind of value follows.
//!
//! Nothing here depends on indentation, which is what has been lost. A value in brackets or quotes
//! that goes on over several lines is one unit with the line where it starts.

use std::cell::Cell;

use crate::syntax::lines::{break_len, is_blank, line_end, skip_blanks};
use crate::syntax::{Scalar, plain_scalar};
use crate::text::Span;

/// A tab in the indentation moves on to the next multiple of this.
const TAB: usize = 2;

/// How much text is searched for the ends of brackets: so many times the document's length, and so many
/// bytes for a short one. Of what is nested on lines each bracket is searched for by itself.
const TIMES: usize = 16;
const LEAST: usize = 64 << 10;

/// A line and what stands on it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Without its line break.
    pub(super) span: Span,
    /// Where its text starts, behind the indentation.
    pub(super) text: usize,
    /// The column of its text.
    pub(super) column: usize,
    /// How many blanks it starts with, up to a tab.
    pub(super) blanks: usize,
    pub(super) content: Content<'a>,
    /// The index of the first line that does not belong to it, when it is read as YAML and not as
    /// the text of a block scalar.
    pub(super) next: usize,
}

impl<'a> Line<'a> {
    /// Whether a tab is in its indentation, where YAML has none.
    pub(super) fn is_tabbed(&self) -> bool {
        self.span.start + self.blanks < self.text && matches!(self.content, Content::Entry { .. })
    }

    /// The value of the key `wanted`, when that is what stands on the line.
    pub(super) fn text_of(&self, wanted: &str) -> Option<&'a str> {
        let Content::Entry { body: Body::Key(key, value), .. } = &self.content else { return None };
        match value {
            Value::Plain(text, _) | Value::Quoted(text) if *key == wanted => Some(text),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content<'a> {
    Blank,
    Comment,
    /// `---`, `...` or a directive.
    Marker,
    /// What podls does not read line by line, such as `? key`.
    Strange,
    Entry {
        /// Where the dashes stand, from the start of the text.
        dashes: Vec<usize>,
        /// Where what follows the dashes stands, from the start of the text.
        at: usize,
        body: Body<'a>,
    },
}

/// What stands behind the dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Body<'a> {
    Nothing,
    Key(&'a str, Value<'a>),
    Item(Value<'a>),
}

/// What stands behind a key or a dash.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Absent,
    /// The header of a block scalar; its text follows, indented by so much if the header says so.
    Block(Option<usize>),
    FlowMap,
    FlowSeq,
    Plain(&'a str, Scalar<'a>),
    Quoted(&'a str),
    Alias,
    /// Not YAML, such as a quote that nobody closes.
    Broken,
}

/// A document, and how much of it may still be searched for the ends of brackets.
struct Source<'a> {
    text: &'a str,
    left: Cell<usize>,
}

/// The lines of `text`; `None` when there are more than `most`.
pub(super) fn lines(text: &str, most: usize) -> Option<Vec<Line<'_>>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Line<'_>> = Vec::new();
    // A line inside of brackets that were opened above can still be the text of a block scalar, so
    // each line is read on its own first.
    let mut at = 0;
    let mut ends = Vec::new();
    let source = Source { text, left: Cell::new(LEAST + TIMES * text.len()) };
    while at < bytes.len() {
        if found.len() == most {
            return None;
        }
        let end = line_end(bytes, at);
        let start = skip_blanks(bytes, at).min(end);
        let (content, until) = read(&source, start, end, at);
        let span = Span::new(at, end);
        let index = found.len();
        let blanks = &bytes[at..start];
        let column = column(blanks);
        let blanks = blanks.iter().take_while(|byte| **byte == b' ').count();
        found.push(Line { span, text: start, column, blanks, content, next: index + 1 });
        ends.push(until);
        at = if end < bytes.len() { end + break_len(bytes, end) } else { end };
    }
    for (index, until) in ends.into_iter().enumerate() {
        let last = found.partition_point(|line| line.span.start <= until);
        found[index].next = last.max(index + 1);
    }
    Some(found)
}

fn column(blanks: &[u8]) -> usize {
    blanks.iter().fold(0, |column, byte| match byte {
        b'\t' => (column / TAB + 1) * TAB,
        _ => column + 1,
    })
}

/// What stands on a line, and where the value that starts on it ends.
fn read<'a>(source: &Source<'a>, start: usize, end: usize, line: usize) -> (Content<'a>, usize) {
    let slice = source.text.get(start..end).unwrap_or_default();
    if slice.is_empty() {
        return (Content::Blank, end);
    }
    if slice.starts_with('#') {
        return (Content::Comment, end);
    }
    let marker = ["---", "..."].into_iter().find_map(|it| slice.strip_prefix(it));
    if let Some(rest) = marker.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
        let rest = rest.trim_start();
        let alone = rest.is_empty() || rest.starts_with('#');
        return (if alone { Content::Marker } else { Content::Strange }, end);
    }
    if slice.starts_with('%') && start == line {
        return (Content::Marker, end);
    }
    entry(source, start, end)
}

fn entry<'a>(source: &Source<'a>, start: usize, end: usize) -> (Content<'a>, usize) {
    let text = source.text;
    let bytes = text.as_bytes();
    let mut dashes = Vec::new();
    let mut at = start;
    while bytes.get(at) == Some(&b'-') && (at + 1 == end || is_blank(bytes[at + 1])) {
        dashes.push(at - start);
        at = skip_blanks(bytes, at + 1).min(end);
    }
    let slice = text.get(at..end).unwrap_or_default();
    if slice == "?" || slice.starts_with("? ") {
        return (Content::Strange, end);
    }
    let (body, until) = body(source, at, end);
    (Content::Entry { dashes, at: at - start, body }, until)
}

fn body<'a>(source: &Source<'a>, at: usize, end: usize) -> (Body<'a>, usize) {
    let text = source.text;
    let slice = text.get(at..end).unwrap_or_default();
    if slice.is_empty() || slice.starts_with('#') {
        return (Body::Nothing, end);
    }
    let at = at + properties(slice);
    let slice = text.get(at..end).unwrap_or_default();
    if let Some((key, behind)) = key(slice) {
        let (value, until) = value(source, at + behind, end);
        return (Body::Key(key, value), until);
    }
    let (value, until) = value(source, at, end);
    (if value == Value::Absent { Body::Nothing } else { Body::Item(value) }, until)
}

/// How many bytes the anchors and tags in front of `slice` take.
fn properties(slice: &str) -> usize {
    let mut rest = slice;
    while rest.starts_with(['&', '!']) {
        let word = rest.find([' ', '\t']).unwrap_or(rest.len());
        rest = rest[word..].trim_start();
    }
    slice.len() - rest.len()
}

/// The key that `slice` starts with, and how many bytes it takes with its colon.
fn key(slice: &str) -> Option<(&str, usize)> {
    let bytes = slice.as_bytes();
    let colon = |at: usize| {
        bytes.get(at) == Some(&b':') && bytes.get(at + 1).is_none_or(|byte| is_blank(*byte))
    };
    if let Some(quote) = bytes.first().filter(|byte| matches!(byte, b'"' | b'\'')) {
        let close = closing_quote(bytes, 0, *quote)?;
        let behind = skip_blanks(bytes, close + 1);
        return colon(behind).then(|| (&slice[1..close], behind + 1));
    }
    if matches!(bytes.first()?, b'[' | b'{' | b'|' | b'>' | b'*' | b'#' | b'@' | b'`' | b'%') {
        return None;
    }
    let mut at = 0;
    while at < bytes.len() {
        if colon(at) {
            return (at > 0).then(|| (slice[..at].trim_end(), at + 1));
        }
        if bytes[at] == b'#' && at > 0 && is_blank(bytes[at - 1]) {
            return None;
        }
        at += 1;
    }
    None
}

/// Where the quote opened at `open` is closed.
fn closing_quote(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if *byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The value at `at`, on a line that ends at `end`, and where it ends.
fn value<'a>(source: &Source<'a>, at: usize, end: usize) -> (Value<'a>, usize) {
    let text = source.text;
    let bytes = text.as_bytes();
    let mut at = skip_blanks(bytes, at).min(end);
    at += properties(text.get(at..end).unwrap_or_default());
    let rest = text.get(at..end).unwrap_or_default();
    match rest.as_bytes().first() {
        None | Some(b'#') => (Value::Absent, end),
        Some(b'*') => (Value::Alias, end),
        Some(b'|' | b'>') if is_header(rest) => (Value::Block(indicated(rest)), end),
        Some(quote @ (b'"' | b'\'')) => match closing_quote(bytes, at, *quote) {
            Some(close) if is_rest_of_line(text, close + 1) => {
                (Value::Quoted(&text[at + 1..close]), close)
            }
            _ => (Value::Broken, end),
        },
        Some(open @ (b'[' | b'{')) => match source.closing_bracket(at) {
            Some(close) if is_rest_of_line(text, close + 1) => {
                (if *open == b'[' { Value::FlowSeq } else { Value::FlowMap }, close)
            }
            _ => (Value::Broken, end),
        },
        Some(_) => (plain(rest), end),
    }
}

fn plain(rest: &str) -> Value<'_> {
    let text = rest.find(" #").map_or(rest, |at| &rest[..at]).trim_end();
    // YAML takes that for a map inside of a line.
    if text.contains(": ") || text.ends_with(':') || text.starts_with(['@', '`', '%', '|', '>']) {
        return Value::Broken;
    }
    Value::Plain(text, plain_scalar(text))
}

/// Whether `rest` is the header of a block scalar: `|`, `>-`, `|2+ # comment`.
fn is_header(rest: &str) -> bool {
    let rest = rest[1..].trim_start_matches(|it: char| it.is_ascii_digit() || "+-".contains(it));
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with('#')
}

/// The number in the header of a block scalar.
fn indicated(header: &str) -> Option<usize> {
    let mut signs = header.bytes().skip(1).take(2);
    signs.find(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'))
}

/// Whether nothing but a comment stands on the line from `at` on.
fn is_rest_of_line(text: &str, at: usize) -> bool {
    let end = line_end(text.as_bytes(), at);
    let rest = text.get(at..end).unwrap_or_default().trim_start();
    rest.is_empty() || rest.starts_with('#')
}

impl Source<'_> {
    /// Where the bracket opened at `open` is closed, unless too much was searched already.
    fn closing_bracket(&self, open: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if self.left.get() == 0 {
            return None;
        }
        let close = closing_bracket(bytes, open);
        let read = close.unwrap_or(bytes.len()) - open;
        self.left.set(self.left.get().saturating_sub(read));
        close
    }
}

/// Where the bracket opened at `open` is closed.
fn closing_bracket(bytes: &[u8], open: usize) -> Option<usize> {
    let (mut at, mut depth) = (open, 0usize);
    // A quote inside of a word is a letter.
    let mut before = b'[';
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'"' | b'\'' if !before.is_ascii_alphanumeric() => {
                at = closing_quote(bytes, at, byte)?;
            }
            b'#' if matches!(before, b' ' | b'\n' | b'\r' | b'\t') => {
                at = line_end(bytes, at);
                continue;
            }
            _ => {}
        }
        before = byte;
        at += 1;
    }
    None
}
