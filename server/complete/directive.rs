//! Comments that speak to podls: what they say, and the codes that they allow.

use crate::complete::{Item, ItemKind};
use crate::syntax::lines::line_start;
use crate::text::Span;

const WORDS: [&str; 5] = ["allow", "allow-file", "kubernetes", "pod-security", "profile"];

/// What fits in a comment that starts with `# podls:`, where `codes` can be allowed; `None` elsewhere.
pub fn in_comment(
    text: &str,
    offset: usize,
    codes: impl Iterator<Item = &'static str>,
) -> Option<Vec<Item>> {
    let start = line_start(text.as_bytes(), offset.min(text.len()));
    let (_, said) = text.get(start..offset)?.rsplit_once("# podls:")?;
    let rest = text.get(offset..)?;
    let in_word = |char: char| char.is_alphanumeric() || char == '-';
    let begun = said.len() - said.trim_end_matches(in_word).len();
    let more = rest.len() - rest.trim_start_matches(in_word).len();
    let replace = Span::new(offset - begun, offset + more);
    let lead = if said.is_empty() { " " } else { "" };
    let item = |label: &str| Item {
        label: label.to_owned(),
        kind: ItemKind::Value,
        detail: String::new(),
        insert: format!("{lead}{label}"),
        snippet: false,
        replace,
        indent: 0,
        also: Vec::new(),
        sort: label.to_owned(),
        deprecated: false,
        docs: None,
    };
    let mut words = said.split_whitespace();
    // The reason follows.
    if words.clone().any(|word| word == "--") {
        return Some(Vec::new());
    }
    let items = match (words.next(), said.trim_start().contains(' ')) {
        (_, false) => WORDS.iter().map(|word| item(word)).collect(),
        (Some("allow" | "allow-file"), true) => codes.map(item).collect(),
        _ => Vec::new(),
    };
    Some(items)
}
