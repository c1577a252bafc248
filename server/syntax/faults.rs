//! What is wrong with a line that is no key with a value, in the words of the person who wrote it.

/// A character that looks like a space and is a letter to YAML.
pub(crate) const ODD_SPACE: &str = "no-break or zero-width space where YAML requires a space";
pub(crate) const COLON_GLUED: &str = "missing space after `:`";
pub(crate) const NO_COLON: &str = "missing `:` after the key";
/// `* * * * *`: a star starts an alias.
pub(crate) const STAR: &str = "a value that starts with `*` must be quoted";

pub(crate) const UNDEFINED_ANCHOR: &str = "undefined anchor";

/// What yaml-rust2 refuses with `message` at the start of `line`.
pub(crate) fn of_reader(message: &str, line: &str) -> String {
    let fault = if !message.contains("unknown anchor") {
        let parts = [("block scalar", "invalid header of a block scalar"), ("tag", "invalid tag")];
        let known = parts.into_iter().find(|(part, _)| message.contains(part));
        known.map_or(message, |(_, fault)| fault)
    } else if line.starts_with("*.") || line.starts_with("*/") {
        // `*.example.com`, `*/5`: names of anchors are words.
        STAR
    } else {
        UNDEFINED_ANCHOR
    };
    fault.to_owned()
}

/// Spaces of other scripts and of typesetting, which editors show as spaces or not at all.
pub(crate) fn is_odd_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200b}' | '\u{3000}' | '\u{feff}')
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
    } else if line.as_bytes().first().is_some_and(word) && glued(b':') {
        COLON_GLUED
    } else {
        NO_COLON
    }
}
