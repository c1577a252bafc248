//! Characters that look like other ones, and missing spaces: curly quotes, spaces that YAML reads as letters,
//! a dash or a colon without a space after it.

/// Whether an editor shows the letter as a space or not at all, while YAML reads it as a letter.
pub(crate) fn is_odd_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200b}' | '\u{3000}' | '\u{feff}')
}

/// Whether it is a curly quote, which YAML reads as a letter.
pub(crate) fn is_curly(letter: char) -> bool {
    straight(letter).is_some()
}

pub(crate) fn straight(letter: char) -> Option<char> {
    match letter {
        '\u{201c}'..='\u{201f}' => Some('"'),
        '\u{2018}'..='\u{201b}' => Some('\''),
        _ => None,
    }
}

/// Whether the text starts with a curly quote and ends with a quote of any kind.
pub(crate) fn is_curly_quoted(text: &str) -> bool {
    let mut letters = text.chars();
    let is_quote = |letter| is_curly(letter) || matches!(letter, '"' | '\'');
    letters.next().is_some_and(is_curly) && letters.next_back().is_some_and(is_quote)
}

/// The text with the curly quotes at the start and end of keys and values made straight. Those in words are
/// apostrophes.
pub(crate) fn straightened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = before.is_none_or(|it: char| it.is_whitespace() || "[{,:-".contains(it));
        let behind = letters.peek();
        let closes = behind.is_none_or(|it| it.is_whitespace() || ",:]}".contains(*it));
        out.push(straight(letter).filter(|_| opens || closes).unwrap_or(letter));
        before = Some(letter);
    }
    out
}

/// The offset of the first curly quote in a JSON object whose keys have them.
pub(crate) fn curly_json(text: &str) -> Option<usize> {
    let first = text.trim_start().strip_prefix('{')?.trim_start();
    first.starts_with(is_curly).then(|| text.len() - first.len())
}

/// Whether the text starts with a dash directly before a possible item of a list.
pub(crate) fn has_glued_dash(text: &str) -> bool {
    let first = text.strip_prefix('-').and_then(|rest| rest.bytes().next());
    first.is_some_and(|first| first.is_ascii_alphabetic() || b"/\"'{[$".contains(&first))
}

/// Whether the text is a key and its value without a space after the colon: `name:web`.
pub(crate) fn has_glued_colon(text: &str) -> bool {
    let in_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let starts = |letter: char| letter.is_ascii_alphanumeric() || "\"'/[{$-".contains(letter);
    let Some((key, value)) = text.split_once(':') else { return false };
    let is_key = key.chars().all(in_key) && key.starts_with(|it: char| it.is_ascii_alphanumeric());
    is_key && value.starts_with(starts) && !value.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::{curly_json, has_glued_colon, has_glued_dash, is_curly_quoted, straightened};

    #[test]
    fn apostrophes_stay() {
        assert_eq!(straightened("a: “it’s b”"), "a: \"it’s b\"");
        assert_eq!(straightened("{“a”:“b”, ‘c’: [“d, e”]}"), "{\"a\":\"b\", 'c': [\"d, e\"]}");
        assert!(is_curly_quoted("“a”") && !is_curly_quoted("“") && !is_curly_quoted("a “b”"));
        assert!(is_curly_quoted("“a\""));
        assert_eq!(curly_json(" { “a”: 1}"), Some(3));
        assert_eq!(curly_json("{\"a\": “b”}"), None);
    }

    #[test]
    fn a_space_is_missing() {
        assert!(has_glued_dash("-name") && !has_glued_dash("--name") && !has_glued_dash("-1"));
        assert!(has_glued_colon("name:web") && !has_glued_colon("a b:c") && !has_glued_colon("a:"));
        assert!(has_glued_colon("path:/a") && !has_glued_colon("http://a"));
    }
}
