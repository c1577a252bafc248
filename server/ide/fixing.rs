//! The fixes of a file: which are offered, and carrying them out until nothing changes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::judging::Judge;
use crate::actions::{Offer, fixes};
use crate::ide::Document;
use crate::rules::{Finding, Fix, Severity};
use crate::text::{Edit, Span, apply};

/// A fix can uncover another one, such as a misspelt field that brings its value under check. No
/// file needs many rounds; a pair of fixes that undo each other would need all of them.
const ROUNDS: usize = 20;

/// How many fixes at a place are tried for a menu: each means to read the file once more.
const LEAST_TRIED: usize = 4;
const MOST_READ: usize = 64 << 10;

/// How often a file is read as a whole to find out which fixes do harm.
const TRIALS: usize = 40;

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
struct Pick<'a> {
    finding: &'a Finding,
    fix: Fix,
    /// The entries whose keys it replaces.
    entries: Vec<Span>,
}

impl Document {
    /// The document after all safe fixes, and after those that are suggested when they are wanted,
    /// and what they were. A fix that would leave more errors or less YAML is not carried out.
    #[must_use]
    pub fn fixed(&self, suggested: bool) -> (Self, Vec<Done>) {
        let (mut document, mut all, mut trials) = (self.clone(), Vec::new(), TRIALS);
        for _ in 0..ROUNDS {
            let next = document.fixed_once(false, &mut trials);
            let next =
                next.or_else(|| document.fixed_once(true, &mut trials).filter(|_| suggested));
            let Some((next, done)) = next else { break };
            document = next;
            all.extend(done);
        }
        (document, all)
    }

    /// The fixes of a finding that are worth offering, each with its safety: a fix that brings an
    /// error of its own is not.
    pub fn offered(&self, finding: &Finding, findings: &[Finding]) -> Vec<Fix> {
        let judge = Judge::new(self, findings);
        let picks = judge.fixes(finding).into_iter().map(|fix| pick(&judge, finding, fix));
        picks.filter(|pick| self.after_one(pick, findings)).map(|pick| pick.fix).collect()
    }

    /// The same for all findings that touch `selection`, by their index, up to as many as can be tried
    /// while somebody waits for a menu.
    pub(super) fn offered_at(&self, selection: Span, findings: &[Finding]) -> Vec<(usize, Fix)> {
        let judge = Judge::new(self, findings);
        let here = findings.iter().enumerate().filter(|(_, it)| it.span.touches(selection));
        let each = here.flat_map(|(index, finding)| {
            let picks = judge.fixes(finding).into_iter().map(|fix| pick(&judge, finding, fix));
            picks.map(move |pick| (index, pick)).collect::<Vec<_>>()
        });
        let most = LEAST_TRIED + MOST_READ / self.text.len().max(1);
        let tried = each.take(most).filter(|(_, pick)| self.after_one(pick, findings));
        tried.map(|(index, pick)| (index, pick.fix)).collect()
    }

    /// The fixes of each of its findings, each with its safety, none of them tried.
    pub fn judged(&self, findings: &[Finding]) -> Vec<Vec<Fix>> {
        let judge = Judge::new(self, findings);
        findings.iter().map(|finding| judge.fixes(finding)).collect()
    }

    /// All safe fixes that go together, as one offer.
    pub(super) fn fix_all(&self, findings: &[Finding]) -> Option<Offer> {
        let picks = self.picks(findings, false);
        let (picks, _) = self.harmless(&picks, findings, &mut { TRIALS })?;
        fixes::all(picks.iter().map(|pick| &pick.fix))
    }

    /// As many fixes at once as go together.
    fn fixed_once(&self, suggested: bool, trials: &mut usize) -> Option<(Self, Vec<Done>)> {
        let findings = self.findings();
        let picks = self.picks(&findings, suggested);
        let (picks, next) = self.harmless(&picks, &findings, trials)?;
        let done = picks.iter().map(|pick| Done {
            code: pick.finding.code,
            title: pick.fix.title.clone(),
            line: self.text.line_col(pick.finding.span.start).0,
        });
        Some((next, done.collect()))
    }

