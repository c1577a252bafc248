//! The fixes of findings as offers, one by one and all at once.

use crate::actions::{Assist, AssistKind};
use crate::check::Fix;
use crate::text::Edit;

/// A fix of the finding at `index`, as an offer.
pub fn one(index: usize, fix: Fix, preferred: bool) -> Assist {
    Assist {
        id: "fix",
        title: fix.title,
        kind: AssistKind::QuickFix,
        edits: fix.edits,
        tabstops: Vec::new(),
        finding: Some(index),
        preferred,
    }
}

/// Some safe fixes at once; they do not overlap.
pub fn all<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Option<Assist> {
    let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
    (!edits.is_empty()).then(|| Assist {
        id: "fix-all",
        title: "Apply all safe fixes".to_owned(),
        kind: AssistKind::SourceFixAll,
        edits,
        tabstops: Vec::new(),
        finding: None,
        preferred: false,
    })
}
