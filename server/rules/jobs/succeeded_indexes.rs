//! Invalid `succeededIndexes` in a success policy.
//!
//! They are numbers and ranges in ascending order, separated by commas without spaces, such as
//! `0-2,4`. Each is less than `completions`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 5
//!   successPolicy:
//!     rules:
//!     - succeededIndexes: 4,0-2
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   completionMode: Indexed
//!   completions: 5
//!   successPolicy:
//!     rules:
//!     - succeededIndexes: 0-2,4
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ## Fix
//!
//! Sorts the indexes and merges overlapping ranges.

use super::spec::{completions, is_indexed};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::{JOB_SPEC, SUCCESS_POLICY_RULE};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "succeeded-indexes",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[SUCCESS_POLICY_RULE], check)],
    ..Rule::DEFAULT
};

const LONGEST: usize = 65536;

fn check(rule: &Object<'_>, out: &mut Checker<'_>) {
    let Some(job) = rule.within(JOB_SPEC).filter(|job| is_indexed(job)) else { return };
    let Some(node) = rule.field("succeededIndexes") else { return };
    let (Some(text), Some(completions)) = (node.as_str(), completions(job)) else { return };
    if rule.is_dropped("succeededIndexes", out.version) {
        return;
    }
    if text.len() > LONGEST {
        let message =
            format!("`succeededIndexes` has {} bytes: expected at most {LONGEST}", text.len());
        out.report(node, message);
    }
    let Err(fault) = count(text, completions) else { return };
    let diagnostic = out.report(node, format!("invalid `succeededIndexes`: {fault}"));
    if let Some(repaired) = repaired(text, completions) {
        diagnostic
            .fix(format!("Change to `{repaired}`"), || write::replace(node, &New::text(repaired)));
    }
}

/// The number of listed indexes, or the fault of the list.
pub(super) fn count(text: &str, completions: i64) -> Result<i64, String> {
    let (mut total, mut last) = (0, None);
    for part in text.split(',').filter(|_| !text.is_empty()) {
        let (start, end) = part.split_once('-').map_or((part, None), |(a, b)| (a, Some(b)));
        let first = index(start, completions)?;
        let end = end.map(|end| index(end, completions)).transpose()?;
        if end.is_some_and(|end| first >= end) || last.is_some_and(|last| last >= first) {
            return Err(format!("not in ascending order at `{part}`"));
        }
        let end = end.unwrap_or(first);
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}

/// A number as Go reads it: a sign and leading zeros are fine.
fn index(text: &str, completions: i64) -> Result<i64, String> {
    let index: i64 = text.parse().map_err(|_| format!("`{text}` is not an index"))?;
    if index < completions {
        return Ok(index);
    }
    Err(format!(
        "index {index} is greater than the last of {completions}, {}",
        completions.saturating_sub(1)
    ))
}

/// The list in order, when all its parts can be read.
fn repaired(text: &str, completions: i64) -> Option<String> {
    let mut ranges = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (start, end) = part.split_once('-').unwrap_or((part, part));
        let start = index(start.trim(), completions).ok()?;
        let end = index(end.trim(), completions).ok()?;
        ranges.push((start.min(end), start.max(end)));
    }
    ranges.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (start, end) in ranges {
        match merged.last_mut().filter(|last| last.1 + 1 >= start) {
            Some(last) => last.1 = last.1.max(end),
            None => merged.push((start, end)),
        }
    }
    let parts = merged.iter().map(|(start, end)| match start == end {
        true => start.to_string(),
        false => format!("{start}-{end}"),
    });
    let list = parts.collect::<Vec<_>>().join(",");
    (list != text && count(&list, completions).is_ok()).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::{count, repaired};

    #[test]
    fn lists_of_indexes() {
        for (text, total) in [("", 0), ("0", 1), ("0-2,4", 4), ("+1,02", 2)] {
            assert_eq!(count(text, 5), Ok(total), "{text}");
        }
        for text in ["5", "a", "1-1", "2-1", "1,1", "0-2,2", "1 ,2", "1,", "1-2-3", "0--1"] {
            assert!(count(text, 5).is_err(), "{text}");
        }
        assert_eq!(repaired("4, 0-2,3", 5).as_deref(), Some("0-4"));
        assert_eq!(repaired("9", 5), None);
    }
}