    /// One fix for each finding that has a safe one, or one at all, as far as they do not overlap.
    fn picks<'a>(&self, findings: &'a [Finding], suggested: bool) -> Vec<Pick<'a>> {
        let judge = Judge::new(self, findings);
        let mut taken = BTreeMap::new();
        let mut picks = Vec::new();
        for finding in findings.iter().filter(|it| suggested || it.fixes.iter().any(|fix| fix.safe))
        {
            let mut fixes = judge.fixes(finding).into_iter();
            let Some(fix) = fixes.find(|fix| suggested || fix.safe) else { continue };
            // Which of several fields is meant is for the user to say.
            let several = finding.fixes.iter().filter(|it| judge.renames_key(it)).count() > 1;
            if !several && fix.edits.iter().all(|edit| is_free(&taken, edit.span)) {
                taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
                picks.push(pick(&judge, finding, fix));
            }
        }
        picks
    }

    /// Those of `picks` that can be carried out together without harm, and the document after them;
    /// `None` when there are none. Where some do harm they are looked for by halves.
    fn harmless<'p, 'a>(
        &self,
        picks: &'p [Pick<'a>],
        findings: &[Finding],
        trials: &mut usize,
    ) -> Option<(Cow<'p, [Pick<'a>]>, Self)> {
        if picks.is_empty() {
            return None;
        }
        *trials = trials.checked_sub(1)?;
        if let Some(next) = self.after(picks, findings) {
            return Some((Cow::Borrowed(picks), next));
        }
        let (left, right) = picks.split_at(picks.len() / 2);
        if left.is_empty() {
            return None;
        }
        let left = self.harmless(left, findings, trials);
        let right = self.harmless(right, findings, trials);
        let (Some((some, next)), Some((more, _))) = (&left, &right) else { return left.or(right) };
        let both: Vec<_> = some.iter().chain(more.iter()).cloned().collect();
        *trials = trials.saturating_sub(1);
        match self.after(&both, findings) {
            Some(next) => Some((Cow::Owned(both), next)),
            None => Some((some.clone(), next.clone())),
        }
    }

    /// The document after these fixes; `None` when they do harm or nothing.
    fn after(&self, picks: &[Pick<'_>], findings: &[Finding]) -> Option<Self> {
        let edits: Vec<Edit> = picks.iter().flat_map(|pick| pick.fix.edits.clone()).collect();
        let text = self.text.to_string();
        let fixed = apply(&text, &edits);
        let next = (fixed != text).then(|| Self::new(&fixed, &self.settings))?;
        (!self.is_harmed(&next, picks, findings)).then_some(next)
    }

    /// Whether a fix does its work alone and harms nothing.
    fn after_one(&self, pick: &Pick<'_>, findings: &[Finding]) -> bool {
        let Some(edit) = self.as_one(&pick.fix.edits) else { return false };
        let fixed = self.edited(&edit);
        !self.is_harmed(&fixed, std::slice::from_ref(pick), findings)
    }

    /// The one edit that does what all of `edits` do: each means to read a document again.
    fn as_one(&self, edits: &[Edit]) -> Option<Edit> {
        let start = edits.iter().map(|edit| edit.span.start).min()?;
        let end = edits.iter().map(|edit| edit.span.end).max()?;
        let here = |edit: &Edit| Edit {
            span: Span::new(edit.span.start - start, edit.span.end - start),
            insert: edit.insert.clone(),
        };
        let edits: Vec<Edit> = edits.iter().map(here).collect();
        let span = Span::new(start, end);
        Some(Edit::replace(span, apply(&self.text.slice(span), &edits)))
    }

    /// Whether there are errors or faults in `next` that were not there before these fixes, or one of
    /// the findings they are for is still there. What stands below a key that is right now, or in a
    /// manifest whose kind is known now, was wrong before.
    fn is_harmed(&self, next: &Self, picks: &[Pick<'_>], findings: &[Finding]) -> bool {
        if next.faults() > self.faults() {
            return true;
        }
        let mut after = next.findings();
        let moved = Moved::new(picks);
        let mut entries: Vec<Span> =
            picks.iter().flat_map(|it| &it.entries).map(|it| moved.span(*it)).collect();
        entries.sort_unstable();
        // What stands in another one goes with it.
        entries.dedup_by(|inner, outer| outer.contains(*inner));
        let known = picks.iter().any(|pick| says_what_it_is(pick.finding));
        after.retain(|it| {
            let upto = entries.partition_point(|entry| entry.start <= it.span.start);
            !upto.checked_sub(1).is_some_and(|at| entries[at].contains(it.span))
        });
        let (old, new) = (Counts::new(findings), Counts::new(&after));
        let mut wanted: HashMap<_, usize> = HashMap::new();
        for pick in picks {
            *wanted.entry((pick.finding.code, &*pick.finding.message)).or_default() += 1;
        }
        let stays = |(kind, fixed): (&(&str, &str), &usize)| {
            new.messages.get(kind).copied().unwrap_or(0) + fixed
                > old.messages.get(kind).copied().unwrap_or(0)
        };
        let is_new = |it: &Finding| it.severity == Severity::Error && old.has_fewer(&new, it);
        wanted.iter().any(stays) || !known && after.iter().any(is_new)
    }

    /// How many places in it are not YAML.
    pub(super) fn faults(&self) -> usize {
        self.analyses().map(|analysis| analysis.parse.errors.len()).sum()
    }
}

fn pick<'a>(judge: &Judge<'_>, finding: &'a Finding, fix: Fix) -> Pick<'a> {
    let entries = fix.edits.iter().filter_map(|edit| judge.entry_of(edit)).collect();
    Pick { finding, fix, entries }
}

/// Whether nothing in `taken`, which holds starts and ends, touches `span`.
fn is_free(taken: &BTreeMap<usize, usize>, span: Span) -> bool {
    taken.range(..=span.end).next_back().is_none_or(|(_, end)| *end < span.start)
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

    /// A span that starts at or before the edits in it and ends behind them.
    fn span(&self, span: Span) -> Span {
        let moved = |offset: usize| {
            let before = self.0.partition_point(|(start, _)| *start < offset);
            let by = before.checked_sub(1).and_then(|at| self.0.get(at)).map_or(0, |it| it.1);
            offset.saturating_add_signed(by)
        };
        Span::new(moved(span.start), moved(span.end))
    }
}

/// How many findings there are of each message and at each path.
struct Counts<'a> {
    messages: HashMap<(&'a str, &'a str), usize>,
    paths: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Counts<'a> {
    fn new(findings: &'a [Finding]) -> Self {
        let (mut messages, mut paths) = (HashMap::new(), HashMap::new());
        for finding in findings {
            *messages.entry((finding.code, &*finding.message)).or_default() += 1;
            *paths.entry((finding.code, &*finding.path)).or_default() += 1;
        }
        Self { messages, paths }
    }

    /// Whether there are more like `finding` in `new`. A fix moves what is below it, so it is the
    /// message that counts; of some faults it changes with the text around, such as the nearest name
    /// that is still free.
    fn has_fewer(&self, new: &Self, finding: &Finding) -> bool {
        let more = |old: &HashMap<_, usize>, new: &HashMap<_, usize>, key: &(&str, &str)| {
            new.get(key) > old.get(key)
        };
        let path = finding.path.is_empty()
            || more(&self.paths, &new.paths, &(finding.code, &finding.path));
        path && more(&self.messages, &new.messages, &(finding.code, &finding.message))
    }
}

/// Whether it is about `apiVersion` or `kind`. What comes to light once they are right was wrong before.
fn says_what_it_is(finding: &Finding) -> bool {
    ["apiVersion", "kind"].iter().any(|head| finding.path.eq_ignore_ascii_case(head))
}
