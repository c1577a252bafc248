//! JSON that is not quite text.
//!
//! Editors that keep text in UTF-16 send half a character (`"\ude01"`) when the user replaces half
//! of an emoji. JSON allows it, text cannot hold it.

use std::borrow::Cow;

/// `body` as text in which everything that no text can hold is U+FFFD. The length in UTF-16 units
/// stays what it was, so that positions still fit.
pub(super) fn repaired(body: &[u8]) -> String {
    let text: Cow<'_, str> = String::from_utf8_lossy(body);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (keep, length) = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (true, 12),
            (Some(0xD800..=0xDFFF), _) => (false, 6),
            _ => (true, 1 + escape[1..].chars().next().map_or(0, char::len_utf8)),
        };
        let (escape, after) = escape.split_at(length);
        out.push_str(if keep { escape } else { "\u{FFFD}" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The UTF-16 unit of the `\uXXXX` that `text` starts with.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn only_what_is_broken_changes() {
        for (body, expected) in [
            (r#""a\n\\ud800 \"é\" \u00e9""#, r#""a\n\\ud800 \"é\" \u00e9""#),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ude00x""#, "\"\u{FFFD}x\""),
            (r#""\ud83d""#, "\"\u{FFFD}\""),
            (r#""\ud83dé\ude00""#, "\"\u{FFFD}é\u{FFFD}\""),
            (r#""\ud83d\ud83d\ude00""#, "\"\u{FFFD}\\ud83d\\ude00\""),
            (r#""\ud83d\u0041""#, "\"\u{FFFD}\\u0041\""),
            (r"\", r"\"),
            (r"\u", r"\u"),
            (r"\ué", r"\ué"),
            ("", ""),
        ] {
            assert_eq!(repaired(body.as_bytes()), expected, "{body}");
        }
        assert_eq!(repaired(b"\"\xff\""), "\"\u{FFFD}\"");
    }
}
