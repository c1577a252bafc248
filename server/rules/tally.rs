//! How many findings of one rule a document may have.

use std::collections::BTreeMap;

use crate::rules::Finding;

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

#[cfg(test)]
mod tests {
    use crate::rules::run;
    use crate::schema::Version;
    use crate::syntax;

    #[test]
    fn a_rule_does_not_list_a_finding_for_each_few_bytes() {
        let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n";
        let text = format!("{head}{}  - name: a\n    imagee: b\n", "  -\n".repeat(20_000));
        let found = run(&syntax::parse(&text), Version::default(), false);
        assert!(found.len() < 2 * (500 + text.len() / 32) + 10, "{}", found.len());
        let unlisted: usize = found.iter().map(|it| it.unlisted).sum();
        assert_eq!(found.len() + unlisted, 40_002, "each is listed or counted");
        assert!(found.iter().any(|it| it.code == "unknown-field"), "other rules are listed");
    }

    #[test]
    fn what_is_deeper_than_any_object_is_not_listed_one_by_one() {
        let text = format!("{}1{}", "{a: 1, a: 1, c: ".repeat(200), "}".repeat(200));
        let found = run(&syntax::parse(&text), Version::default(), false);
        let duplicates = found.iter().filter(|it| it.code == "duplicate-key").count();
        assert!((50..150).contains(&duplicates), "{duplicates}");
    }
}
