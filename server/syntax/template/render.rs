//! Prints what a template engine might make of a text. No value is known, so each is a word of its own,
//! and whole maps and lists are one entry or item.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::syntax::template::{Action, Does, TemplateText};

/// What is assumed of the values.
pub struct Way<'a> {
    /// Whether the block of a number is printed, and not its other branch.
    pub is_on: &'a dyn Fn(usize) -> bool,
    /// Whether lists and maps hold something.
    pub is_full: bool,
    /// Whether the field of a name is a list.
    pub is_list: &'a dyn Fn(&str) -> bool,
}

/// How far a block is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// This branch is printed.
    Printed,
    /// The next branch may be printed.
    Waits,
    /// None of its branches is printed any more.
    Over,
}

impl TemplateText<'_> {
    /// The text as it might be printed. `None` where that cannot be told: a depth is a value.
    pub fn render(&self, way: &Way<'_>) -> Option<String> {
        let mut printer =
            Printer { way, out: String::with_capacity(self.text.len()), open: Vec::new() };
        let (mut at, mut trims) = (0, false);
        for action in &self.actions {
            printer.literal(self.text.get(at..action.span.start)?, trims, action.trims.0);
            printer.action(self.text, action)?;
            (at, trims) = (action.span.end, action.trims.1);
        }
        printer.literal(self.text.get(at..)?, trims, false);
        Some(printer.out)
    }
}

struct Printer<'a> {
    way: &'a Way<'a>,
    out: String,
    open: Vec<Branch>,
}

impl Printer<'_> {
    fn prints(&self) -> bool {
        self.open.iter().all(|branch| *branch == Branch::Printed)
    }

    fn literal(&mut self, text: &str, trims_start: bool, trims_end: bool) {
        if self.prints() {
            let text = if trims_start { text.trim_start() } else { text };
            self.out.push_str(if trims_end { text.trim_end() } else { text });
        }
    }

    fn action(&mut self, text: &str, action: &Action) -> Option<()> {
        match action.does {
            Does::Nothing => {}
            Does::Prints if self.prints() => {
                let rest = text.get(action.span.end..)?.lines().next().unwrap_or_default();
                self.value(text.get(action.span.start..action.span.end)?, rest)?;
            }
            Does::Prints => {}
            Does::Opens { block, is_printed } => {
                let printed = is_printed && (self.way.is_on)(block);
                self.open.push(match (printed, is_printed) {
                    (true, _) => Branch::Printed,
                    (false, true) => Branch::Waits,
                    (false, false) => Branch::Over,
                });
            }
            Does::Else { has_condition } => {
                let branch = self.open.last_mut()?;
                *branch = match *branch {
                    Branch::Printed | Branch::Over => Branch::Over,
                    Branch::Waits if has_condition => Branch::Waits,
                    Branch::Waits => Branch::Printed,
                };
            }
            Does::Ends => drop(self.open.pop()),
        }
        Some(())
    }

    /// Prints the value of `action`, behind which `rest` stands in its line.
    fn value(&mut self, action: &str, rest: &str) -> Option<()> {
        let word = word(action);
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let column = line.len();
        let is_alone = line.trim().is_empty() && rest.trim().is_empty();
        let (breaks, depth) = match (depth(action, "nindent")?, depth(action, "indent")?) {
            (Some(depth), _) => (true, depth),
            (None, Some(depth)) if is_alone => (false, column + depth),
            (None, _) if is_alone => (false, column),
            _ => {
                let quoted = ["quote", "toJson", "to_json"].iter().any(|it| action.contains(it));
                self.out.push_str(&if quoted { format!("\"{word}\"") } else { word });
                return Some(());
            }
        };
        if breaks {
            self.out.push('\n');
        }
        let width = depth - if breaks { 0 } else { column };
        let is_list = self.is_list(depth);
        // One value may be printed at several places of one map.
        let count = self.out.matches(&format!("{word}: v")).count();
        let word = if count > 0 { format!("{word}-{count}") } else { word };
        self.out.push_str(&" ".repeat(width));
        self.out.push_str(&match (self.way.is_full || !may_be_empty(action), is_list) {
            (true, true) => format!("- {word}: v"),
            (true, false) => format!("{word}: v"),
            (false, true) => "[]".to_owned(),
            (false, false) => "{}".to_owned(),
        });
        Some(())
    }

    /// Whether what is printed next at `depth` is an item of a list, as far as the lines before it tell.
    fn is_list(&self, depth: usize) -> bool {
        let mut has_value = false;
        for line in self.out.lines().rev() {
            let text = line.trim_start();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let indent = line.len() - text.len();
            if indent > depth {
                has_value = true;
                continue;
            }
            if indent == depth && text.starts_with("- ") {
                return true;
            }
            let inner = text.trim_start_matches("- ");
            let column = line.len() - inner.len();
            if column > depth {
                continue;
            }
            // A list may stand as deep as its key, but no key has two values.
            let key = inner.trim_end().strip_suffix(':').filter(|_| column < depth || !has_value);
            return key.is_some_and(|key| (self.way.is_list)(key));
        }
        false
    }
}

/// A word that stands for the value of `action`: another one for each.
pub(super) fn word(action: &str) -> String {
    let mut hasher = DefaultHasher::new();
    let inner = action.trim_matches(['{', '}', '-', ' ']);
    inner.hash(&mut hasher);
    format!("v{:x}", hasher.finish() & 0xff_ffff)
}

/// The number behind `function`. The outer `None` when something else stands there.
fn depth(action: &str, function: &str) -> Option<Option<usize>> {
    let is_start =
        |at: &usize| !action[..*at].ends_with(|it: char| it.is_alphanumeric() || it == '_');
    let found = action.match_indices(function).map(|(at, _)| at).find(is_start);
    let Some(at) = found else { return Some(None) };
    let rest = action.get(at + function.len()..)?.trim_start_matches([' ', '(']);
    let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    rest.get(..digits)?.parse().ok().filter(|depth| *depth < 200).map(Some)
}

/// Whether the whole value may be `[]` or `{}`: one that a `with` or `range` goes over is not.
fn may_be_empty(action: &str) -> bool {
    let value = action.split("toYaml").nth(1).map(str::trim_start);
    value.is_some_and(|value| value.starts_with(['.', '$', '(']) && !value.starts_with(". "))
}
