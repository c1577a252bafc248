//! Which fixes are safe: those after which all that somebody wrote is still there and means the same.
//!
//! A rule says of a fix that it is safe as far as the rule can see. Here its edits are looked at: a
//! fix that takes a value away, fills a placeholder, leaves an empty map or renames what others speak
//! of is a suggestion, whichever rule makes it.

use std::cell::{Cell, OnceCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::effect::{Run, is_of_comments};
use super::leaves::Effect;
use super::naming::SymbolPlace;
use super::{Analysis, Document};
use crate::check::{Finding, Fix, Severity};
use crate::formats::placeholder::is_placeholder;
use crate::pod::{Occurrence, Symbol, names};
use crate::syntax::{Node, NodeId};
use crate::text::{Edit, Span, nearest};

/// The codes whose fixes may take away what somebody wrote, and why that harms nobody.
pub const MAY_TAKE: &[(&str, &str)] = &[
    ("duplicate-scheduling-gate", "a gate has nothing but its name, and the first one stays"),
    ("duplicate-volume-name", "the volume that goes is letter by letter the one that stays"),
    ("exit-codes", "the same number stays in the list"),
    ("pull-secret", "the same name stays in the list"),
];

/// How much text may be read again to tell what the fixes of a document do: so many times its
/// length, and so many bytes for a short one.
const TIMES: usize = 2;
const LEAST: usize = 64 << 10;
/// What reading a few lines takes besides, in bytes.
const EACH: usize = 100;

/// How many names may be found in the searches that the fixes of a file need.
const MOST_NAMES: usize = 5_000;

/// What may be read again of a file with a text of so many bytes.
pub(super) fn budget(len: usize) -> usize {
    LEAST + TIMES * len
}

/// What a fix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Safe,
    Suggested,
    /// It would double what is there in another spelling, or put something in the place of a
    /// placeholder.
    Wrong,
}

/// Judges the fixes of a file, its findings in hand.
pub(super) struct FixSafety<'a> {
    pub(super) document: &'a Document,
    pub(super) places: Vec<Place<'a>>,
    /// How many names searches of the file may find.
    pub(super) searches: Cell<usize>,
    /// How much text may still be read again.
    pub(super) left: Cell<usize>,
    /// The keys that no type has.
    unknown: HashSet<String>,
}

/// Names, and where those of each word are among them.
type Known = (Vec<Occurrence>, HashMap<String, Vec<usize>>);

/// A YAML document with what is found out about it when it is first needed.
pub(super) struct Place<'a> {
    pub(super) start: usize,
    /// Which document of the file it is.
    pub(super) index: usize,
    analysis: &'a Analysis,
    /// The nodes in the order of their starts.
    nodes: OnceCell<Vec<NodeId>>,
    names: OnceCell<Known>,
}

impl<'a> FixSafety<'a> {
    pub(super) fn new(document: &'a Document, findings: &[Finding]) -> Self {
        let place = |(index, (start, analysis)): (usize, (usize, &'a Arc<Analysis>))| Place {
            start,
            index,
            analysis,
            nodes: OnceCell::new(),
            names: OnceCell::new(),
        };
        let unknown = findings.iter().filter(|it| it.code == "unknown-field");
        Self {
            places: document.stream.documents().enumerate().map(place).collect(),
            document,
            searches: Cell::new(MOST_NAMES),
            left: Cell::new(budget(document.text.len())),
            unknown: unknown.map(|it| bare(&document.text.slice(it.span))).collect(),
        }
    }

    /// With no more than this left to read again.
    pub(super) fn with(self, left: usize) -> Self {
        self.left.set(left);
        self
    }

    /// The fixes of `finding` that are right, each with its safety.
    pub(super) fn fixes(&self, finding: &Finding) -> Vec<Fix> {
        let checked_fixes = finding.fixes.iter().filter_map(|fix| {
            let other = has_other(finding, fix);
            let fix = self.widened(fix);
            let verdict = self.verdict(finding, &fix);
            let safe = verdict == Verdict::Safe && !other;
            (verdict != Verdict::Wrong).then_some(Fix { safe, ..fix })
        });
        checked_fixes.collect()
    }

    /// The entry whose key `edit` replaces: what comes to light below it was wrong before.
    pub(super) fn entry_of(&self, edit: &Edit) -> Option<Span> {
        let place = self.place(edit.span.start)?;
        let key = place.node_at(edit.span.start - place.start).filter(|it| it.is_key())?;
        let value = key.next_sibling()?;
        let inside = key.span().shifted(place.start).contains(edit.span) && !edit.span.is_empty();
        inside.then(|| Span::new(key.span().start, value.span().end).shifted(place.start))
    }

    /// Whether the fix gives an entry another key.
    pub(super) fn renames_key(&self, fix: &Fix) -> bool {
        fix.edits.iter().any(|edit| self.entry_of(edit).is_some())
    }

    pub(super) fn place(&self, offset: usize) -> Option<&Place<'a>> {
        let behind = self.places.partition_point(|place| place.start <= offset);
        self.places.get(behind.checked_sub(1)?)
    }

