//! The effect of edits of a template on its rendered text.
//!
//! A template is rendered in a few ways: all blocks printed, none, each second one, and those around values
//! that may be empty. An edit is right if it has the same effect in all of them, and causes no new error.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::check::Severity;
use crate::config::Settings;
use crate::ide::Document;
use crate::ide::outline::{Outline, outline};
use crate::ide::printed::{Values, never_empty};
use crate::schema::is_list_field;
use crate::syntax::lines::{is_blank, is_break};
use crate::syntax::{Branch, Choice, TemplateText, Way};
use crate::text::{Edit, apply};

/// Which blocks are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Printing {
    All,
    None,
    EachSecond,
    /// The blocks around lists and maps that may be empty although the block is printed, with these empty.
    MaybeEmpty,
}

const WAYS: [Printing; 3] = [Printing::All, Printing::None, Printing::EachSecond];

/// How much text may be rendered and read for the offers at one place, in bytes, and so many times the
/// template. The user waits for them.
const LEAST: usize = 256 << 10;
const TIMES: usize = 6;

/// What a finding takes, in bytes that are read in the same time.
const FINDING: usize = 250;

/// The renderings of a template.
pub(super) struct Renderings {
    text: String,
    settings: Arc<Settings>,
    /// The branches around the containers: without those there is no pod.
    around: Choice,
    before: Vec<Rendering>,
    /// The branches around the values that may be empty where they are printed.
    maybe_empty: Choice,
    /// The actions that never print an empty list or map.
    never_empty: HashSet<String>,
    /// How many bytes may still be read.
    left: Cell<usize>,
    /// The branches in which each action that prints stands.
    branches: OnceCell<HashMap<String, HashSet<Option<Branch>>>>,
    /// The actions that print and stand first in their lines, in lower case.
    alone: OnceCell<HashSet<String>>,
    /// Known results of edits, by their outline and whether they may only add.
    known: RefCell<HashMap<(Outline, bool), Option<Objection>>>,
}

/// One rendering: how often each value is there, and each error.
struct Rendering {
    printing: Printing,
    values: Values,
    errors: HashMap<String, i32>,
}

/// Why an edit of a template is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Objection {
    /// The printed text is unknown.
    Unknown,
    Breaks,
    NewError,
    Dangling,
    Takes,
    Depends,
    TooLarge,
    Scope,
    SameKey,
    Joined,
}

impl Objection {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Unknown => "this template cannot be read without its values",
            Self::Breaks => "with some values the result is not valid YAML",
            Self::NewError => "with some values the result has a new error",
            Self::Dangling => "it uses a volume that some values leave out",
            Self::Takes => "it removes text that the template prints now",
            Self::Depends => "the result depends on the values",
            Self::SameKey => "an action of the template may print the same key",
            Self::Joined => "the template line above it removes the line break",
            Self::Scope => "it moves actions out of their block",
            Self::TooLarge => "the template is too large",
        }
    }
}

impl Rendering {
    fn objection(&self, after: &Self) -> Option<Objection> {
        let is_new = |it: (&String, &i32)| self.errors.get(it.0).is_none_or(|all| all < it.1);
        if after.errors.iter().any(is_new) {
            return Some(Objection::NewError);
        }
        if after.values.doubled > self.values.doubled {
            return Some(Objection::Breaks);
        }
        if after.values.dangling > self.values.dangling {
            return Some(Objection::Dangling);
        }
        (self.values.has_pod != after.values.has_pod).then_some(Objection::Depends)
    }
}

/// The effect of an edit on the values: how many more or fewer of each there are.
type Difference = Vec<(u64, i32)>;

