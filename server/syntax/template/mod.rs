//! Texts of template engines: Helm's (Go's text/template), Jinja's and ytt's.
//!
//! `TemplateText` knows the actions of a text and the blocks that they make. `render` prints what the
//! engine might make of it, without its values.

mod actions;
mod render;
mod rendered;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use crate::text::Span;
use actions::Engine;
pub use render::Way;
pub use rendered::Rendered;

/// How many branches `covering` may look at in any template.
const LEAST_COVERED: usize = 4_000;

/// A text with the actions of a template engine.
#[derive(Debug)]
pub struct TemplateText<'a> {
    text: &'a str,
    actions: Vec<Action>,
    /// The innermost branch that is open behind each action.
    open: Vec<Option<Branch>>,
    /// How many blocks there are.
    blocks: usize,
}

/// `{{ ... }}` or `{% ... %}`.
#[derive(Debug)]
struct Action {
    span: Span,
    /// Whether it takes away the blanks and breaks before and behind it.
    trims: (bool, bool),
    does: Does,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// A comment, an assignment, or something that ends the round of a loop or the printing.
    Nothing,
    Prints,
    /// Starts the block of this number. Some are never printed where they stand: `define`, `macro`.
    Opens {
        block: usize,
        is_printed: bool,
    },
    /// The other branch of the innermost block; with a condition of its own or without.
    Else {
        has_condition: bool,
    },
    Ends,
}

/// A branch of a block: the first one stands in front of its `else`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Branch {
    pub block: usize,
    pub index: usize,
}

/// Which branch is printed of each block that is named.
pub type Choice = HashMap<usize, usize>;

/// A block that is open.
struct Open<'a> {
    branch: Branch,
    is_printed: bool,
    /// The actions that started its branches, up to this one.
    conditions: Vec<&'a str>,
}

impl<'a> TemplateText<'a> {
    /// Whether a template engine would change something in `text`.
    pub fn has_actions(text: &str) -> bool {
        ["{{", "{%", "#@"]
            .iter()
            .any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    }

    /// `None` where an action or a block does not end, or does so in a way that the engine refuses.
    pub fn read(text: &'a str) -> Option<Self> {
        Self::balanced(text, false)
    }

    /// The same for a part of a text: blocks may have started before it, and end behind it.
    pub fn read_part(text: &'a str) -> Option<Self> {
        Self::balanced(text, true)
    }

    fn balanced(text: &'a str, is_part: bool) -> Option<Self> {
        let engine = Engine::of(text);
        // ytt writes values in parts of strings as well.
        if engine == Engine::Ytt && text.contains("(@") {
            return None;
        }
        let (mut actions, mut blocks, mut open, mut at) = (Vec::new(), 0, 0_usize, 0);
        let mut before = 0_usize;
        while let Some(action) = engine.next(text, at, blocks)? {
            match action.does {
                Does::Opens { .. } => (blocks, open) = (blocks + 1, open + 1),
                Does::Ends if open > 0 => open -= 1,
                Does::Ends if is_part => before += 1,
                Does::Else { .. } if open == 0 && is_part => (before, open) = (before + 1, 1),
                Does::Ends => return None,
                Does::Else { .. } if open == 0 => return None,
                _ => {}
            }
            at = action.span.end;
            actions.push(action);
        }
        if open > 0 && !is_part {
            return None;
        }
        let edge = |at, does| Action { span: Span::at(at), trims: (false, false), does };
        let opens = |number| edge(0, Does::Opens { block: blocks + number, is_printed: true });
        actions.splice(0..0, (0..before).map(opens));
        actions.extend((0..open).map(|_| edge(text.len(), Does::Ends)));
        let mut template = Self { text, actions, open: Vec::new(), blocks: blocks + before };
        let (mut open, mut all) = (Vec::new(), Vec::with_capacity(template.actions.len()));
        for action in &template.actions {
            template.pass(action, &mut open);
            all.push(open.last().map(|it: &Open<'_>| it.branch));
        }
        template.open = all;
        Some(template)
    }

    /// The innermost branch around `offset`.
    pub fn branch_at(&self, offset: usize) -> Option<Branch> {
        let before = self.actions.partition_point(|it| it.span.start < offset);
        *self.open.get(before.checked_sub(1)?)?
    }

    /// The branches of blocks around `offset`, the outermost first.
    pub fn branches_around(&self, offset: usize) -> Vec<Branch> {
        self.open_at(offset).iter().map(|open| open.branch).collect()
    }

    /// What decides whether the text at `offset` is printed: the actions that start the branches around
    /// it, and those before them in the same blocks.
    pub fn conditions_around(&self, offset: usize) -> Vec<&'a str> {
        self.open_at(offset).into_iter().flat_map(|open| open.conditions).collect()
    }

    fn open_at(&self, offset: usize) -> Vec<Open<'a>> {
        let mut open = Vec::new();
        for action in self.actions.iter().take_while(|it| it.span.start < offset) {
            self.pass(action, &mut open);
        }
        open
    }