    fn verdict(&self, finding: &Finding, fix: &Fix) -> Verdict {
        let Some(place) = fix.edits.first().and_then(|it| self.place(it.span.start)) else {
            return Verdict::Suggested;
        };
        let inside = |edit: &Edit| {
            let len = place.analysis.parse.tree.text().len();
            let start = edit.span.start.checked_sub(place.start)?;
            let span = Span::new(start, edit.span.end - place.start);
            (span.end <= len).then(|| Edit { span, insert: edit.insert.clone() })
        };
        let Some(edits) = fix.edits.iter().map(inside).collect::<Option<Vec<_>>>() else {
            return Verdict::Suggested;
        };
        let inner = edits.iter().map(|it| it.span.start).min().and_then(|it| place.node_at(it));
        if is_of_comments(&place.analysis.parse.tree, inner, &edits) {
            return if fix.safe { Verdict::Safe } else { Verdict::Suggested };
        }
        // What is not read again may do anything to a placeholder that it touches.
        let unread = || {
            let touched = |edit: &Edit| place.analysis.parse.tree.slice(edit.span);
            match edits.iter().any(|edit| is_placeholder(touched(edit))) {
                true => Verdict::Wrong,
                false => Verdict::Suggested,
            }
        };
        let Some(run) = inner.and_then(|inner| Run::around(inner, &edits)) else {
            return unread();
        };
        let Some(left) = self.left.get().checked_sub(run.len() + EACH) else {
            self.left.set(0);
            return unread();
        };
        self.left.set(left);
        let effect = run.effect(&edits);
        if effect.overwrites || effect.doubles || self.is_doubled(&run, &effect) {
            return Verdict::Wrong;
        }
        match fix.safe && is_harmless(finding, &effect) && place.keeps_names(&edits) {
            true => Verdict::Safe,
            false => Verdict::Suggested,
        }
    }

    /// Whether a key is added beside an unknown one that was meant for it.
    fn is_doubled(&self, run: &Run<'_>, effect: &Effect) -> bool {
        let like = |key: &str, other: &str| {
            self.unknown.contains(other) && nearest(other, [key]).is_some()
        };
        let around = || run.parent.entries().filter_map(|entry| entry.key.text());
        effect.adds
            && (effect.beside.iter().any(|(key, other)| like(key, other))
                || effect.keys.iter().any(|key| around().any(|other| like(key, other))))
    }
}