impl Renderings {
    /// Those of `text`, whose containers start at `containers`. `None` where they cannot be known, and
    /// then no edit is known to be right.
    pub(super) fn of(text: &str, containers: usize, settings: &Arc<Settings>) -> Option<Self> {
        let template = TemplateText::read(text)?;
        let around = template.choice_around(containers);
        let mut all = Self {
            text: text.to_owned(),
            settings: Arc::clone(settings),
            around,
            before: Vec::new(),
            maybe_empty: template.maybe_empty(),
            never_empty: HashSet::new(),
            left: Cell::new(LEAST + TIMES * text.len()),
            branches: OnceCell::new(),
            alone: OnceCell::new(),
            known: RefCell::default(),
        };
        let ways = if template.is_plain() { &WAYS[..2] } else { &WAYS[..] };
        all.never_empty = never_empty(&template, text.len(), |is_full| {
            all.print(&template, Printing::None, is_full).is_some_and(|it| it.faults() == 0)
        })?;
        for way in ways {
            let rendering = all.rendering(&template, *way)?;
            all.before.push(rendering);
            // The budget is used up, so no edit can be tried.
            if all.left.get() == 0 {
                return Some(all);
            }
        }
        let is_known = all.before.iter().any(|it| it.values.has_pod);
        if !all.maybe_empty.is_empty() {
            // A text that is not YAML without the edit shows nothing about the edit.
            let rendering = all.rendering(&template, Printing::MaybeEmpty);
            all.before.extend(rendering);
        }
        is_known.then_some(all)
    }

    /// Why `edits` are not known to do the same in each rendering. With `adds` they may only add.
    pub(super) fn objection(&self, edits: &[Edit], adds: bool) -> Option<Objection> {
        let key = (outline(&self.text, edits), adds);
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let objection = self.rendered_objection(edits, adds);
        self.known.borrow_mut().insert(key, objection);
        objection
    }

    fn rendered_objection(&self, edits: &[Edit], adds: bool) -> Option<Objection> {
        let after = apply(&self.text, edits);
        let Some(left) = self.left.get().checked_sub(self.before.len() * after.len()) else {
            return Some(Objection::TooLarge);
        };
        self.left.set(left);
        let Some(template) = TemplateText::read(&self.text) else {
            return Some(Objection::Unknown);
        };
        if edits.iter().any(|it| !it.insert.is_empty() && template.joins(it.span.start)) {
            return Some(Objection::Joined);
        }
        if !self.keeps_scopes(&template, edits, adds) {
            return Some(Objection::Scope);
        }
        let Some(template) = TemplateText::read(&after) else { return Some(Objection::Unknown) };
        if edits.iter().flat_map(|it| keys(&it.insert)).any(|key| self.prints_key(key)) {
            return Some(Objection::SameKey);
        }
        let mut same: Option<Difference> = None;
        for before in &self.before {
            let Some(after) = self.rendering(&template, before.printing) else {
                return Some(Objection::Breaks);
            };
            if let Some(objection) = before.objection(&after) {
                return Some(objection);
            }
            let difference = before.values.difference(&after.values);
            if !before.values.has_pod {
                if difference.is_empty() {
                    continue;
                }
                return Some(Objection::Depends);
            }
            if adds && difference.iter().any(|(_, more)| *more < 0) {
                return Some(Objection::Takes);
            }
            if same.as_ref().is_some_and(|same| *same != difference) {
                return Some(Objection::Depends);
            }
            same = Some(difference);
        }
        None
    }

    /// Whether the actions in what is inserted mean there what they mean where they stand now, and what is
    /// moved is not torn out of its block.
    fn keeps_scopes(&self, template: &TemplateText<'_>, edits: &[Edit], adds: bool) -> bool {
        let is_whole = |edit: &Edit| {
            template.branch_at(edit.span.start) == template.branch_at(edit.span.end)
                && template.is_balanced(edit.span)
        };
        let lines = || edits.iter().filter(|it| it.span.end - it.span.start + it.insert.len() > 80);
        let first = lines().next().map(|it| template.branch_at(it.span.start));
        let is_one_block =
            lines().all(|it| first == Some(template.branch_at(it.span.start)) && is_whole(it));
        (adds || is_one_block) && edits.iter().all(|edit| self.knows_actions(template, edit))
    }

