//! Features: one file per question an editor asks.

use crate::text::Span;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    pub span: Span,
    pub markdown: String,
}

/// An entry of the outline: `Pod web > initContainers > wait-db`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    pub detail: String,
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// The part that an editor selects: its name.
    pub name_span: Span,
    pub children: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    Manifest,
    Group,
    Container,
    InitContainer,
    Sidecar,
    Volume,
    Port,
    Field,
}

/// A part of the file that can be folded away; it starts on the line of `span.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    pub span: Span,
    pub kind: FoldKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    Document,
    Block,
    Comment,
}