impl<'a> Place<'a> {
    /// A node that starts where `offset` is, or the nearest one before; the innermost of them.
    fn node_at(&self, offset: usize) -> Option<Node<'a>> {
        let tree = &self.analysis.parse.tree;
        let nodes = self.nodes.get_or_init(|| {
            let mut nodes: Vec<_> = tree.nodes().map(Node::id).collect();
            nodes.sort_by_key(|id| tree.node(*id).span().start);
            nodes
        });
        let behind = nodes.partition_point(|id| tree.node(*id).span().start <= offset);
        nodes.get(behind.saturating_sub(1)).map(|id| tree.node(*id))
    }

    pub(super) fn names(&self) -> &[Occurrence] {
        &self.known().0
    }

    /// The names, and where those of each word are.
    fn known(&self) -> &Known {
        self.names.get_or_init(|| {
            let names = names(&self.analysis.parse);
            let mut words: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, name) in names.iter().enumerate() {
                words.entry(name.symbol.name.clone()).or_default().push(index);
            }
            (names, words)
        })
    }

    /// The names that stand for this symbol.
    fn same(&self, symbol: &Symbol) -> impl Iterator<Item = &Occurrence> {
        let (names, words) = self.known();
        let indexes = words.get(&symbol.name).into_iter().flatten();
        indexes.filter_map(|at| names.get(*at)).filter(move |it| it.symbol.same(symbol))
    }

    /// Whether its text holds this word.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.analysis.parse.tree.text().contains(word)
    }

    /// Where this symbol is named.
    pub(super) fn places_of(&self, symbol: &Symbol) -> Vec<SymbolPlace> {
        let same = self.same(symbol);
        same.map(|it| SymbolPlace {
            span: it.span.shifted(self.start),
            is_definition: it.is_definition,
        })
        .collect()
    }

    /// The names that touch this part of the document.
    pub(super) fn names_at(&self, start: usize, end: usize) -> impl Iterator<Item = &Occurrence> {
        let from = self.names().partition_point(|name| name.span.end < start);
        self.names().iter().skip(from).take_while(move |name| name.span.start <= end)
    }

    /// Whether all names still stand for something: what gets another name and is known in its pod only
    /// gets it wherever it is referred to, and a changed reference refers to what is there.
    fn keeps_names(&self, edits: &[Edit]) -> bool {
        let tree = &self.analysis.parse.tree;
        let changes = |edit: &&Edit| {
            !edit.span.is_empty() && bare(&edit.insert) != bare(tree.slice(edit.span))
        };
        edits.iter().filter(changes).all(|edit| {
            // An edit of more than the name moves it or takes it away.
            let alone = |it: &&Occurrence| {
                edit.span.end - edit.span.start <= it.span.end - it.span.start + 2
            };
            let mut touched = self.names_at(edit.span.start, edit.span.end).filter(alone);
            touched.all(|name| self.keeps_name(name, &bare(&edit.insert), edits))
        })
    }

    fn keeps_name(&self, name: &Occurrence, new: &str, edits: &[Edit]) -> bool {
        let edited = |it: &Occurrence| edits.iter().any(|edit| edit.span.touches(it.span));
        let mut same = self.same(&name.symbol);
        if name.is_definition {
            let kind = name.symbol.kind;
            return kind.is_local() && !kind.is_known_outside() && same.all(edited);
        }
        let wanted = Symbol { name: new.to_owned(), ..name.symbol.clone() };
        same.any(|it| it.is_definition && edited(it))
            || self.same(&wanted).any(|it| it.is_definition)
    }
}

/// Whether all that was written stays and means the same, as far as the edits show. What is no error
/// may be in a manifest that the server takes: there no value changes at all.
fn is_harmless(finding: &Finding, effect: &Effect) -> bool {
    let listed = MAY_TAKE.iter().any(|(code, _)| *code == finding.code);
    let accepted = finding.severity != Severity::Error;
    let loses = effect.takes || accepted && (effect.changes || effect.adds);
    !(effect.unknown || effect.empties || effect.fills || loses && !listed)
}

/// A scalar without its quotes.
pub(super) fn bare(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

/// Whether another fix of the finding would write something else in the same place.
fn has_other(finding: &Finding, fix: &Fix) -> bool {
    let spans = |fix: &Fix| fix.edits.iter().map(|it| it.span).collect::<Vec<_>>();
    finding.fixes.iter().any(|it| it != fix && spans(it) == spans(fix))
}