    /// Whether each action that `edit` inserts stands in a branch around it.
    fn knows_actions(&self, template: &TemplateText<'_>, edit: &Edit) -> bool {
        if !TemplateText::has_actions(&edit.insert) {
            return true;
        }
        let Some(inserted) = TemplateText::read_part(&edit.insert) else { return false };
        let around = template.choice_around(edit.span.start);
        let branches = self.branches.get_or_init(|| {
            let mut branches: HashMap<String, HashSet<Option<Branch>>> = HashMap::new();
            for (at, action) in template.printing_at() {
                branches.entry(action.to_owned()).or_default().insert(template.branch_at(at));
            }
            branches
        });
        let is_around =
            |it: &Option<Branch>| it.is_none_or(|it| around.get(&it.block) == Some(&it.index));
        let is_known = |it: &HashSet<_>| it.iter().any(is_around);
        inserted.printing().all(|action| branches.get(action).is_some_and(is_known))
    }

    /// Whether an action that stands alone in its line is called as `key`, which no line of the template has.
    fn prints_key(&self, key: &str) -> bool {
        let is_literal = self.text.lines().any(|line| keys(line).next() == Some(key));
        let is_alone = |at: usize| {
            let before = self.text.as_bytes().get(..at).unwrap_or_default();
            let last = before.iter().rfind(|byte| !is_blank(**byte));
            last.is_none_or(|byte| is_break(*byte))
        };
        let alone = self.alone.get_or_init(|| {
            let template = TemplateText::read(&self.text);
            let printing = template.iter().flat_map(TemplateText::printing_at);
            let alone = printing.filter(|(at, _)| is_alone(*at));
            alone.map(|(_, action)| action.to_ascii_lowercase()).collect()
        });
        let name = key.to_ascii_lowercase();
        !is_literal && alone.iter().any(|action| action.contains(&name))
    }

    fn print(
        &self,
        template: &TemplateText<'_>,
        printing: Printing,
        is_full: &dyn Fn(&str) -> bool,
    ) -> Option<Document> {
        let printed = |block: usize| match printing {
            Printing::All => Some(0),
            Printing::None => None,
            Printing::EachSecond => block.is_multiple_of(2).then_some(0),
            Printing::MaybeEmpty => self.maybe_empty.get(&block).copied(),
        };
        let way = Way {
            branch: &|block| self.around.get(&block).copied().or_else(|| printed(block)),
            is_full,
            is_opaque: false,
            is_list: &is_list_field,
        };
        Some(Document::new(&template.render(&way)?.text, &self.settings))
    }

    /// `None` where what is printed is no YAML.
    fn rendering(&self, template: &TemplateText<'_>, printing: Printing) -> Option<Rendering> {
        let all_full = matches!(printing, Printing::All | Printing::EachSecond);
        let is_full = |action: &str| all_full || self.never_empty.contains(action);
        let document = self.print(template, printing, &is_full).filter(|it| it.faults() == 0)?;
        let mut rendering =
            Rendering { printing, values: Values::default(), errors: HashMap::new() };
        // With some of the blocks no error is new that is none with all of them or without any.
        if matches!(printing, Printing::All | Printing::None) {
            let found = document.found();
            let errors = found.iter().filter(|it| it.severity == Severity::Error);
            let kinds: Vec<_> = errors.map(|it| without_numbers(&it.message)).collect();
            self.left.set(self.left.get().saturating_sub(FINDING * kinds.len()));
            kinds.into_iter().for_each(|it| *rendering.errors.entry(it).or_default() += 1);
        }
        document.analyses().for_each(|analysis| rendering.values.collect(&analysis.parse.tree));
        Some(rendering)
    }
}

/// The keys whose values stand below them.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.trim().strip_suffix(':'))
}

/// A message without the numbers of items, which change when one is put in front of them.
fn without_numbers(message: &str) -> String {
    message.chars().filter(|it| !it.is_ascii_digit()).collect()
}
