//! Where a text is not YAML, and the messages for it, in the words of its author.

use crate::syntax::slips::{
    has_glued_colon, has_glued_dash, is_curly, is_odd_space, straight, straightened,
};
use crate::syntax::{Kind, Node, Style, characters};
use crate::text::Span;

/// A place where the text is not YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) span: Span,
    pub(crate) message: &'static str,
}

/// A character that looks like a space and is a letter to YAML.
pub(crate) const ODD_SPACE: &str = "no-break or zero-width space where YAML requires a space";
/// YAML reads curly quotes as letters.
pub(crate) const CURLY: &str = "curly quote where YAML requires `\"` or `'`";
pub(crate) const COLON_GLUED: &str = "missing space after `:`";
pub(crate) const NO_COLON: &str = "missing `:` after the key";
/// `* * * * *`: a star starts an alias.
pub(crate) const STAR: &str = "a value that starts with `*` must be quoted";

pub(crate) const UNDEFINED_ANCHOR: &str = "undefined anchor";

/// `-name: x`, `-x`: a dash without a space after it starts a word.
pub(crate) const DASH_GLUED: &str = "missing space after `-`";
pub(crate) const UNCLOSED_QUOTE: &str = "unclosed quote";
pub(crate) const UNCLOSED_BRACKET: &str = "unclosed bracket";

/// Whether the fault is that something is not closed yet.
pub(crate) fn is_unclosed(message: &str) -> bool {
    [UNCLOSED_QUOTE, UNCLOSED_BRACKET].contains(&message)
}

pub(crate) const TAB: &str = "tab where YAML requires spaces";
/// kubectl splits files at `---` before it reads YAML.
pub(crate) const BEHIND_START: &str = "unexpected text after `---`: expected a comment or nothing";
/// The message of a fault that is a template's placeholder for a value, and no mistake.
pub(crate) const TEMPLATE: &str = "a template expression";
/// The same for a line that is nothing but a template's action.
pub(crate) const TEMPLATE_LINE: &str = "a template action";
/// For refusals without a message of their own.
const INVALID: &str = "invalid YAML";

/// Whether a fault is the work of a template and no mistake.
pub(crate) fn is_template(fault: &Fault) -> bool {
    fault.message == TEMPLATE || fault.message == TEMPLATE_LINE
}

/// The message for each part of a message of yaml-rust2. The first match counts.
const KINDS: [(&str, &str); 28] = [
    ("tab", TAB),
    ("wrongly indented", "a line of the block text is indented less than the first one"),
    ("block scalar", "invalid header of a block scalar"),
    ("escape character", "invalid escape in double quotes"),
    ("escape code", "invalid escape in double quotes"),
    ("hexadecimal", "invalid escape in double quotes"),
    ("quoted scalar, found unexpected", UNCLOSED_QUOTE),
    ("indentation in quoted", "text in quotes is indented less than its key"),
    ("content after double-quoted", "unexpected text after the closing quote"),
    ("',' or '}'", "missing `,` or `}`"),
    ("',' or ']'", "missing `,` or `]`"),
    ("node content", "missing value"),
    ("inside a block", DASH_IN_BRACKETS),
    ("start with '-'", DASH_IN_BRACKETS),
    ("block sequence entries", ITEM_INLINE),
    ("block collection", "missing `-` before the item"),
    ("comments must be", "missing space before `#`"),
    ("unexpected character", FIRST_CHARACTER),
    ("mapping keys", KEY_INLINE),
    ("mapping values", "unexpected `:`"),
    ("illegal placement", "unexpected `:`"),
    ("key", NO_COLON),
    ("document end marker", "unexpected text after `...`"),
    ("directive", "invalid directive"),
    ("document", "unexpected text after the end of the document"),
    ("indentation", "indentation matches no line above"),
    ("whitespace", "missing space"),
    ("recursion", "nested too deep"),
];
/// `key: - item`
pub(crate) const ITEM_INLINE: &str = "a list item must start on a line of its own";
/// `key: ? other`
pub(crate) const KEY_INLINE: &str = "unexpected `?`";
const DASH_IN_BRACKETS: &str = "`-` is not allowed in brackets";
pub(crate) const FIRST_CHARACTER: &str = "this character cannot start a value";

/// The message for a refusal of yaml-rust2 at the start of `line`. Its own message is never shown.
pub(crate) fn of_reader(message: &str, line: &str) -> &'static str {
    if message == characters::FORBIDDEN {
        return characters::FORBIDDEN;
    }
    let names = |word: &str| message.contains(word);
    if names("tag") || names("TAG") || names("URI") || names("UTF-8") || names("handle") {
        "invalid tag"
    } else if !names("anchor") {
        let known = KINDS.iter().find(|(part, _)| names(part));
        known.map_or(INVALID, |(_, fault)| fault)
    } else if line.starts_with("*.") || line.starts_with("*/") {
        // `*.example.com`, `*/5`: names of anchors are words.
        STAR
    } else if names("unknown anchor") {
        UNDEFINED_ANCHOR
    } else {
        "missing name after `&` or `*`"
    }
}

