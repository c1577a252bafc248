//! What actions offer.

use crate::actions::patterns::{Added, TemplateList};
use crate::syntax::write::tabstops::Tabstop;
use crate::text::Edit;

/// An entry of an editor's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assist {
    pub id: &'static str,
    pub title: String,
    pub kind: AssistKind,
    pub edits: Vec<Edit>,
    /// The places in the edits that the user is to fill in, with the index of their edit.
    pub tabstops: Vec<(usize, Tabstop)>,
    /// For a fix: which finding of `Document::findings` it removes.
    pub finding: Option<usize>,
    pub preferred: bool,
    /// The template that it adds.
    pub adds: Option<Added>,
    /// The list that it opens instead of editing.
    pub opens: Option<TemplateList>,
}

impl Assist {
    /// An offer that rewrites existing text; the edits count from the start of the file.
    pub(super) fn rewrite(id: &'static str, title: String, edits: Vec<Edit>) -> Self {
        Self::new(id, AssistKind::RefactorRewrite, title, edits)
    }

    pub(super) fn new(id: &'static str, kind: AssistKind, title: String, edits: Vec<Edit>) -> Self {
        let (tabstops, finding, preferred) = (Vec::new(), None, false);
        Self { id, title, kind, edits, tabstops, finding, preferred, adds: None, opens: None }
    }
}

/// The group of an offer in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssistKind {
    QuickFix,
    /// A quick fix for text that has no findings of its own to fix.
    RepairIndentation,
    Refactor,
    RefactorRewrite,
    SourceFixAll,
}
