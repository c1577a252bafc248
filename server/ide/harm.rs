//! What harm some fixes do, and which of them do it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::iter;

use super::fixing::Pick;
use crate::check::{Finding, Severity};
use crate::ide::Document;
use crate::parity::server_path;
use crate::text::{Edit, Span};

impl Document {
    /// Which of `picks`, by index, may have led to errors or faults in `next`, whose findings are `after`,
    /// that were not there before, or left a finding that they are for; none when all is well. What
    /// stands below a key that is right now, or in a manifest whose kind is known now, was wrong before.
    pub(super) fn culprits(
        &self,
        next: &Self,
        after: &[Finding],
        picks: &[Pick<'_>],
        findings: &[Finding],
    ) -> BTreeSet<usize> {
        let moved = Moved::new(picks);
        let nearest = Nearest::new(picks, &moved);
        if next.faults() > self.faults() {
            return next.fault_places().filter_map(|it| nearest.to(it)).collect();
        }
        let mut after: Vec<_> = after.iter().collect();
        moved.leave_out_entries(picks, &mut after);
        leave_out_unlisted(next, findings, &moved, &mut after);
        let heads = picks.iter().filter(|pick| says_what_it_is(pick.finding));
        let known = next.documents_at(heads.map(|pick| moved.offset(pick.finding.span.start)));
        let (old, new) = (Counts::new(findings), Counts::new(after.iter().copied()));
        let mut culprits = staying(picks, &old, &new);
        let is_new = |it: &&&Finding| it.severity == Severity::Error && old.has_fewer(&new, it);
        let was_unknown = |it: &&&Finding| known.iter().any(|own| own.contains(it.span));
        let errors = after.iter().filter(is_new).filter(|it| !was_unknown(it));
        culprits.extend(errors.filter_map(|it| nearest.to(it.span.start)));
        culprits
    }

    /// The YAML documents that hold one of `places`.
    fn documents_at(&self, places: impl Iterator<Item = usize>) -> Vec<Span> {
        let found = places.filter_map(|at| self.stream.document_at(at));
        found.map(|(start, it)| Span::new(start, start + it.parse.tree.text().len())).collect()
    }

    /// How many places in it are not YAML.
    pub(super) fn faults(&self) -> usize {
        self.fault_places().count()
    }

    fn fault_places(&self) -> impl Iterator<Item = usize> {
        self.stream.documents().flat_map(|(start, analysis)| {
            analysis.parse.errors.iter().map(move |error| start + error.span.start)
        })
    }
}

/// Takes out the findings of `next` behind the last one that was listed before, where not all were: they
/// were there already.
fn leave_out_unlisted(
    next: &Document,
    findings: &[Finding],
    moved: &Moved,
    after: &mut Vec<&Finding>,
) {
    for last in findings.iter().filter(|it| it.unlisted > 0) {
        let end = moved.offset(last.span.start);
        let Some(own) = next.documents_at(iter::once(end)).pop() else { continue };
        let is_old =
            |it: &Finding| it.code == last.code && it.span.start > end && own.contains(it.span);
        after.retain(|it| !is_old(it));
    }
}

/// The picks whose findings are still there, by their index.
fn staying(picks: &[Pick<'_>], old: &Counts<'_>, new: &Counts<'_>) -> BTreeSet<usize> {
    let kind = |pick: &Pick<'_>| (pick.finding.code, pick.finding.message.clone());
    let mut wanted: HashMap<_, usize> = HashMap::new();
    for pick in picks {
        *wanted.entry(kind(pick)).or_default() += 1;
    }
    let count = |counts: &Counts<'_>, kind: &(&str, String)| {
        counts.messages.get(&(kind.0, &*kind.1)).copied().unwrap_or(0)
    };
    wanted.retain(|kind, fixed| count(new, kind) + *fixed > count(old, kind));
    let stays =
        |(_, pick): &(usize, &Pick<'_>)| !wanted.is_empty() && wanted.contains_key(&kind(pick));
    picks.iter().enumerate().filter(stays).map(|(index, _)| index).collect()
}

/// Where the edits of picks are, each with the index of its pick.
struct Nearest(Vec<(usize, usize)>);

impl Nearest {
    fn new(picks: &[Pick<'_>], moved: &Moved) -> Self {
        let each = picks.iter().enumerate().flat_map(|(index, pick)| {
            let starts = pick.fix.edits.iter().map(|edit| moved.offset(edit.span.start));
            starts.map(move |start| (start, index))
        });
        let mut starts: Vec<_> = each.collect();
        starts.sort_unstable();
        Self(starts)
    }

    /// The pick with the edit that is nearest to `place`.
    fn to(&self, place: usize) -> Option<usize> {
        let behind = self.0.partition_point(|(start, _)| *start <= place);
        let around = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
        let near = around.filter_map(|at| self.0.get(at));
        near.min_by_key(|(start, _)| start.abs_diff(place)).map(|(_, index)| *index)
    }
}

/// Where places are once the edits of some fixes are carried out.
struct Moved(Vec<(usize, isize)>);

impl Moved {
    fn new(picks: &[Pick<'_>]) -> Self {
        let edits = picks.iter().flat_map(|pick| &pick.fix.edits);
        let len = |edit: &Edit| {
            edit.insert.len().cast_signed() - (edit.span.end - edit.span.start).cast_signed()
        };
        let mut moves: Vec<_> = edits.map(|edit| (edit.span.start, len(edit))).collect();
        moves.sort_unstable();
        let mut sum = 0;
        for (_, by) in &mut moves {
            sum += *by;
            *by = sum;
        }
        Self(moves)
    }

    /// Of what starts at or before the edits in it, or lies behind them.
    fn offset(&self, offset: usize) -> usize {
        let before = self.0.partition_point(|(start, _)| *start < offset);
        let by = before.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |it| it.1);
        offset.saturating_add_signed(by)
    }

    /// Takes out the findings in entries that have another key now.
    fn leave_out_entries(&self, picks: &[Pick<'_>], after: &mut Vec<&Finding>) {
        let span = |it: &Span| Span::new(self.offset(it.start), self.offset(it.end));
        let mut entries: Vec<Span> = picks.iter().flat_map(|it| &it.entries).map(span).collect();
        entries.sort_unstable();
        // What stands in another one goes with it.
        entries.dedup_by(|inner, outer| outer.contains(*inner));
        after.retain(|it| {
            let upto = entries.partition_point(|entry| entry.start <= it.span.start);
            !upto.checked_sub(1).is_some_and(|at| entries[at].contains(it.span))
        });
    }
}

/// How many findings there are of each message and at each path.
struct Counts<'a> {
    messages: HashMap<(&'a str, &'a str), usize>,
    paths: HashMap<(&'a str, Cow<'a, str>), usize>,
}

impl<'a> Counts<'a> {
    fn new(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let (mut messages, mut paths) = (HashMap::new(), HashMap::new());
        for finding in findings {
            *messages.entry((finding.code, &*finding.message)).or_default() += 1;
            *paths.entry((finding.code, server_path(finding))).or_default() += 1;
        }
        Self { messages, paths }
    }

    /// Whether there are more like `finding` in `new`. A fix moves what is below it, so it is the
    /// message that counts; of some faults it changes with the text around, such as the nearest name
    /// that is still free.
    fn has_fewer(&self, new: &Self, finding: &Finding) -> bool {
        let path = (finding.code, server_path(finding));
        let message = (finding.code, finding.message.as_str());
        (finding.path.is_empty() || new.paths.get(&path) > self.paths.get(&path))
            && new.messages.get(&message) > self.messages.get(&message)
    }
}

/// Whether it is about `apiVersion` or `kind`. What comes to light once they are right was wrong before.
fn says_what_it_is(finding: &Finding) -> bool {
    ["apiVersion", "kind"].iter().any(|head| finding.path.eq_ignore_ascii_case(head))
}