/// What the text of a line lacks that stands where a key should.
pub(crate) fn of_key(line: &str) -> &'static str {
    let word = |letter: &u8| letter.is_ascii_alphanumeric();
    let glued = |sign: u8| {
        let pairs = line.as_bytes().windows(2);
        pairs.into_iter().any(|pair| pair[0] == sign && word(&pair[1]))
    };
    if line.contains(is_odd_space) {
        ODD_SPACE
    } else if line.starts_with("- ") {
        ITEM_INLINE
    } else if has_glued_dash(line) {
        DASH_GLUED
    } else if has_glued_colon(line) || (line.as_bytes().first().is_some_and(word) && glued(b':')) {
        COLON_GLUED
    } else {
        NO_COLON
    }
}

/// A slip, and the corrected text.
pub(crate) struct Slip {
    pub(crate) fault: &'static str,
    /// The title of the fix.
    pub(crate) title: &'static str,
    pub(crate) corrected: String,
}

/// The correction of `text`, which has the fault, if it is clear.
pub(crate) fn mended(fault: &'static str, text: &str) -> Option<Slip> {
    let (title, corrected) = match fault {
        ODD_SPACE => {
            let spaces = text.replace(['\u{200b}', '\u{feff}'], "");
            ("Replace with spaces", spaces.replace(is_odd_space, " "))
        }
        CURLY => ("Replace with straight quotes", straightened(text)),
        COLON_GLUED => ("Add a space", text.replacen(':', ": ", 1)),
        DASH_GLUED => ("Add a space", text.replacen('-', "- ", 1)),
        STAR if !text.contains('"') => ("Quote the value", format!("\"{text}\"")),
        _ => return None,
    };
    Some(Slip { fault, title, corrected })
}

/// The slip in an unknown key.
pub(crate) fn slip_in(key: &str) -> Option<Slip> {
    let fault = if key.contains(is_odd_space) {
        ODD_SPACE
    } else if key.contains(is_curly) {
        CURLY
    } else if has_glued_dash(key) {
        DASH_GLUED
    } else {
        return None;
    };
    mended(fault, key)
}

/// The offset at which a space is missing in a key in brackets that contains its value: `{name:a}`.
pub(crate) fn missing_space(key: Node<'_>) -> Option<usize> {
    let alone = key.is_key() && key.in_flow() && key.kind() == Kind::Scalar(Style::Plain);
    let absent = alone && key.next_sibling().is_some_and(|value| value.span().is_empty());
    let text = key.text().filter(|text| absent && has_glued_colon(text))?;
    Some(key.content_span().start + text.find(':')? + 1)
}

/// The offset of a curly quote in `line` that should open a key or a value or, if a quote is unclosed, close
/// one. The line is not YAML.
pub(crate) fn curly_quote(line: &str, fault: &str) -> Option<usize> {
    let first = |sign: &[char]| line.find(sign).unwrap_or(line.len());
    let (bracket, double, single) = (first(&['[', '{']), first(&['"']), first(&['\'']));
    let is_mark = |(at, letter): &(usize, char)| {
        let Some(quote) = straight(*letter) else { return false };
        let head = line[..*at].trim_end();
        let opens = head.is_empty()
            || head.ends_with(['[', '{', ':', '-'])
            || (head.ends_with(',') && bracket < *at);
        let open = if quote == '"' { double } else { single };
        let unclosed = fault == UNCLOSED_QUOTE && open < *at;
        opens || unclosed
    };
    line.char_indices().find(is_mark).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{INVALID, of_reader};
    use crate::syntax::{Trust, parse};

    /// Every refusal has a message of its own: pods with one character added or removed.
    #[test]
    fn each_refusal_is_named() {
        let pod = "spec: &a\n  containers:\n  - {name: \"a\\tb\", args: [-c, 'd', *a]}\n  # e\n  - name: |\n      f\n    k: >-\n     !!str g\n";
        let mut refused = 0;
        for at in 0..=pod.len() {
            for insert in [
                "", "\t", "-", "? ", ":", "#", "&", "*", "!", "|", ">", "%", "@", "`", "\"", "'",
                "[", "]", "{", "}", ",", "\\", "\n", "\n...", "\n--- ",
            ] {
                let behind = at + usize::from(insert.is_empty());
                let text =
                    format!("{}{insert}{}", &pod[..at], pod.get(behind..).unwrap_or_default());
                let parse = parse(&text);
                refused += usize::from(parse.trust == Trust::Recovered);
                assert!(parse.errors.iter().all(|it| it.message != INVALID), "{text}");
            }
        }
        assert!(refused > 500, "{refused}");
    }

    #[test]
    fn the_words_of_the_reader_are_not_the_users() {
        assert_eq!(of_reader("while parsing node, found unknown anchor", "*b"), "undefined anchor");
        assert_eq!(of_reader("found a tab", ""), "tab where YAML requires spaces");
        assert_eq!(of_reader("what it never said", ""), INVALID);
    }
}
