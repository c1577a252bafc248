//! Actions: one file per code action that is not the fix of a rule.

use crate::text::Edit;

/// What an editor lists in its menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: &'static str,
    pub title: String,
    pub kind: OfferKind,
    pub edits: Vec<Edit>,
    /// For a fix: which finding of `Document::findings` it removes.
    pub finding: Option<usize>,
    pub preferred: bool,
}

/// The group of the menu in which an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    QuickFix,
    Refactor,
    RefactorRewrite,
    SourceFixAll,
}
