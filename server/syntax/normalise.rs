//! A same-length variant of a text that the exact parser takes although it refuses the text.
//!
//! kubectl's parser accepts more than yaml-rust2 does: a closing `]` at the column of its key,
//! quoted text with lines that start with tabs or are no deeper than their parent, tabs and comments inside
//! brackets, a tab after `key:`, a comment directly after a quote or a bracket, a colon directly after an
//! alias. Offsets in the variant are offsets in the text.

use crate::syntax::lines::{is_blank, is_break};
use crate::syntax::node::Node;
use crate::syntax::tree::{Kind, Style, Tree};
use crate::text::Span;

/// The variant, or `None` when it would be the same. `tree` is the tolerant tree of the text.
pub(crate) fn variant(tree: &Tree) -> Option<String> {
    let mut bytes = tree.text().as_bytes().to_vec();
    let quoted = quoted_spans(tree);
    // While the line breaks are there, which end them.
    let ends = tree.nodes().filter(|node| node.kind().is_flow()).map(|node| node.content_span());
    for span in quoted.iter().copied().chain(ends) {
        blank_comment(&mut bytes, span.end);
    }
    for span in &quoted {
        blank_indentation(&mut bytes, *span);
    }
    for node in tree.nodes() {
        if node.kind().is_flow() && !node.in_flow() {
            blank_flow(&mut bytes, node.content_span(), &quoted);
        } else if node.is_key() && !node.in_flow() {
            blank_tabs(&mut bytes, node);
        }
    }
    for node in tree.nodes().filter(|node| node.is_key() && node.kind() == Kind::Alias) {
        quote_alias(&mut bytes, node.content_span());
    }
    let is_loose = |node: &Node<'_>| match node.is_incomplete() {
        true => node.is_scalar(),
        // After an incomplete one the tree can have wrong parents.
        false => {
            !node.in_flow() && quoted.binary_search(&node.content_span()).is_ok() && sags(*node)
        }
    };
    for node in tree.nodes().filter(is_loose) {
        join_quoted(&mut bytes, node.content_span());
    }
    if bytes == tree.text().as_bytes() {
        return None;
    }
    String::from_utf8(bytes).ok()
}

fn quoted_spans(tree: &Tree) -> Vec<Span> {
    let quoted = |node: &Node<'_>| {
        matches!(node.kind(), Kind::Scalar(Style::SingleQuoted | Style::DoubleQuoted))
    };
    let mut spans: Vec<Span> = tree.nodes().filter(quoted).map(Node::content_span).collect();
    spans.sort_unstable();
    spans
}

/// Turns a comment that starts at `at` into blanks.
fn blank_comment(bytes: &mut [u8], at: usize) {
    if bytes.get(at) == Some(&b'#') {
        let rest = bytes.iter_mut().skip(at);
        rest.take_while(|byte| !is_break(**byte)).for_each(|byte| *byte = b' ');
    }
}

/// Turns line breaks, tabs and comments inside brackets into blanks.
fn blank_flow(bytes: &mut [u8], span: Span, quoted: &[Span]) {
    let mut at = span.start;
    while at < span.end.min(bytes.len()) {
        let before = quoted.partition_point(|quote| quote.start <= at);
        if let Some(quote) = before.checked_sub(1).and_then(|last| quoted.get(last))
            && at < quote.end
        {
            at = quote.end;
            continue;
        }
        let byte = bytes[at];
        if is_break(byte) {
            bytes[at] = b' ';
        } else if is_blank(byte) {
            at = blank_gap(bytes, at);
            continue;
        } else if byte == b'#' && at > span.start && is_blank(bytes[at - 1]) {
            while at < bytes.len() && !is_break(bytes[at]) {
                bytes[at] = b' ';
                at += 1;
            }
            continue;
        }
        at += 1;
    }
}

/// Turns the tabs of the blanks that start at `start` into spaces, and gives their end. Tabs within a word
/// stay.
fn blank_gap(bytes: &mut [u8], start: usize) -> usize {
    let blanks = bytes.iter().skip(start).take_while(|byte| is_blank(**byte)).count();
    let end = start + blanks;
    let is_word = |byte: &u8| !is_blank(*byte) && !is_break(*byte) && !b",:[]{}".contains(byte);
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    let behind = bytes.get(end).filter(|byte| **byte != b'#');
    // A colon that a word follows is part of it.
    let starts_word = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(is_word);
    if !before.is_some_and(is_word) || !(starts_word || behind.is_some_and(is_word)) {
        bytes[start..end].fill(b' ');
    }
    end
}

/// Makes a text of an alias that has its colon right behind it, which `Tree::set_text` undoes.
fn quote_alias(bytes: &mut [u8], span: Span) {
    let name = bytes.get(span.start + 1..span.end).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let fits = !name.is_empty() && name.iter().all(is_name);
    if fits && bytes.get(span.end) == Some(&b':') {
        (bytes[span.start], bytes[span.end - 1]) = (b'\'', b'\'');
    }
}

/// Replaces tabs at the start of the later lines of a quoted scalar with blanks. They are not part of its value.
fn blank_indentation(bytes: &mut [u8], span: Span) {
    let mut starts = false;
    for byte in bytes.iter_mut().take(span.end).skip(span.start) {
        starts = is_break(*byte) || (starts && is_blank(*byte));
        if starts && *byte == b'\t' {
            *byte = b' ';
        }
    }
}

/// Whether a later line of the scalar is no deeper than its first one.
fn sags(node: Node<'_>) -> bool {
    let (tree, span) = (node.tree(), node.content_span());
    let indent = |line: &str| line.len() - line.trim_start().len();
    let head = tree.text()[..span.start].rsplit(['\n', '\r']).next().unwrap_or_default();
    let mut below = tree.slice(span).split(['\n', '\r']).skip(1);
    below.any(|line| !line.trim_start().is_empty() && indent(line) <= indent(head))
}

/// How many bytes a quoted scalar may go on below its parent's column.
const LONGEST_QUOTE: usize = 64 << 10;

/// Puts a quoted scalar on one line whose later lines are not deeper than its parent.
fn join_quoted(bytes: &mut [u8], span: Span) {
    let Some(&quote) = bytes.get(span.start).filter(|byte| matches!(byte, b'"' | b'\'')) else {
        return;
    };
    let end = bytes.len().min(span.start + LONGEST_QUOTE);
    let mut at = span.start + 1;
    while at < end && bytes[at] != quote {
        at += if bytes[at] == b'\\' && quote == b'"' { 2 } else { 1 };
    }
    if at < end {
        for byte in bytes[span.start..at].iter_mut().filter(|byte| is_break(**byte)) {
            *byte = b' ';
        }
    }
}

/// Turns tabs between `key:` and its value into blanks.
fn blank_tabs(bytes: &mut [u8], key: Node<'_>) {
    let mut at = key.span().end;
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    if bytes.get(at) != Some(&b':') {
        return;
    }
    at += 1;
    while bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
        bytes[at] = b' ';
        at += 1;
    }
}
