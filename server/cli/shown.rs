//! Untrusted text for terminals: nothing in it moves the cursor, changes colours, is invisible or
//! reverses the reading order.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` in one line, with control characters written as escapes: `\u{1b}`.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, is_obeyed)
}

/// The same for a text of several lines.
pub(super) fn shown_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |char| is_obeyed(char) && !matches!(char, '\n' | '\t'))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' if is_escaped(char) => out.extend(char.escape_default()),
            _ if is_escaped(char) => out.extend(char.escape_unicode()),
            _ => out.push(char),
        }
    }
    Cow::Owned(out)
}

/// Whether it is ordinary text, which is a cheaper check.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A replacement for `char` that is one column wide, so that columns stay aligned.
pub(super) fn sign(char: char) -> char {
    match char {
        '\t' | '\u{feff}' => char,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if is_obeyed(char) => '\u{fffd}',
        _ => char,
    }
}

/// `json` with the control characters that JSON allows written as escapes. They are in strings only.
pub(super) fn shown_json(json: &str) -> Cow<'_, str> {
    let is_obeyed = |char| is_obeyed(char) && char > '\u{7e}';
    if is_plain(json) || !json.contains(is_obeyed) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for char in json.chars() {
        if is_obeyed(char) {
            let mut units = [0; 2];
            for unit in char.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(char);
        }
    }
    Cow::Owned(out)
}

/// Control characters, marks of the direction of text, characters without width, tags.
fn is_obeyed(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_obey_is_escaped() {
        assert_eq!(shown("a\u{1b}[31m\r\nb\u{9b}2J"), "a\\u{1b}[31m\\r\\nb\\u{9b}2J");
        assert_eq!(shown_lines("a\n\tb\u{202e}\u{7}\n"), "a\n\tb\\u{202e}\\u{7}\n");
        assert_eq!(shown("é日😀👩‍💻"), "é日😀👩‍💻");
        let json =
            serde_json::to_string("\u{1b}\u{7f}\u{9b}\u{202e}\u{e0001}é").unwrap_or_default();
        let shown = shown_json(&json);
        assert_eq!(shown, r#""\u001b\u007f\u009b\u202e\udb40\udc01é""#);
        assert_eq!(serde_json::from_str::<String>(&shown).ok(), serde_json::from_str(&json).ok());
    }

    #[test]
    fn signs_are_not_obeyed() {
        for char in (0..=0x10_ffff).filter_map(char::from_u32).filter(|it| is_obeyed(*it)) {
            assert!(!is_obeyed(sign(char)) || matches!(char, '\t' | '\u{feff}'), "{char:?}");
        }
    }
}
