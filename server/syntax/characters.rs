//! Characters that no YAML may hold, not even in a comment.

use crate::syntax::lines;

/// What is wrong with a text that holds one.
pub(crate) const FORBIDDEN: &str = "control character that YAML does not allow";

/// The first character of one document that kubectl's reader refuses: control characters but tabs and
/// line breaks, as `yaml_parser_update_buffer` of go-yaml has them. JSON allows those from U+007F on.
///
/// What stands behind a `...` is never read.
pub(crate) fn forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let from = first_start(bytes)?;
    let end = lines::document_end(bytes).unwrap_or(text.len());
    let json = text.trim_start().starts_with('{');
    let rest = text.get(from..end)?;
    let found = rest.char_indices().find(|(_, char)| is_forbidden(*char, json));
    found.map(|(at, _)| from + at)
}

/// The first byte that could start such a character. Few texts have one, so many bytes are looked at in one
/// step, without a branch for each.
fn first_start(bytes: &[u8]) -> Option<usize> {
    const STEP: usize = 64;
    let has_start = |chunk: &[u8]| chunk.iter().fold(false, |found, it| found | may_start(*it));
    let from = STEP * bytes.chunks(STEP).position(has_start)?;
    bytes[from..].iter().position(|byte| may_start(*byte)).map(|at| from + at)
}

fn may_start(byte: u8) -> bool {
    matches!(byte, 0..0x09 | 0x0B | 0x0C | 0x0E..0x20 | 0x7F | 0xC2 | 0xEF)
}

fn is_forbidden(char: char, json: bool) -> bool {
    match char {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..'\u{20}' => true,
        '\u{7f}'..'\u{a0}' | '\u{fffe}' | '\u{ffff}' => !json,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::forbidden;

    #[test]
    fn control_characters_are_found_in_the_text_that_is_read() {
        assert_eq!(forbidden("a: é\u{a0}\u{85}\u{feff}\t\r\n"), None);
        assert_eq!(forbidden("a: 1 # \u{1}\n"), Some(7));
        assert_eq!(forbidden("é: \u{7f}"), Some(4));
        assert_eq!(forbidden("a: \u{9f}"), Some(3));
        let long = "ö: ä\n".repeat(100);
        assert_eq!(forbidden(&long), None);
        assert_eq!(forbidden(&format!("{long}\u{1b}")), Some(long.len()));
        assert_eq!(forbidden("a: \u{ffff}"), Some(3));
        assert_eq!(forbidden("a: 1\n...\n\0"), None);
        assert_eq!(forbidden(" {\"a\": \"\u{7f}\"}"), None);
        assert_eq!(forbidden(" {\"a\": \"\u{1f}\"}"), Some(8));
    }
}
