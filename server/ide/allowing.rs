//! The offer to allow a finding where it stands, by a comment behind its line or above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::actions::{Assist, fixes};
use crate::check::{Finding, Fix, words};
use crate::ide::budget::Budget;
use crate::ide::{Analysis, Document};
use crate::syntax::Templated;
use crate::syntax::lines::{line_end, line_start, skip_blanks};
use crate::text::{Edit, Span};

/// The highest number of such offers in a menu.
const MOST: usize = 8;

impl Document {
    /// The offers to allow the findings at these indexes, one for each rule and line.
    pub(super) fn allowing(
        &self,
        indexes: &[usize],
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Vec<Assist> {
        let mut seen = BTreeSet::new();
        let mut offers = Vec::new();
        for index in indexes {
            if seen.len() == MOST || !budget.allows() {
                break;
            }
            let Some(finding) = findings.get(*index) else { continue };
            if seen.insert((self.text.line_col(finding.span.start).0, finding.code)) {
                offers.extend(self.allow_here(*index, findings, budget));
            }
        }
        offers
    }

    /// The offer to allow the finding at `index`, if a comment can do that and allows nothing else.
    fn allow_here(
        &self,
        index: usize,
        findings: &[Finding],
        budget: &mut Budget,
    ) -> Option<Assist> {
        let finding = findings.get(index)?;
        let (start, analysis) = self.stream.document_at(finding.span.start)?;
        let edits = comments(analysis, finding.span.start - start, finding.code);
        let shifted = |edit: Edit| Edit { span: edit.span.shifted(start), ..edit };
        let mut edits = edits.into_iter().map(shifted);
        let edit = edits.find(|edit| self.only_removes(finding, edit, findings, budget))?;
        let title = format!("Allow `{}` here", finding.code);
        Some(fixes::one(index, Fix { title, edits: vec![edit], safe: false }, false))
    }

    /// Whether `edit` removes `finding`, and nothing but findings of its rule.
    fn only_removes(
        &self,
        finding: &Finding,
        edit: &Edit,
        findings: &[Finding],
        budget: &mut Budget,
    ) -> bool {
        if !budget.allows() {
            return false;
        }
        let next = self.edited(edit);
        let after = next.found();
        budget.spend(self.touched(edit.span), after.len());
        let (before, after) = (counted(findings), counted(&after));
        let count = |of: &Counts<'_>, key| of.get(key).copied().unwrap_or_default();
        let own = (finding.code, finding.message.as_str());
        count(&after, &own) < count(&before, &own)
            && after.iter().all(|(key, number)| *number <= count(&before, key))
            && before.iter().all(|(key, number)| key.0 == own.0 || *number == count(&after, key))
    }
}

type Counts<'a> = BTreeMap<(&'a str, &'a str), usize>;

/// How many findings there are of each code and message.
pub(super) fn counted(findings: &[Finding]) -> Counts<'_> {
    let mut counts = Counts::new();
    for finding in findings {
        *counts.entry((finding.code, finding.message.as_str())).or_default() += 1;
    }
    counts
}

/// The edits that allow `code` in the line at `offset`, the best first.
fn comments(analysis: &Analysis, offset: usize, code: &str) -> Vec<Edit> {
    let (parse, tree) = (&analysis.parse, &analysis.parse.tree);
    // JSON has no comments. In a template, a comment would have to be tried with each branch.
    if tree.is_json() || parse.templated != Templated::No {
        return Vec::new();
    }
    let bytes = tree.text().as_bytes();
    let (line, end) = (line_start(bytes, offset), line_end(bytes, offset));
    let there = tree.comments().iter().find(|it| line <= it.start && it.start < end);
    let behind = match there.map(|comment| words(parse, *comment)) {
        None => {
            let content = tree.slice(Span::new(line, end)).trim_end();
            let gap = Span::new(line + content.len(), end);
            Some(Edit::replace(gap, format!(" # podls: allow {code}")))
        }
        Some(said) if said.first().is_some_and(|(word, _)| *word == "allow") => {
            said.last().map(|(_, last)| Edit::insert(last.end, format!(", {code}")))
        }
        Some(_) => None,
    };
    let column = skip_blanks(bytes, line) - line;
    let blanks = tree.slice(Span::new(line, line + column));
    let line_break = if bytes.get(end) == Some(&b'\r') { "\r\n" } else { "\n" };
    let above = Edit::insert(line, format!("{blanks}# podls: allow {code}{line_break}"));
    behind.into_iter().chain([above]).collect()
}
