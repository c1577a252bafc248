//! Words of a user in what podls says: they show as what they are and do nothing else.

/// What is longer is cut: nobody reads a name of a megabyte.
const LONGEST: usize = 200;

/// `text` with everything that does not show, or that turns around what shows, as its number.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\t' | '\r' => out.extend(char.escape_default()),
            _ if is_hidden(char) => out.extend(char.escape_unicode()),
            _ => out.push(char),
        }
    }
    out
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// `text` as code in Markdown. Nothing in it ends the code: the fence is longer than any in the text.
pub fn code(text: &str) -> String {
    let mut shown = visible(text);
    if let Some((at, _)) = shown.char_indices().nth(LONGEST) {
        shown.truncate(at);
        shown.push('…');
    }
    let longest = shown.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Markdown takes one blank away on both sides if there are two.
    let edge = |char: Option<char>| matches!(char, None | Some('`' | ' '));
    let blank =
        if edge(shown.chars().next()) || edge(shown.chars().next_back()) { " " } else { "" };
    format!("{fence}{blank}{shown}{blank}{fence}")
}

/// `text` as it is where it is a plain word, and else as code.
pub fn word(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '/' | '-');
    let is_word = text.starts_with(|it: char| it.is_ascii_alphabetic());
    let is_number = !text.is_empty() && text.chars().all(|it| it.is_ascii_digit());
    match text.len() <= LONGEST && text.chars().all(is_plain) && (is_word || is_number) {
        true => text.to_owned(),
        false => code(text),
    }
}

/// `markdown` for a cell of a table, which `|` would end.
pub fn cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    #[test]
    fn names_are_code() {
        for (text, expected) in [
            ("web", "`web`"),
            ("", "`  `"),
            ("a`b", "``a`b``"),
            ("`a", "`` `a ``"),
            ("a``", "``` a`` ```"),
            ("a b", "`a b`"),
            (" a", "`  a `"),
            ("a\nb", "`a\\nb`"),
            ("a\u{202e}b", "`a\\u{202e}b`"),
        ] {
            assert_eq!(code(text), expected);
        }
        assert_eq!(code(&"é".repeat(1000)).chars().count(), LONGEST + 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

        #[test]
        fn nothing_breaks_out(text in r#"(`|\n|\]\(|http://a\.b|<img>|</code>|\||\\|[*_#&; a]|é|\$){0,12}"#) {
            let markdown = format!("see {} and\n\n| a | b |\n| - | - |\n| {} | c |\n", code(&text), cell(&code(&text)));
            let events: Vec<_> = Parser::new_ext(&markdown, Options::all()).collect();
            let inline = [
                Event::Start(Tag::Paragraph),
                Event::Text("see ".into()),
                Event::Code(visible(&text).into()),
                Event::Text(" and".into()),
                Event::End(TagEnd::Paragraph),
            ];
            // Code of nothing but blanks keeps them.
            prop_assume!(!text.trim_matches(' ').is_empty());
            prop_assert_eq!(&events[..5], &inline);
            let codes = events.iter().filter(|it| **it == Event::Code(visible(&text).into()));
            prop_assert_eq!(codes.count(), 2, "{}", markdown);
            let cells = events.iter().filter(|it| matches!(it, Event::Start(Tag::TableCell)));
            prop_assert_eq!(cells.count(), 4);
        }
    }
}
