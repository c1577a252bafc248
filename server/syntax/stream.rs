//! A file as a row of documents, each read on its own.
//!
//! The parts tile the text: documents, and the gaps between them. A part's spans are relative to
//! its own start, so an edit leaves every part but the touched ones as they are.

use std::sync::Arc;

use crate::syntax::characters;
use crate::syntax::lines::{is_blank, line_end, next_line};
use crate::text::{Edit, Span, Text};

/// A piece of a file: a document with what was read from it, or a gap of comments and blanks.
#[derive(Debug)]
pub struct Part<T> {
    /// In bytes.
    pub len: usize,
    /// `None` for a gap.
    pub document: Option<Arc<T>>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self { len: self.len, document: self.document.clone() }
    }
}

/// The parts of a file, in order.
#[derive(Debug)]
pub struct Stream<T> {
    parts: Vec<Part<T>>,
}

impl<T> Clone for Stream<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone() }
    }
}

impl<T> Stream<T> {
    /// Cuts `text` at its `---` lines, as kubectl does, and reads each document with `read`.
    pub fn new(text: &str, read: impl Fn(&str) -> T) -> Self {
        let mut parts: Vec<Part<T>> = Vec::new();
        let (mut at, mut before) = (0, "");
        for tile in tiles(text) {
            let slice = text.get(at..at + tile.len).unwrap_or_default();
            at += tile.len;
            // Thousands of equal documents, such as empty ones, are read once.
            let same = parts.last().filter(|_| slice == before).and_then(|it| it.document.clone());
            let document = tile.content.then(|| same.unwrap_or_else(|| Arc::new(read(slice))));
            parts.push(Part { len: tile.len, document });
            before = slice;
        }
        Self { parts }
    }

    /// The documents and where each starts.
    pub fn documents(&self) -> impl Iterator<Item = (usize, &Arc<T>)> {
        let mut at = 0;
        self.parts.iter().filter_map(move |part| {
            let start = at;
            at += part.len;
            part.document.as_ref().map(|document| (start, document))
        })
    }

    /// The document that holds `offset`, and where it starts. Behind the last document, that one.
    pub fn document_at(&self, offset: usize) -> Option<(usize, &Arc<T>)> {
        self.documents().take_while(|(start, _)| *start <= offset).last()
    }

    pub fn parts(&self) -> &[Part<T>] {
        &self.parts
    }

    /// The stream after `edit`, which led to `text`. Only the documents it touches are read.
    #[must_use]
    pub fn edited(&self, edit: &Edit, text: &Text, read: impl Fn(&str) -> T) -> Self {
        let region = self.region(edit.span, text);
        let old_len: usize = self.parts[region.first..region.last].iter().map(|it| it.len).sum();
        let removed = edit.span.end - edit.span.start;
        let new_len = old_len + edit.insert.len() - removed;
        let source = text.slice(Span::new(region.start, region.start + new_len));
        let mut fresh = Vec::new();
        let mut at = 0;
        for tile in tiles(&source) {
            let slice = source.get(at..at + tile.len).unwrap_or_default();
            let kept = self.kept(&region, edit, region.start + at, &tile);
            let document = match kept {
                Some(document) => Some(document),
                None => tile.content.then(|| Arc::new(read(slice))),
            };
            fresh.push(Part { len: tile.len, document });
            at += tile.len;
        }
        let mut parts = Vec::with_capacity(self.parts.len() + fresh.len());
        parts.extend_from_slice(&self.parts[..region.first]);
        parts.append(&mut fresh);
        parts.extend_from_slice(&self.parts[region.last..]);
        merge_gaps(&mut parts);
        Self { parts }
    }

    /// The parts that an edit of `span` may change: those it touches, the one before when it is
    /// near a part's first line, and everything up to the next document.
    fn region(&self, span: Span, text: &Text) -> Region {
        let mut region = Region { first: self.parts.len(), last: 0, start: 0 };
        let mut at = 0;
        for (index, part) in self.parts.iter().enumerate() {
            let end = at + part.len;
            if end >= span.start && at <= span.end {
                if index < region.first {
                    (region.first, region.start) = (index, at);
                }
                region.last = index + 1;
            }
            at = end;
        }
        if region.first > region.last {
            region = Region { first: 0, last: 0, start: 0 };
        }
        while region.first > 0 && self.near_start(&region, span, text) {
            region.first -= 1;
            region.start -= self.parts[region.first].len;
            if self.parts[region.first].document.is_some() {
                break;
            }
        }
        while let Some(part) = self.parts.get(region.last) {
            region.last += 1;
            if part.document.is_some() {
                break;
            }
        }
        region
    }

    /// Whether an edit at `span` may change where the first part of `region` starts.
    fn near_start(&self, region: &Region, span: Span, text: &Text) -> bool {
        let first_line = text.slice(Span::new(region.start, region.start + 256));
        let second = region.start + next_line(first_line.as_bytes(), 0);
        let gap = self.parts[region.first].document.is_none();
        gap || span.start <= second.max(region.start + 4)
    }

