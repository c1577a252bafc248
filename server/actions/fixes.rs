//! The fixes of findings as offers, one by one and all at once.

use crate::actions::{Offer, OfferKind};
use crate::rules::Finding;
use crate::text::{Edit, Span};

/// The fixes of the findings that touch `selection`, and one that carries out all safe fixes of
/// the file when there is any.
pub fn at(findings: &[Finding], selection: Span) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        if !finding.span.touches(selection) {
            continue;
        }
        for (number, fix) in finding.fixes.iter().enumerate() {
            offers.push(Offer {
                id: "fix",
                title: fix.title.clone(),
                kind: OfferKind::QuickFix,
                edits: fix.edits.clone(),
                finding: Some(index),
                preferred: number == 0 && fix.safe,
            });
        }
    }
    offers.extend(all(findings));
    offers
}

/// All safe fixes at once, as far as they do not overlap.
pub fn all(findings: &[Finding]) -> Option<Offer> {
    let mut edits: Vec<Edit> = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safe) else { continue };
        let clash = |edit: &Edit| edits.iter().any(|other| other.span.touches(edit.span));
        if !fix.edits.iter().any(clash) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    (!edits.is_empty()).then(|| Offer {
        id: "fix-all",
        title: "Fix all that can be fixed safely".to_owned(),
        kind: OfferKind::SourceFixAll,
        edits,
        finding: None,
        preferred: false,
    })
}
