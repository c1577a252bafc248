//! Fixes on many faulty manifests: each removes its finding and brings no new error.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use podls::check::{Finding, Fix, Severity};
use podls::config::Settings;
use podls::ide::Document;
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
    /// How many fixes of a wrong `apiVersion` or `kind` let other errors be seen.
    uncovered: usize,
    /// How many fixes are not offered, because they would bring an error.
    held_back: usize,
}

#[test]
fn fixes_fix() {
    let cases = cases(29);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for case in &cases {
        let whole = document(&case.text);
        let findings = errors(&whole);
        for finding in &findings {
            let tally = tallies.entry(finding.code).or_default();
            tally.found += 1;
            let offered = whole.offered(finding, &findings);
            tally.fixable += usize::from(!offered.is_empty());
            tally.held_back += finding.fixes.len() - offered.len();
            for fix in offered {
                tally.fixes += 1;
                let after = apply(&case.text, &fix.edits);
                let mut left = errors(&document(&after));
                // What comes to light below a key that is right now was wrong before.
                let entry = renamed(finding, &fix);
                let below = |it: &Finding| entry.as_ref().is_some_and(|at| it.path.starts_with(at));
                left.retain(|it| it.code == finding.code || !below(it));
                let Some(fault) = fault(finding, &findings, &left) else { continue };
                // What comes to light once the kind is known was wrong before.
                let of_head = ["apiversion", "kind"].contains(&&*finding.path.to_lowercase());
                if of_head && fault != STAYS {
                    tally.uncovered += 1;
                } else {
                    let sort = if fix.safe { "fix" } else { "suggestion" };
                    let place = format!("{} {}", case.id, finding.path);
                    tally.failed.push(format!("{place}, {sort} {}: {fault}", fix.title));
                }
            }
        }
    }
    report(&tallies);
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>();
    let with = tallies.values().filter(|tally| tally.fixable > 0).count();
    assert!(tallies.len() > 20, "only {} codes", tallies.len());
    assert!(with * 10 >= tallies.len() * 6, "{with} of {} error codes have a fix", tallies.len());
    assert_eq!(sum(|it| it.failed.len()), 0, "fixes that leave their finding or bring an error");
}

fn document(text: &str) -> Document {
    Document::new(text, &Arc::new(Settings::default()))
}

fn errors(document: &Document) -> Vec<Finding> {
    let mut findings = document.findings();
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

/// The path of the entry whose unknown key the fix replaces, after it.
fn renamed(finding: &Finding, fix: &Fix) -> Option<String> {
    let [edit] = fix.edits.as_slice() else { return None };
    let of_key = finding.code == "unknown-field" && edit.span == finding.span;
    let above = finding.path.rfind('.').map_or("", |at| &finding.path[..=at]);
    of_key.then(|| format!("{above}{}", edit.insert))
}

fn report(tallies: &BTreeMap<&str, Tally>) {
    let with = tallies.values().filter(|tally| tally.fixable > 0).count();
    let sum = |of: fn(&Tally) -> usize| tallies.values().map(of).sum::<usize>();
    eprintln!("{with} of {} error codes have a fix", tallies.len());
    eprintln!("{} of {} errors have a fix", sum(|it| it.fixable), sum(|it| it.found));
    eprintln!("{} fixes, {} failed", sum(|it| it.fixes), sum(|it| it.failed.len()));
    eprintln!("{} fixes held back", sum(|it| it.held_back));
    eprintln!("{} fixes uncovered other errors", sum(|it| it.uncovered));
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