    /// The document that stood where `tile` stands now, if the edit left it as it was.
    fn kept(&self, region: &Region, edit: &Edit, at: usize, tile: &Tile) -> Option<Arc<T>> {
        let mut start = region.start;
        for part in &self.parts[region.first..region.last] {
            let same = part.len == tile.len && part.document.is_some() == tile.content;
            let before = start + part.len < edit.span.start && start == at;
            let moved = start + edit.insert.len() == at + (edit.span.end - edit.span.start);
            if same && (before || (start > edit.span.end && moved)) {
                return part.document.clone();
            }
            start += part.len;
        }
        None
    }
}

/// Parts `first..last`, which start at byte `start`.
struct Region {
    first: usize,
    last: usize,
    start: usize,
}

struct Tile {
    len: usize,
    content: bool,
}

/// Makes one gap of neighbouring ones, so that a long session does not pile them up.
fn merge_gaps<T>(parts: &mut Vec<Part<T>>) {
    parts.dedup_by(|part, before| {
        let gaps = part.document.is_none() && before.document.is_none();
        before.len += if gaps { part.len } else { 0 };
        gaps
    });
}

/// Cuts a text into documents and gaps. A document starts at its `---`, at its directives or at
/// its first content; what stands in front of that is a gap, unless a document is open.
fn tiles(text: &str) -> Vec<Tile> {
    let bytes = text.as_bytes();
    let mut cutter = Cutter::default();
    let mut at = 0;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let next = next_line(bytes, at);
        let line = &bytes[at..end];
        if starts_document(line) {
            if cutter.content {
                cutter.cut(at);
            }
            cutter.content = true;
        } else if !cutter.content {
            cutter.content = has_content(line);
            cutter.directive |= line.starts_with(b"%");
        }
        at = next;
    }
    // Without a `---` below them they are a document, which kubectl refuses.
    cutter.content |= cutter.directive;
    cutter.cut(bytes.len());
    cutter.gap(bytes.len());
    cutter.tiles
}

#[derive(Default)]
struct Cutter {
    tiles: Vec<Tile>,
    /// How much of the text is tiled.
    done: usize,
    /// Where the document at hand starts.
    start: usize,
    content: bool,
    /// Directives stand in front of the document at hand.
    directive: bool,
}

impl Cutter {
    /// Ends the document at hand, if there is one, at `end`, where the next starts.
    fn cut(&mut self, end: usize) {
        if self.content {
            self.gap(self.start);
            self.tiles.push(Tile { len: end - self.done, content: true });
            self.done = end;
        }
        (self.start, self.content, self.directive) = (end, false, false);
    }

    fn gap(&mut self, end: usize) {
        if end > self.done {
            self.tiles.push(Tile { len: end - self.done, content: false });
            self.done = end;
        }
    }
}

fn starts_document(line: &[u8]) -> bool {
    line.starts_with(b"---") && line.get(3).is_none_or(|byte| is_blank(*byte))
}

fn has_content(line: &[u8]) -> bool {
    let Some(first) = line.iter().position(|byte| !is_blank(*byte)) else { return false };
    match line[first] {
        // kubectl reads comments alone as a document as well, and refuses this one.
        b'#' => std::str::from_utf8(line).is_ok_and(|it| characters::forbidden(it).is_some()),
        b'%' => first > 0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Stream;
    use crate::text::{Edit, Span, Text, apply};

    fn texts(stream: &Stream<String>) -> Vec<(usize, String)> {
        stream
            .parts()
            .iter()
            .map(|it| (it.len, it.document.as_deref().cloned().unwrap_or_default()))
            .collect()
    }

    #[test]
    fn cuts_at_markers() {
        let stream = Stream::new("# top\n---\na: 1\n...\nb: 2\n---\nc: 3\n", str::to_owned);
        let documents: Vec<_> = stream.documents().map(|it| it.1.as_str()).collect();
        // kubectl looks for `---` only.
        assert_eq!(documents, ["# top\n---\na: 1\n...\nb: 2\n", "---\nc: 3\n"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn an_edit_gives_what_a_full_cut_gives(
            edits in prop::collection::vec((0usize..200, 0usize..12, "(---\n|\\.\\.\\.\n|\n|a: 1\n|# c\n|-|--|%Y 1\n|ö|\r\n| ){0,4}"), 1..30)
        ) {
            let mut text = String::from("---\na: 1\n---\nb: 2\n# c\n---\nc: 3\n...\n\nd: 4\n");
            let mut stream = Stream::new(&text, str::to_owned);
            for (start, len, insert) in edits {
                let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1 } at };
                let start = floor(start.min(text.len()));
                let end = floor((start + len).min(text.len())).max(start);
                let edit = Edit { span: Span::new(start, end), insert };
                text = apply(&text, std::slice::from_ref(&edit));
                stream = stream.edited(&edit, &Text::new(&text), str::to_owned);
                let full = Stream::new(&text, str::to_owned);
                prop_assert_eq!(texts(&stream), texts(&full), "{:?}", text);
            }
        }
    }
}
