//! The fixes of a file: which are offered, and carrying them out until nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::budget::Budget;
use super::safety::FixSafety;
use crate::actions::{Assist, fixes};
use crate::check::{Finding, Fix};
use crate::ide::Document;
use crate::text::{Edit, Span, apply};

/// A fix can uncover another one, such as a misspelt field that brings its value under check. No
/// file needs many rounds; a pair of fixes that undo each other would need all of them.
const ROUNDS: usize = 20;

/// How often fixes that seem to do harm are left out at once, before they are looked for by halves.
const GUESSES: usize = 3;

/// What a fix did, in the order in which it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The code of the finding that is gone.
    pub code: &'static str,
    /// What was done about it: "Remove `livenessProbe`".
    pub title: String,
    /// The line of the finding when it was fixed, from 0 on.
    pub line: usize,
}

/// A fix that may be carried out with others.
#[derive(Clone)]
pub(super) struct Pick<'a> {
    pub(super) finding: &'a Finding,
    pub(super) fix: Fix,
    /// The entries whose keys it replaces.
    pub(super) entries: Vec<Span>,
}

impl Document {
    /// The document after all safe fixes, and after those that are suggested when they are wanted,
    /// and what they were. A fix that would leave more errors or less YAML is not carried out.
    #[must_use]
    pub fn fixed(&self, suggested: bool) -> (Self, Vec<Done>) {
        let (document, done, _) = self.fixed_within(suggested);
        (document, done)
    }

    /// The same, and whether fixes were left since trying them would have taken too long.
    #[must_use]
    pub fn fixed_within(&self, suggested: bool) -> (Self, Vec<Done>, bool) {
        let (mut document, mut all) = (self.clone(), Vec::new());
        let mut budget = Budget::of_file(self);
        for _ in 0..ROUNDS {
            let mut next = document.fixed_once(false, &mut budget);
            if suggested && next.is_none() {
                next = document.fixed_once(true, &mut budget);
            }
            let Some((next, done)) = next else { break };
            document = next;
            all.extend(done);
        }
        (document, all, budget.was_too_small())
    }

    /// The fixes of a finding that are worth offering, each with its safety: a fix that brings an
    /// error of its own is not.
    pub fn offered(&self, finding: &Finding, findings: &[Finding]) -> Vec<Fix> {
        let safety = FixSafety::new(self, findings);
        let picks = safety.fixes(finding).into_iter().map(|fix| pick(&safety, finding, fix));
        let mut budget = Budget::of_file(self);
        let harmless = |pick: &Pick<'_>| self.after_one(pick, findings, &mut budget);
        picks.filter(harmless).map(|pick| pick.fix).collect()
    }

