//! Fixes on many faulty manifests: each removes its finding and brings no new error.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;
use podls::rules::{Finding, Severity};
use podls::text::apply;

use crate::truth::cases;

const STAYS: &str = "the finding stays";

/// How many errors of one rule there are, how many of them have a fix, and how many fixes failed.
#[derive(Default)]
struct Tally {
    found: usize,
    fixable: usize,
    fixes: usize,
    failed: Vec<String>,
    /// How many fixes leave the finding they are for.
    idle: usize,
}

/// What may bring an error that was there behind the one it removes: the server stops at the first
/// of the two as well. At most this many of 1000 fixes do.
const UNCOVERING: usize = 35;

#[test]
fn fixes_fix() {
    let Some(cases) = cases(29) else { return };
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for case in &cases {
        let findings = errors(&case.text);
        for finding in &findings {
            let tally = tallies.entry(finding.code).or_default();
            tally.found += 1;
            tally.fixable += usize::from(!finding.fixes.is_empty());
            for fix in &finding.fixes {
                tally.fixes += 1;
                let after = apply(&case.text, &fix.edits);
                if let Some(fault) = fault(finding, &findings, &errors(&after)) {
                    let sort = if fix.safe { "fix" } else { "suggestion" };
                    let place = format!("{} {}", case.id, finding.path);
                    tally.idle += usize::from(fault == STAYS);
                    tally.failed.push(format!("{place}, {sort} {}: {fault}", fix.title));
                }
            }
        }
    }
    report(&tallies);
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>();
    let (fixes, failed, idle) = (sum(|it| it.fixes), sum(|it| it.failed.len()), sum(|it| it.idle));
    assert!(tallies.len() > 20, "only {} codes", tallies.len());
    assert_eq!(idle, 0, "fixes that leave their finding");
    assert!(failed * 1000 <= fixes * UNCOVERING, "{failed} of {fixes} fixes bring new errors");
}

fn errors(text: &str) -> Vec<Finding> {
    let mut findings = Document::new(text, &Arc::new(Settings::default())).findings();
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

/// What is wrong with the errors `after` the fix of `finding`. Not where they are counts: a fix moves
/// what stands below it. Nor what is said alone: with a field added, the misspelt one has another
/// nearest name.
fn fault(finding: &Finding, before: &[Finding], after: &[Finding]) -> Option<String> {
    let same = |of: &[Finding], it: &Finding| {
        of.iter().filter(|other| (other.code, &other.message) == (it.code, &it.message)).count()
    };
    let of_code = |of: &[Finding], it: &Finding| of.iter().filter(|o| o.code == it.code).count();
    if same(after, finding) >= same(before, finding) {
        return Some(STAYS.to_owned());
    }
    let new: BTreeSet<_> = after
        .iter()
        .filter(|it| same(after, it) > same(before, it) && of_code(after, it) > of_code(before, it))
        .map(|it| format!("{} {}: {}", it.code, it.path, it.message))
        .collect();
    (!new.is_empty()).then(|| format!("new: {new:?}"))
}

fn report(tallies: &BTreeMap<&str, Tally>) {
    let with = tallies.values().filter(|tally| tally.fixable > 0).count();
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>();
    eprintln!("{with} of {} error codes have a fix", tallies.len());
    eprintln!("{} of {} errors have a fix", sum(|it| it.fixable), sum(|it| it.found));
    eprintln!("{} fixes, {} failed", sum(|it| it.fixes), sum(|it| it.failed.len()));
    for (code, tally) in tallies.iter().filter(|(_, tally)| tally.fixable == 0) {
        eprintln!("no fix: {code} ({})", tally.found);
    }
    for (code, tally) in tallies.iter().filter(|(_, tally)| !tally.failed.is_empty()) {
        eprintln!("{code}: {} of {} failed", tally.failed.len(), tally.fixes);
        for fault in tally.failed.iter().take(6) {
            eprintln!("    {fault}");
        }
    }
}