    /// Notes in `open` what `action` opens and ends.
    fn pass(&self, action: &Action, open: &mut Vec<Open<'a>>) {
        let condition = self.text.get(action.span.start..action.span.end).unwrap_or_default();
        match action.does {
            Does::Opens { block, is_printed } => {
                let is_printed = is_printed && open.last().is_none_or(|it| it.is_printed);
                let branch = Branch { block, index: 0 };
                open.push(Open { branch, is_printed, conditions: vec![condition] });
            }
            Does::Else { .. } => {
                if let Some(last) = open.last_mut() {
                    last.branch.index += 1;
                    last.conditions.push(condition);
                }
            }
            Does::Ends => drop(open.pop()),
            Does::Nothing | Does::Prints => {}
        }
    }

    /// The branches around `offset` as a choice.
    pub fn choice_around(&self, offset: usize) -> Choice {
        let around = self.branches_around(offset).into_iter();
        around.map(|branch| (branch.block, branch.index)).collect()
    }

    /// The same, and the first branch of the block that starts next and the last one of the block that
    /// ended before, if nothing else stands between them and `offset`.
    pub fn choice_near(&self, offset: usize) -> Choice {
        let mut near = self.choice_around(offset);
        let is_blank = |from, to| self.text.get(from..to).is_some_and(|it| it.trim().is_empty());
        let next = self.actions.partition_point(|it| it.span.start < offset);
        if let Some(action) = self.actions.get(next)
            && let Does::Opens { block, .. } = action.does
            && is_blank(offset, action.span.start)
        {
            near.insert(block, 0);
        }
        if let Some(action) = next.checked_sub(1).and_then(|before| self.actions.get(before))
            && action.does == Does::Ends
            && is_blank(action.span.end, offset)
            && let Some(branch) = self.branch_at(action.span.start)
        {
            near.insert(branch.block, branch.index);
        }
        near
    }

    /// Choices of branches that print each branch at least once, up to `most` of them. The first one is
    /// that of all first branches, the others say where they differ from it.
    pub fn covering(&self, most: usize) -> Vec<Choice> {
        let (mut all, mut covered, mut open) = (vec![Choice::new()], HashSet::new(), Vec::new());
        // How much may be looked at: deep blocks with many branches would take long.
        let mut left = LEAST_COVERED + 8 * self.actions.len();
        for action in &self.actions {
            self.pass(action, &mut open);
            let starts = matches!(action.does, Does::Opens { .. } | Does::Else { .. });
            let Some(last) = open.last().filter(|it| starts && it.is_printed) else { continue };
            let Some(rest) = left.checked_sub(open.len() * all.len()) else { break };
            left = rest;
            // The first one prints what is in first branches only.
            let is_first = open.iter().all(|it| it.branch.index == 0);
            if is_first || covered.contains(&last.branch) {
                continue;
            }
            let path: Vec<Branch> = open.iter().map(|open| open.branch).collect();
            let fits = |choice: &&mut Choice| {
                path.iter().all(|it| choice.get(&it.block).is_none_or(|index| *index == it.index))
            };
            let added = path.iter().map(|it| (it.block, it.index));
            if let Some(choice) = all.iter_mut().skip(1).find(fits) {
                choice.extend(added);
            } else if all.len() < most {
                all.push(added.collect());
            } else {
                continue;
            }
            covered.extend(path);
        }
        all
    }

