//! The fixes of findings as offers, one by one and all at once.

use crate::actions::{Offer, OfferKind};
use crate::rules::{Finding, Fix};
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
                stops: Vec::new(),
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
    let fixes = together(findings).into_iter().filter_map(safe);
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