    /// The same for the findings at these indexes, up to as many as can be tried while somebody waits for a
    /// menu.
    pub(super) fn offered_at(
        &self,
        indexes: &[usize],
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Vec<(usize, Fix)> {
        let safety = FixSafety::new(self, findings);
        let mut offered = Vec::new();
        for index in indexes {
            let Some(finding) = findings.get(*index).filter(|_| budget.allows()) else { break };
            let picks = safety.fixes(finding).into_iter().map(|fix| pick(&safety, finding, fix));
            let tried = picks.filter(|pick| self.after_one(pick, findings, budget));
            offered.extend(tried.map(|pick| (*index, pick.fix)));
        }
        offered
    }

    /// The fixes of each of its findings, each with its safety, none of them tried.
    pub fn checked_fixes<'a>(
        &'a self,
        findings: &'a [Finding],
    ) -> impl Iterator<Item = Vec<Fix>> + 'a {
        let safety = FixSafety::new(self, findings);
        findings.iter().map(move |finding| safety.fixes(finding))
    }

    /// All safe fixes that go together, as one offer.
    pub(super) fn fix_all(&self, findings: &[Finding]) -> Option<Assist> {
        let mut budget = Budget::of_menu(self);
        let picks = self.picks(findings, false, &mut budget);
        let (picks, _) = self.harmless(picks, findings, &mut budget)?;
        fixes::all(picks.iter().map(|pick| &pick.fix))
    }

    /// As many fixes at once as go together.
    fn fixed_once(&self, suggested: bool, budget: &mut Budget) -> Option<(Self, Vec<Done>)> {
        let findings = self.found();
        let picks = self.picks(&findings, suggested, budget);
        let (picks, next) = self.harmless(picks, &findings, budget)?;
        let done = picks.iter().map(|pick| Done {
            code: pick.finding.code,
            title: pick.fix.title.clone(),
            line: self.text.line_col(pick.finding.span.start).0,
        });
        Some((next, done.collect()))
    }

    /// One fix for each finding that has a safe one, or one at all, as far as they do not overlap.
    fn picks<'a>(
        &self,
        findings: &'a [Finding],
        suggested: bool,
        budget: &mut Budget,
    ) -> Vec<Pick<'a>> {
        let safety = FixSafety::new(self, findings).with(budget.safety);
        let mut taken = BTreeMap::new();
        let mut picks = Vec::new();
        for finding in findings.iter().filter(|it| suggested || it.fixes.iter().any(|fix| fix.safe))
        {
            let mut fixes = safety.fixes(finding).into_iter();
            let Some(fix) = fixes.find(|fix| suggested || fix.safe) else { continue };
            // Which of several fields is meant is for the user to say.
            let several = finding.fixes.iter().filter(|it| safety.renames_key(it)).count() > 1;
            if !several && fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
                taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
                picks.push(pick(&safety, finding, fix));
            }
        }
        budget.safety = safety.left.get();
        picks
    }

    /// Those of `picks` that can be carried out together without harm, and the document after them;
    /// `None` when there are none.
    fn harmless<'a>(
        &self,
        mut picks: Vec<Pick<'a>>,
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Option<(Vec<Pick<'a>>, Self)> {
        for _ in 0..GUESSES {
            let culprits = match self.after(&picks, findings, budget)? {
                Ok(next) => return Some((picks, next)),
                Err(culprits) => culprits,
            };
            if culprits.len() == picks.len() || culprits.is_empty() {
                break;
            }
            let each = picks.into_iter().enumerate();
            picks = each.filter(|(at, _)| !culprits.contains(at)).map(|(_, it)| it).collect();
        }
        self.by_halves(&picks, findings, budget)
    }

    /// The same, where it is known that some of several do harm, and not which.
    fn by_halves<'a>(
        &self,
        picks: &[Pick<'a>],
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Option<(Vec<Pick<'a>>, Self)> {
        let (left, right) = picks.split_at(picks.len() / 2);
        if left.is_empty() {
            return None;
        }
        let mut half = |picks: &[Pick<'a>]| match self.after(picks, findings, budget)? {
            Ok(next) => Some((picks.to_vec(), next)),
            Err(_) => self.by_halves(picks, findings, budget),
        };
        let (left, right) = (half(left), half(right));
        let (Some((some, next)), Some((more, _))) = (&left, &right) else { return left.or(right) };
        let both = [some.as_slice(), more.as_slice()].concat();
        match self.after(&both, findings, budget) {
            Some(Ok(next)) => Some((both, next)),
            _ => Some((some.clone(), next.clone())),
        }
    }

    /// The document after these fixes, or those that seem to do harm; `None` when there is nothing to do
    /// or no time.
    fn after(
        &self,
        picks: &[Pick<'_>],
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Option<Result<Self, BTreeSet<usize>>> {
        let edits: Vec<Edit> = picks.iter().flat_map(|pick| pick.fix.edits.clone()).collect();
        let edit = self.as_one(&edits)?;
        if !budget.allows() {
            return None;
        }
        let next = self.edited(&edit);
        let after = next.found();
        budget.spend(self.touched(edit.span), after.len());
        let culprits = self.culprits(&next, &after, picks, findings);
        drop(after);
        Some(if culprits.is_empty() { Ok(next) } else { Err(culprits) })
    }

    /// Whether a fix does its work alone and harms nothing.
    fn after_one(&self, pick: &Pick<'_>, findings: &[Finding], budget: &mut Budget) -> bool {
        let after = self.after(std::slice::from_ref(pick), findings, budget);
        after.is_some_and(|it| it.is_ok())
    }

    /// The one edit that does what all of `edits` do, if that is anything: each means to read a document
    /// again.
    fn as_one(&self, edits: &[Edit]) -> Option<Edit> {
        let start = edits.iter().map(|edit| edit.span.start).min()?;
        let end = edits.iter().map(|edit| edit.span.end).max()?;
        let here = |edit: &Edit| Edit {
            span: Span::new(edit.span.start - start, edit.span.end - start),
            insert: edit.insert.clone(),
        };
        let edits: Vec<Edit> = edits.iter().map(here).collect();
        let span = Span::new(start, end);
        let (old, new) = (self.text.slice(span), apply(&self.text.slice(span), &edits));
        (old != new).then(|| Edit::replace(span, new))
    }
}

fn pick<'a>(safety: &FixSafety<'_>, finding: &'a Finding, fix: Fix) -> Pick<'a> {
    let entries = fix.edits.iter().filter_map(|edit| safety.entry_of(edit)).collect();
    Pick { finding, fix, entries }
}

/// Whether nothing in `taken`, which holds starts and ends, touches `span`.
fn is_free(taken: &BTreeMap<usize, usize>, span: Span) -> bool {
    taken.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start)
}
