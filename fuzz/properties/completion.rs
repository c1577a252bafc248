//! Every item can be taken: its edits fit the text, and a text that was YAML stays YAML.

use std::sync::Arc;

use podls::complete::{Item, resolve};
use podls::ide::Document;
use podls::text::Edit;

use super::input::Input;
use super::{applied, faults, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = texts::text(text, &mut choices);
    let document = Document::new(&text, &Arc::default());
    let before = faults(&text);
    for _ in 0..3 {
        let at = choices.place(&text);
        let items = document.completions(at);
        for item in &items {
            if let Some(docs) = &item.docs {
                resolve(docs);
            }
        }
        // Many items of one place differ in nothing but their names.
        let step = 1 + items.len() / 8;
        for item in items.iter().skip(choices.below(step)).step_by(step) {
            let after = taken(&text, item);
            let breaks = before == 0 && faults(&after) > 0;
            let what = format!("{} at {at}: what was YAML is none", item.label);
            assert!(!breaks, "{what}\n{text}\n{text:?}\n{after}");
        }
    }
}

/// The text after `item`, as an editor without snippets shows it.
fn taken(text: &str, item: &Item) -> String {
    super::assert_inside(text, item.replace, &item.label);
    let head = &text[..item.replace.start];
    let line = &head[head.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let insert = if item.snippet { plain(&item.insert) } else { item.insert.clone() };
    let insert = insert.replace('\n', &format!("\n{indent}"));
    let mut edits = item.also.clone();
    edits.push(Edit::replace(item.replace, insert));
    applied(text, &edits, &item.label)
}

/// A snippet with the words of its places, without their marks.
fn plain(snippet: &str) -> String {
    let mut out = String::new();
    let mut chars = snippet.chars().peekable();
    let mut depth = 0;
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            '$' if chars.peek() == Some(&'{') => {
                chars.next();
                let number = chars.by_ref().take_while(char::is_ascii_digit).count();
                assert!(number > 0, "a place has a number: {snippet:?}");
                depth += 1;
            }
            '$' => {
                let digit = chars.next();
                assert!(digit.is_some_and(|it| it.is_ascii_digit()), "a bare $ in {snippet:?}");
            }
            '}' if depth > 0 => depth -= 1,
            char => out.push(char),
        }
    }
    assert_eq!(depth, 0, "a place without an end in {snippet:?}");
    out
}
