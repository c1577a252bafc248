//! All safe fixes of a file, again and again until nothing changes.

use crate::actions::{Offer, fixes};
use crate::ide::Document;
use crate::rules::{Finding, Fix, Severity};
use crate::text::{Edit, apply};

/// A fix can uncover another one, such as a misspelt field that brings its value under check. No
/// file needs many rounds; a pair of fixes that undo each other would need all of them.
const ROUNDS: usize = 20;

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

impl Document {
    /// The document after all safe fixes, and what they were. A fix that would leave more errors or
    /// less YAML is not carried out.
    #[must_use]
    pub fn fixed(&self) -> (Self, Vec<Done>) {
        let (mut document, mut all) = (self.clone(), Vec::new());
        for _ in 0..ROUNDS {
            let Some((next, done)) = document.fixed_once() else { break };
            document = next;
            all.extend(done);
        }
        (document, all)
    }

    /// The fixes of a finding that are worth offering: a fix that brings an error of its own is not.
    pub fn offered<'a>(
        &'a self,
        finding: &'a Finding,
        findings: &'a [Finding],
    ) -> impl Iterator<Item = &'a Fix> {
        finding.fixes.iter().filter(move |fix| !self.is_harmed(finding, fix, findings))
    }

    /// Whether there are errors after `fix` that were not there before it.
    fn is_harmed(&self, finding: &Finding, fix: &Fix, findings: &[Finding]) -> bool {
        if finding.severity != Severity::Error || says_what_it_is(finding) {
            return false;
        }
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        let fixed = edits.into_iter().fold(self.clone(), |document, edit| document.edited(edit));
        let after = fixed.findings();
        after.iter().any(|new| {
            let same = |of: &[Finding]| of.iter().filter(|it| is_like(it, new)).count();
            new.severity == Severity::Error && same(&after) > same(findings)
        })
    }

    /// All safe fixes that go together, as one offer.
    pub(super) fn fix_all(&self, findings: &[Finding]) -> Option<Offer> {
        let together = fixes::together(findings);
        if self.after(&together, findings).is_some() {
            return fixes::all(&together);
        }
        let alone = together.iter().find(|one| self.after(&[**one], findings).is_some());
        alone.and_then(|one| fixes::all(&[*one]))
    }

    /// As many fixes at once as go together; only the first that does no harm when all of them do.
    fn fixed_once(&self) -> Option<(Self, Vec<Done>)> {
        let findings = self.findings();
        let together = fixes::together(&findings);
        self.after(&together, &findings).or_else(|| {
            let mut alone = together.iter().map(|one| self.after(&[*one], &findings));
            alone.find_map(|after| after)
        })
    }

    /// The document after the fixes of some of its findings; `None` when they do harm or nothing.
    fn after(&self, chosen: &[&Finding], findings: &[Finding]) -> Option<(Self, Vec<Done>)> {
        let fixes = chosen.iter().filter_map(|finding| Some((*finding, fixes::safe(finding)?)));
        let edits: Vec<Edit> = fixes.clone().flat_map(|(_, fix)| fix.edits.clone()).collect();
        let text = self.text.to_string();
        let fixed = apply(&text, &edits);
        if fixed == text {
            return None;
        }
        let next = Self::new(&fixed, &self.settings);
        let harm = errors(&next.findings()) > errors(findings) || next.faults() > self.faults();
        let done = fixes.map(|(finding, fix)| Done {
            code: finding.code,
            title: fix.title.clone(),
            line: self.text.line_col(finding.span.start).0,
        });
        (!harm).then(|| (next, done.collect()))
    }

    /// How many places in it are not YAML.
    pub(super) fn faults(&self) -> usize {
        self.analyses().map(|analysis| analysis.parse.errors.len()).sum()
    }
}

/// Whether it is about `apiVersion` or `kind`. What comes to light once they are right was wrong before.
fn says_what_it_is(finding: &Finding) -> bool {
    ["apiVersion", "kind"].iter().any(|head| finding.path.eq_ignore_ascii_case(head))
}

/// Whether it is the same fault, wherever it stands: a fix moves what is below it. Of some faults the
/// message changes with the text around, such as the nearest name that is still free.
fn is_like(one: &Finding, other: &Finding) -> bool {
    let paths = one.path.is_empty() || one.path == other.path;
    one.code == other.code && (one.message == other.message || paths)
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
