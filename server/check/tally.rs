//! How many findings of one rule a document may have.

use std::collections::BTreeMap;

use crate::check::Finding;

/// So many findings of one rule are listed in every document, and one more for each `DENSEST` bytes.
/// A manifest has a line for each fault and stays below; a text that is none can have a fault every
/// two bytes, and listing these would take a hundred times the memory of the text.
const ALWAYS: usize = 500;
const DENSEST: usize = 32;

/// Counts the findings of each rule.
pub(super) struct Tally {
    /// How many of one rule are listed.
    most: usize,
    /// How many each rule has found.
    found: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// For a document of `len` bytes.
    pub(super) fn new(len: usize) -> Self {
        Self { most: ALWAYS + len / DENSEST, found: BTreeMap::new() }
    }

    /// Whether no more findings of the rule `code` are listed.
    pub(super) fn is_full(&self, code: &str) -> bool {
        self.found.get(code).is_some_and(|found| *found >= self.most)
    }

    /// Counts a finding of the rule `code`: whether it is listed.
    pub(super) fn lists(&mut self, code: &'static str) -> bool {
        let found = self.found.entry(code).or_default();
        *found += 1;
        *found <= self.most
    }

    /// Notes in the last listed finding of each rule how many are not listed.
    pub(super) fn note_the_rest(&self, findings: &mut [Finding]) {
        for (code, found) in &self.found {
            let rest = found.saturating_sub(self.most);
            if rest > 0
                && let Some(last) = findings.iter_mut().rfind(|finding| finding.code == *code)
            {
                last.unlisted = rest;
            }
        }
    }
}