    /// Whether an action goes on at `offset`.
    pub fn is_inside(&self, offset: usize) -> bool {
        self.action_at(offset).is_some_and(|it| it.span.start < offset && offset < it.span.end)
    }

    /// Whether nothing but one action stands in `span`, a line or a part of it, and whether that prints
    /// something.
    pub fn alone_at(&self, span: Span) -> Option<bool> {
        let action = self.action_at(span.start).filter(|it| it.span == span)?;
        Some(action.does == Does::Prints)
    }

    /// Whether each block that starts or ends in `span` does both there.
    pub fn is_balanced(&self, span: Span) -> bool {
        let first = self.actions.partition_point(|it| it.span.start < span.start);
        let mut open = 0_usize;
        for action in self.actions.iter().skip(first).take_while(|it| it.span.start < span.end) {
            match action.does {
                Does::Opens { .. } => open += 1,
                Does::Else { .. } if open == 0 => return false,
                Does::Ends if open == 0 => return false,
                Does::Ends => open -= 1,
                _ => {}
            }
        }
        open == 0
    }

    /// The last action that starts at `offset` or before it.
    fn action_at(&self, offset: usize) -> Option<&Action> {
        let before = self.actions.partition_point(|it| it.span.start <= offset);
        self.actions.get(before.checked_sub(1)?)
    }

    /// Whether what is put in at `offset` would stand on the line of a value above it: an action such as
    /// `{{ toYaml .x | indent 4 -}}` takes away the line break behind it.
    pub fn joins(&self, offset: usize) -> bool {
        let before = self.actions.partition_point(|it| it.span.end <= offset);
        let Some(action) = before.checked_sub(1).and_then(|last| self.actions.get(last)) else {
            return false;
        };
        let between = self.text.get(action.span.end..offset).unwrap_or_default();
        action.does == Does::Prints && action.trims.1 && between.trim().is_empty()
    }

    /// The blocks around `offset` that may be printed several times. A block that starts before the text
    /// may be one.
    pub fn loops_around(&self, offset: usize) -> Vec<usize> {
        let is_loop = |open: &Open<'_>| {
            let opens = open.conditions.first().copied().unwrap_or_default();
            let word = opens.trim_start_matches(['{', '%', '-', '#', '@', ' ']);
            opens.is_empty() || word.starts_with("range") || word.starts_with("for ")
        };
        let open = self.open_at(offset).into_iter();
        open.filter(is_loop).map(|open| open.branch.block).collect()
    }

    /// The actions that open and end `block`, if it has one branch.
    pub fn only_branch(&self, block: usize) -> Option<(Span, Span)> {
        let opens = |it: &Action| matches!(it.does, Does::Opens { block: it, .. } if it == block);
        let first = self.actions.iter().position(opens)?;
        let mut depth = 0;
        for action in self.actions.get(first..)? {
            match action.does {
                Does::Opens { .. } => depth += 1,
                Does::Else { .. } if depth == 1 => return None,
                Does::Ends if depth == 1 => return Some((self.actions[first].span, action.span)),
                Does::Ends => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// How deep the lines are that `action` prints, as far as it says so.
    pub fn depth_of(action: &str) -> Option<usize> {
        let given = |function| render::depth(action, function).flatten();
        given("nindent").or_else(|| given("indent"))
    }

    /// Whether what is printed depends on nothing but single values.
    pub fn is_plain(&self) -> bool {
        self.blocks == 0
    }
}
