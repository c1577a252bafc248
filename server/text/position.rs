//! Offsets and positions: bytes on our side, lines and characters on the editor's.
//!
//! A line ends at LF, CRLF or a lone CR and at nothing else, as in the protocol. That is how `ropey`
//! counts with the features it is built with.

use crate::text::{Span, Text};

/// What an editor counts in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every editor can count.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }
}

/// A place as an editor names it, both numbers from 0; what `character` counts is the encoding's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub character: u32,
}

/// Up to this many bytes are counted one by one.
const SHORT: usize = 2_000;

impl Text {
    /// The number of lines; the empty one after a final line end counts.
    pub fn lines(&self) -> usize {
        self.rope.len_lines()
    }

    /// The bytes of `line`, counted from 0, without its end. Behind the last line: the empty span at
    /// the end of the text.
    pub fn line_span(&self, line: usize) -> Span {
        if line >= self.lines() {
            return Span::at(self.len());
        }
        let start = self.rope.line_to_byte(line);
        let next = self.rope.line_to_byte(line + 1);
        let ends = |at: usize, byte| at > start && self.rope.byte(at - 1) == byte;
        let end = if line + 1 == self.lines() {
            next
        } else if ends(next, b'\n') && ends(next - 1, b'\r') {
            next - 2
        } else {
            next - 1
        };
        Span::new(start, end)
    }

    /// The lines of `span`, without the end of the last one.
    pub fn whole_lines(&self, span: Span) -> Span {
        let [first, last] =
            [span.start, span.end].map(|offset| self.line_span(self.line_col(offset).0));
        Span::new(first.start, last.end.max(first.start))
    }

    /// The line of `offset` and the byte in it, both from 0. Between CR and LF is the line's end.
    pub fn line_col(&self, offset: usize) -> (usize, usize) {
        let (line, start, offset) = self.within_line(offset);
        (line, offset - start)
    }

    /// The line of `offset`, where it starts, and `offset` within it.
    fn within_line(&self, offset: usize) -> (usize, usize, usize) {
        let offset = offset.min(self.len());
        let line = self.rope.byte_to_line(offset);
        let start = self.rope.line_to_byte(line);
        // Between CR and LF is the line's end.
        let in_break = offset > start && self.rope.byte(offset - 1) == b'\r';
        (line, start, offset - usize::from(in_break))
    }

