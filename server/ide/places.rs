//! Where a key of a text stands, for those who read the text for its values only.

use crate::syntax;
use crate::text::Text;

/// The line and the column, both from 1 on, of the key that `keys` lead to from the top of `text`, or
/// of its value. Where the last ones are not there, of the nearest one above.
pub fn key_place(text: &str, keys: &[String], of_value: bool) -> Option<(usize, usize)> {
    let parse = syntax::parse(text);
    let mut node = parse.tree.root()?;
    let mut place = node.content_span().start;
    for key in keys {
        let Some(entry) = node.entry(key) else { break };
        let shown = if of_value { entry.value } else { entry.key };
        place = shown.content_span().start;
        node = entry.value.resolved().unwrap_or(entry.value);
    }
    let (line, column) = Text::new(text).line_col(place);
    Some((line + 1, column + 1))
}
