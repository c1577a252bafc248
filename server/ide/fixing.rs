//! All safe fixes of a file, again and again until nothing changes.

use crate::actions::fixes;
use crate::ide::Document;
use crate::rules::{Finding, Severity};
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

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