    /// Where `offset` is for an editor that counts in `encoding`.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let (line, start, offset) = self.within_line(offset);
        // Most lines are short, so that counting in one is cheaper than asking the rope, which counts
        // in a piece of a thousand bytes or so.
        let character = if offset - start <= SHORT {
            encoding.length(&self.slice(Span::new(start, offset)))
        } else {
            self.units(offset, encoding) - self.units(start, encoding)
        };
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: narrow(line), character: narrow(character) }
    }

    /// The offset of an editor's `position`. Behind the last line is the end of the text, behind the
    /// last character the end of the line, and inside a character its start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let span = self.line_span(position.line as usize);
        let character = position.character as usize;
        let char = match encoding {
            Encoding::Utf8 => {
                self.rope.byte_to_char(span.end.min(span.start.saturating_add(character)))
            }
            Encoding::Utf16 => {
                let unit = self.units(span.start, encoding).saturating_add(character);
                self.rope.utf16_cu_to_char(unit.min(self.units(span.end, encoding)))
            }
            Encoding::Utf32 => {
                let char = self.rope.byte_to_char(span.start).saturating_add(character);
                char.min(self.rope.byte_to_char(span.end))
            }
        };
        self.rope.char_to_byte(char)
    }

    /// How many units of `encoding` stand before `offset` in the whole text.
    fn units(&self, offset: usize, encoding: Encoding) -> usize {
        let char = self.rope.byte_to_char(offset);
        match encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char),
            Encoding::Utf32 => char,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn width(char: char, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => char.len_utf8(),
            Encoding::Utf16 => char.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// Start and end (without its break) of every line, found by looking at each byte.
    fn naive_lines(text: &str) -> Vec<Span> {
        let bytes = text.as_bytes();
        let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
        while at < bytes.len() {
            let long = match (bytes[at], bytes.get(at + 1)) {
                (b'\r', Some(b'\n')) => 2,
                (b'\r' | b'\n', _) => 1,
                _ => 0,
            };
            if long > 0 {
                lines.push(Span::new(start, at));
                start = at + long;
            }
            at += long.max(1);
        }
        lines.push(Span::new(start, bytes.len()));
        lines
    }

    fn naive_position(text: &str, offset: usize, encoding: Encoding) -> Position {
        let lines = naive_lines(text);
        let line = lines.iter().rposition(|span| span.start <= offset).unwrap();
        let end = offset.min(lines[line].end);
        let chars = text[lines[line].start..end].chars();
        let character = chars.map(|char| width(char, encoding)).sum::<usize>();
        Position { line: line as u32, character: character as u32 }
    }

    fn naive_offset(text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(span) = naive_lines(text).get(position.line as usize).copied() else {
            return text.len();
        };
        let (mut left, mut at) = (position.character as usize, span.start);
        for char in text[span.start..span.end].chars() {
            if left < width(char, encoding) {
                break;
            }
            left -= width(char, encoding);
            at += char.len_utf8();
        }
        at
    }

    /// Texts in which everything that is easily counted wrongly is frequent.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            3 => Just("\n"), 3 => Just("\r\n"), 2 => Just("\r"), 3 => Just("a"), 2 => Just("é"),
            2 => Just("日"), 3 => Just("😀"), 1 => Just("\u{2028}"), 1 => Just("\u{85}"),
            1 => Just("\u{b}"), 1 => Just("\u{feff}"), 1 => Just("key: value # comment")
        ];
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn positions_are_those_of_a_plain_count(text in texts()) {
            let rope = Text::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                for encoding in ALL {
                    let position = rope.position(offset, encoding);
                    prop_assert_eq!(position, naive_position(&text, offset, encoding));
                }
            }
        }

        #[test]
        fn offsets_are_those_of_a_plain_count(text in texts(), more in 0..4u32) {
            let rope = Text::new(&text);
            let lines = naive_lines(&text);
            prop_assert_eq!(rope.lines(), lines.len());
            for (line, span) in lines.iter().enumerate() {
                prop_assert_eq!(rope.line_span(line), *span);
                for character in 0..(span.end - span.start) as u32 + more {
                    let position = Position { line: line as u32, character };
                    for encoding in ALL {
                        let offset = rope.offset(position, encoding);
                        prop_assert_eq!(offset, naive_offset(&text, position, encoding));
                    }
                }
            }
        }

        #[test]
        fn a_position_leads_back_to_its_offset(text in texts()) {
            let rope = Text::new(&text);
            for (offset, _) in text.char_indices() {
                let inside_crlf = text.as_bytes()[..=offset].ends_with(b"\r\n");
                for encoding in ALL.into_iter().filter(|_| !inside_crlf) {
                    let position = rope.position(offset, encoding);
                    prop_assert_eq!(rope.offset(position, encoding), offset);
                }
            }
        }
    }

    #[test]
    fn long_texts_lie_in_many_pieces_of_the_rope() {
        let text = "name: 😀é\r\n".repeat(2_000);
        let rope = Text::new(&text);
        let offset = "name: 😀é\r\n".len() * 1_999 + "name: 😀".len();
        let expected = [10, 8, 7];
        for (encoding, character) in ALL.into_iter().zip(expected) {
            let position = Position { line: 1_999, character };
            assert_eq!(rope.position(offset, encoding), position);
            assert_eq!(rope.offset(position, encoding), offset);
        }
    }

    #[test]
    fn long_lines_are_counted_by_the_rope() {
        let text = format!("a\n{}\r\nb", "😀é".repeat(1_000));
        let rope = Text::new(&text);
        for offset in [2, 2 + 2_004, 2 + 2_008, 2 + 6_000, 2 + 6_001] {
            let position = ALL.map(|encoding| rope.position(offset, encoding));
            assert_eq!(position, ALL.map(|it| naive_position(&text, offset, it)), "{offset}");
        }
    }

    #[test]
    fn what_is_out_of_range_is_clamped() {
        let rope = Text::new("ab\r\n😀");
        let at = |line, character| rope.offset(Position { line, character }, Encoding::Utf16);
        assert_eq!(at(0, u32::MAX), 2);
        assert_eq!(at(1, 1), 4, "the start of the pair");
        assert_eq!(at(1, 2), 8);
        assert_eq!(at(u32::MAX, 0), 8);
        assert_eq!(rope.line_span(7), Span::at(8));
        assert_eq!(rope.line_col(3), (0, 2), "between CR and LF");
        assert_eq!(rope.line_col(99), (1, 4));
    }
}
