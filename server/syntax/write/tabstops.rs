//! Places in new content that the user is to fill in, such as the address of a repository.
//!
//! Content carries them as marks, characters that Unicode keeps free for such use and that no
//! manifest holds. They do not count when it is decided how a text is written, and are taken out of
//! the edits at the end.

use std::borrow::Cow;

use crate::text::Span;

/// How many different places content can have.
pub const MOST: usize = 31;

const CLOSE: char = '\u{FDD0}';
const FIRST: u32 = 0xFDD1;

/// A place to fill in: its number, from 1 on, and where in the text it stands. Places with the same
/// number are the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tabstop {
    pub number: usize,
    pub span: Span,
}

/// `text` marked as the place `number`; unmarked when there are too many.
pub fn mark(number: usize, text: &str) -> String {
    let open = u32::try_from(number).ok().filter(|it| (1..=MOST as u32).contains(it));
    match open.and_then(|number| char::from_u32(FIRST + number - 1)) {
        Some(open) => format!("{open}{text}{CLOSE}"),
        None => text.to_owned(),
    }
}

/// `text` without marks.
pub fn plain(text: &str) -> Cow<'_, str> {
    match text.contains(is_mark) {
        true => Cow::Owned(text.replace(is_mark, "")),
        false => Cow::Borrowed(text),
    }
}

/// Takes the marks out of `text`; the places that they stood for.
pub fn take(text: &mut String) -> Vec<Tabstop> {
    let (mut tabstops, mut open) = (Vec::new(), Vec::new());
    if !text.contains(is_mark) {
        return tabstops;
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match u32::from(char) {
            _ if !is_mark(char) => out.push(char),
            _ if char == CLOSE => {
                let stop = open
                    .pop()
                    .map(|(number, start)| Tabstop { number, span: Span::new(start, out.len()) });
                tabstops.extend(stop);
            }
            code => open.push(((code - FIRST + 1) as usize, out.len())),
        }
    }
    *text = out;
    tabstops
}

fn is_mark(char: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_again() {
        let mut text = format!("a {} b {}{}", mark(1, "one"), mark(31, ""), mark(32, "é"));
        assert_eq!(plain(&text), "a one b é");
        let tabstops = take(&mut text);
        assert_eq!(text, "a one b é");
        let stop = |number, start, end| Tabstop { number, span: Span::new(start, end) };
        assert_eq!(tabstops, [stop(1, 2, 5), stop(31, 8, 8)]);
        assert!(take(&mut text).is_empty());
    }
}
