//! The fixes of findings as offers, one by one and all at once.

use crate::actions::{Offer, OfferKind};
use crate::rules::{Finding, Fix};
use crate::text::Edit;

/// A fix of the finding at `index`, as an offer.
pub fn one(index: usize, fix: &Fix, preferred: bool) -> Offer {
    Offer {
        id: "fix",
        title: fix.title.clone(),
        kind: OfferKind::QuickFix,
        edits: fix.edits.clone(),
        stops: Vec::new(),
        finding: Some(index),
        preferred,
    }
}

/// The safe fixes of `findings` at once; they do not overlap.
pub fn all(findings: &[&Finding]) -> Option<Offer> {
    let fixes = findings.iter().copied().filter_map(safe);
    let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
    (!edits.is_empty()).then(|| Offer {
        id: "fix-all",
        title: "Fix all that can be fixed safely".to_owned(),
        kind: OfferKind::SourceFixAll,
        edits,
        stops: Vec::new(),
        finding: None,
        preferred: false,
    })
}

/// The findings whose safe fixes can be carried out at once, because they do not overlap.
pub fn together(findings: &[Finding]) -> Vec<&Finding> {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut chosen = Vec::new();
    for finding in findings {
        let Some(fix) = safe(finding) else { continue };
        let clash = |edit: &Edit| taken.iter().any(|other| other.span.touches(edit.span));
        if !fix.edits.iter().any(clash) {
            taken.extend(&fix.edits);
            chosen.push(finding);
        }
    }
    chosen
}

/// The fix of a finding that needs no look.
pub fn safe(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.safe)
}
