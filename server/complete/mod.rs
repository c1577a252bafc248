//! Completion: one file per kind of place. Each looks at the context and adds what fits.

use crate::text::Span;

/// A completion item in plain types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub kind: ItemKind,
    /// A few words beside the label, such as the type of a field.
    pub detail: String,
    /// What replaces `replace`; a snippet (`$1`, `${1:word}`, `$0`) when `snippet` is set.
    pub insert: String,
    pub snippet: bool,
    pub replace: Span,
    /// What the editor sorts by.
    pub sort: String,
    pub deprecated: bool,
    /// What `resolve` needs to give the documentation.
    pub docs: Option<String>,
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Field,
    Value,
    Skeleton,
    Reference,
    Manifest,
}

/// The documentation of an item in Markdown, from its `docs`.
pub fn resolve(docs: &str) -> Option<String> {
    let _ = docs;
    None
}
