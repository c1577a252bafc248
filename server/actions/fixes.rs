//! The fixes of findings as offers, one by one and all at once.

use crate::actions::{Assist, AssistKind};
use crate::check::Fix;
use crate::text::Edit;

/// A fix of the finding at `index`, as an offer.
pub fn one(index: usize, fix: Fix, preferred: bool) -> Assist {
    let assist = Assist::new("fix", AssistKind::QuickFix, fix.title, fix.edits);
    Assist { finding: Some(index), preferred, ..assist }
}

/// Some safe fixes at once; they do not overlap.
pub fn all<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Option<Assist> {
    let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
    let title = "Apply all safe fixes".to_owned();
    (!edits.is_empty()).then(|| Assist::new("fix-all", AssistKind::SourceFixAll, title, edits))
}
