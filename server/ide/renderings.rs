//! What edits of a template do to what the engine makes of it.
//!
//! A template is rendered in a few ways: all blocks printed, none, each second one. An edit is right if it
//! does the same in all of them, and brings no new error.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::config::Settings;
use crate::ide::Document;
use crate::ide::printed::{Values, is_list_field};
use crate::rules::Severity;
use crate::syntax::{Branch, TemplateText, Way};
use crate::text::{Edit, apply};

/// The blocks that are printed: all, none, each second one.
const WAYS: [fn(usize) -> bool; 3] = [|_| true, |_| false, |block| block % 2 == 0];

/// How much text may be rendered and read for the offers at one place, in bytes: that, and so many times the
/// template as it takes to try all that can be added, up to a limit. Somebody waits for them.
const LEAST: usize = 512 << 10;
const TIMES: usize = 256;
const MOST: usize = 4 << 20;

/// The renderings of a template.
pub(super) struct Renderings {
    text: String,
    settings: Arc<Settings>,
    /// The branches around the containers: without those there is no pod.
    around: Vec<Branch>,
    before: Vec<Rendering>,
    /// How many bytes may still be read.
    left: Cell<usize>,
}

/// One rendering: how often each value is there, and each error.
struct Rendering {
    is_on: fn(usize) -> bool,
    is_full: bool,
    values: Values,
    errors: HashMap<String, i32>,
}

/// What an edit does to the values: how often each is there more or less.
type Difference = Vec<(u64, i32)>;

impl Renderings {
    /// Those of `text`, whose containers start at `containers`. `None` where they cannot be known, and
    /// then no edit is known to be right.
    pub(super) fn of(text: &str, containers: usize, settings: &Arc<Settings>) -> Option<Self> {
        let template = TemplateText::read(text)?;
        let around = template.branches_around(containers);
        let mut all = Self {
            text: text.to_owned(),
            settings: Arc::clone(settings),
            around,
            before: Vec::new(),
            left: Cell::new(LEAST + MOST.min(TIMES * text.len())),
        };
        let ways = if template.is_plain() { &WAYS[..2] } else { &WAYS[..] };
        // Where an empty list makes no YAML, the values never are empty.
        let rendering = |is_on: &fn(usize) -> bool| {
            let in_way = |is_full| all.rendering(&template, *is_on, is_full);
            in_way(is_on(0)).or_else(|| in_way(true))
        };
        all.before = ways.iter().filter_map(rendering).collect();
        let is_known =
            all.before.len() == ways.len() && all.before.iter().any(|it| it.values.has_pod);
        is_known.then_some(all)
    }

    /// Whether `edits` do the same in each rendering, as far as that may still be found out. `adds` tells
    /// that they may only add.
    pub(super) fn allow(&self, edits: &[Edit], adds: bool) -> bool {
        let after = apply(&self.text, edits);
        let Some(left) = self.left.get().checked_sub(self.before.len() * after.len()) else {
            return false;
        };
        self.left.set(left);
        let Some(template) = TemplateText::read(&after) else { return false };
        let mut same: Option<Difference> = None;
        self.before.iter().all(|before| {
            let Some(after) = self.rendering(&template, before.is_on, before.is_full) else {
                return false;
            };
            let difference = before.values.difference(&after.values);
            let is_worse =
                |it: (&String, &i32)| before.errors.get(it.0).is_none_or(|all| all < it.1);
            if after.errors.iter().any(is_worse) || before.values.has_pod != after.values.has_pod {
                return false;
            }
            if !before.values.has_pod {
                return difference.is_empty();
            }
            let takes = difference.iter().any(|(_, more)| *more < 0);
            let is_same = same.as_ref().is_none_or(|same| *same == difference);
            same = Some(difference);
            is_same && !(adds && takes)
        })
    }

    /// `None` where what is printed is no YAML.
    fn rendering(
        &self,
        template: &TemplateText<'_>,
        is_on: fn(usize) -> bool,
        is_full: bool,
    ) -> Option<Rendering> {
        let around = |block| self.around.iter().find(|it| it.block == block).map(|it| it.index);
        let way = Way {
            branch: &|block| around(block).or_else(|| is_on(block).then_some(0)),
            is_full,
            is_opaque: false,
            is_list: &is_list_field,
        };
        let text = template.render(&way)?.text;
        let document = Document::new(&text, &self.settings);
        if document.faults() > 0 {
            return None;
        }
        let mut rendering =
            Rendering { is_on, is_full, values: Values::default(), errors: HashMap::new() };
        // With some of the blocks no error is new that is none with all of them or without any.
        if is_on(0) == is_on(1) {
            let errors =
                document.findings().into_iter().filter(|it| it.severity == Severity::Error);
            let kinds = errors.map(|it| without_numbers(&it.message));
            kinds.for_each(|it| *rendering.errors.entry(it).or_default() += 1);
        }
        document.analyses().for_each(|analysis| rendering.values.collect(&analysis.parse.tree));
        Some(rendering)
    }
}

/// A message without the numbers of items, which change when one is put in front of them.
fn without_numbers(message: &str) -> String {
    message.chars().filter(|it| !it.is_ascii_digit()).collect()
}
