//! Where a key of a text stands, for those who read the text for its values only.

use crate::syntax::{self, Parse};
use crate::text::Text;

/// A text whose keys are looked for.
pub struct Keys {
    parse: Parse,
    text: Text,
}

impl Keys {
    pub fn new(text: &str) -> Self {
        Self { parse: syntax::parse(text), text: Text::new(text) }
    }

    /// The line and the column, both from 1 on, of the key that `keys` lead to from the top, or of its
    /// value. Where the last ones are not there, of the nearest one above.
    pub fn place(&self, keys: &[String], of_value: bool) -> Option<(usize, usize)> {
        let mut node = self.parse.tree.root()?;
        let mut place = node.content_span().start;
        for key in keys {
            let Some(entry) = node.entry(key) else { break };
            let shown = if of_value { entry.value } else { entry.key };
            place = shown.content_span().start;
            node = entry.value.resolved().unwrap_or(entry.value);
        }
        let (line, column) = self.text.line_col(place);
        Some((line + 1, column + 1))
    }
}
