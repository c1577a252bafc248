//! Prints what a template engine might make of a text. No value is known, so each is a word of its own,
//! and whole maps and lists are one entry or item.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use memchr::memmem;

use crate::syntax::template::{Action, Choice, Does, LEAST_COVERED, Rendered, TemplateText};

/// What is assumed of the values.
pub struct Way<'a> {
    /// Which branch of the block of a number is printed, from 0 on. `None`: what has no condition.
    pub branch: &'a dyn Fn(usize) -> Option<usize>,
    /// Whether the list or map that an action prints holds something.
    pub is_full: &'a dyn Fn(&str) -> bool,
    /// Whether values are written so that nobody takes them for what they say.
    pub is_opaque: bool,
    /// Whether the field of a name is a list.
    pub is_list: &'a dyn Fn(&str) -> bool,
}

/// How far a block is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// This branch is printed.
    Printed,
    /// A later one is printed: the one that so many branches stand before, or what has no condition.
    Waits(Option<usize>),
    /// None of its branches is printed any more.
    Over,
}

impl TemplateText<'_> {
    /// The actions that print something.
    pub fn printing(&self) -> impl Iterator<Item = &str> {
        self.printing_at().map(|(_, action)| action)
    }

    /// The same, each with its offset.
    pub fn printing_at(&self) -> impl Iterator<Item = (usize, &str)> {
        let printing = self.actions.iter().filter(|it| it.does == Does::Prints);
        printing.filter_map(|it| Some((it.span.start, self.text.get(it.span.start..it.span.end)?)))
    }

    /// Those that print a list or a map which may be empty.
    pub fn possibly_empty(&self) -> impl Iterator<Item = &str> {
        self.printing().filter(|action| may_be_empty(action))
    }

    /// The branches around the actions that may print an empty list or map although they stand in a block:
    /// the block may ask for something else, as in `if or .x .y`.
    pub fn maybe_empty(&self) -> Choice {
        let (mut branches, mut open) = (Choice::new(), Vec::new());
        let mut left = LEAST_COVERED + 8 * self.actions.len();
        for action in &self.actions {
            self.pass(action, &mut open);
            let span = action.span.start..action.span.end;
            let text = self.text.get(span).filter(|_| action.does == Does::Prints);
            let Some(text) = text.filter(|it| !open.is_empty() && may_be_empty(it)) else {
                continue;
            };
            let conditions = || open.iter().flat_map(|it| &it.conditions);
            let Some(rest) = left.checked_sub(conditions().count()) else { break };
            left = rest;
            if !conditions().any(|condition| asks_for(condition, text)) {
                branches.extend(open.iter().map(|it| (it.branch.block, it.branch.index)));
            }
        }
        branches
    }

    /// The text as it might be printed. `None` where that cannot be told: a depth is a value.
    pub fn render(&self, way: &Way<'_>) -> Option<Rendered> {
        let mut printer = Printer {
            way,
            out: Rendered::default(),
            open: Vec::new(),
            hidden: 0,
            printed: HashMap::new(),
        };
        printer.out.text.reserve(self.text.len());
        let (mut at, mut trims) = (0, false);
        for action in &self.actions {
            printer.literal(self.text, at..action.span.start, (trims, action.trims.0))?;
            printer.action(self.text, action)?;
            (at, trims) = (action.span.end, action.trims.1);
        }
        printer.literal(self.text, at..self.text.len(), (trims, false))?;
        Some(printer.out)
    }
}

struct Printer<'a> {
    way: &'a Way<'a>,
    out: Rendered,
    open: Vec<Branch>,
    /// How many of the open branches are not printed.
    hidden: usize,
    /// How often the value of each word was printed in a line of its own.
    printed: HashMap<String, usize>,
}

impl Printer<'_> {
    fn prints(&self) -> bool {
        self.hidden == 0
    }

    fn literal(&mut self, text: &str, span: Range<usize>, trims: (bool, bool)) -> Option<()> {
        let literal = text.get(span.clone())?;
        if self.prints() {
            let inner = if trims.0 { literal.trim_start() } else { literal };
            let start = span.end - inner.len();
            self.out.print(if trims.1 { inner.trim_end() } else { inner }, start);
        }
        Some(())
    }

    fn action(&mut self, text: &str, action: &Action) -> Option<()> {
        match action.does {
            Does::Nothing => {}
            Does::Prints if self.prints() => {
                let rest = text.get(action.span.end..)?;
                self.value(text.get(action.span.start..action.span.end)?, rest, action.trims.1)?;
            }
            Does::Prints => {}
            Does::Opens { block, is_printed } => self.enter(match (self.way.branch)(block) {
                _ if !is_printed => Branch::Over,
                Some(0) => Branch::Printed,
                index => Branch::Waits(index),
            }),
            Does::Else { has_condition } => {
                let branch = self.leave()?;
                self.enter(match branch {
                    Branch::Printed | Branch::Over => Branch::Over,
                    Branch::Waits(Some(1)) => Branch::Printed,
                    Branch::Waits(Some(more)) => Branch::Waits(Some(more.saturating_sub(1))),
                    Branch::Waits(None) if has_condition => Branch::Waits(None),
                    Branch::Waits(None) => Branch::Printed,
                });
            }
            Does::Ends => drop(self.leave()),
        }
        Some(())
    }

    fn enter(&mut self, branch: Branch) {
        self.hidden += usize::from(branch != Branch::Printed);
        self.open.push(branch);
    }

    fn leave(&mut self) -> Option<Branch> {
        let branch = self.open.pop()?;
        self.hidden -= usize::from(branch != Branch::Printed);
        Some(branch)
    }

    /// Prints the value of `action`, behind which `rest` stands, without its blanks if `trims`.
    fn value(&mut self, action: &str, rest: &str, trims: bool) -> Option<()> {
        let line = self.out.last_line();
        let column = line.len();
        let behind = rest.bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        let is_last = behind.is_none_or(|byte| byte == b'\n');
        let is_alone = line.trim().is_empty() && is_last;
        let (breaks, depth) = match depths(action)? {
            (Some(depth), _) => (true, depth),
            // What the next line stands right behind prints nothing, or ends its line by itself, and then
            // `indent` puts its blanks in front of that one.
            (None, depth) if is_alone && trims => {
                self.out.text.push_str(&" ".repeat(depth.unwrap_or_default()));
                return Some(());
            }
            (None, Some(depth)) if is_alone => (false, column + depth),
            (None, _) if is_alone => (false, column),
            // No value can stand there but one with lines of its own.
            (None, given) if is_last && is_bare_key(line) => {
                let given = given.filter(|depth| *depth >= key_column(line));
                (true, given.unwrap_or_else(|| depth_below(line, rest)))
            }
            _ => {
                let word = self.marked(&word(action));
                let holds = |it: &&str| memmem::find(action.as_bytes(), it.as_bytes()).is_some();
                let quoted = ["quote", "toJson", "to_json"].iter().any(holds);
                self.out.text.push_str(&if quoted { format!("\"{word}\"") } else { word });
                return Some(());
            }
        };
        if breaks {
            self.out.text.push('\n');
        }
        let width = depth - if breaks { 0 } else { column };
        let (is_list, is_full) =
            (self.is_list(depth), !may_be_empty(action) || (self.way.is_full)(action));
        self.out.text.push_str(&" ".repeat(width));
        let lines = self.lines(action, is_list, is_full);
        self.out.text.push_str(&lines);
        Some(())
    }

    /// What the value of `action` is in a line of its own.
    fn lines(&mut self, action: &str, is_list: bool, is_full: bool) -> String {
        let mut word = word(action);
        // One value may be printed at several places of one map.
        let count = self.printed.entry(word.clone()).or_default();
        if *count > 0 {
            word = format!("{word}-{count}");
        }
        *count += 1;
        let word = self.marked(&word);
        match (is_full, is_list) {
            (true, true) if self.way.is_opaque => format!("- {word}"),
            (true, true) => format!("- {word}: v"),
            (true, false) => format!("{word}: v"),
            (false, true) => "[]".to_owned(),
            (false, false) => "{}".to_owned(),
        }
    }

    fn marked(&self, word: &str) -> String {
        if self.way.is_opaque { format!("<%{word}%>") } else { word.to_owned() }
    }

    /// Whether what is printed next at `depth` is an item of a list, as far as the lines before it tell.
    fn is_list(&self, depth: usize) -> bool {
        let mut has_value = false;
        for line in self.out.text.lines().rev() {
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

/// Whether `line` is a key, and nothing stands behind its colon.
fn is_bare_key(line: &str) -> bool {
    let key = line.trim_start().trim_start_matches("- ").strip_suffix(':');
    key.is_some_and(|key| !key.is_empty() && !key.contains([' ', ':', '"', '\'', '<']))
}

fn key_column(line: &str) -> usize {
    line.len() - line.trim_start().trim_start_matches("- ").len()
}

/// How deep the value of the key is that `line` ends with: as the lines of `rest` that belong to it.
fn depth_below(line: &str, rest: &str) -> usize {
    let key = key_column(line);
    for next in rest.lines().skip(1).take(8) {
        let text = next.trim_start();
        let column = next.len() - text.len();
        let given = depth(text, "nindent").flatten().filter(|_| text.starts_with("{{"));
        match given {
            Some(depth) if depth > key => return depth,
            None if text.is_empty() || text.starts_with("{{-") => {}
            None if column > key || (column == key && text.starts_with("- ")) => return column,
            _ => break,
        }
    }
    key + 2
}

/// The numbers behind `nindent` and `indent`. Most actions have none.
fn depths(action: &str) -> Option<(Option<usize>, Option<usize>)> {
    match memmem::find(action.as_bytes(), b"indent") {
        Some(_) => Some((depth(action, "nindent")?, depth(action, "indent")?)),
        None => Some((None, None)),
    }
}

/// The number behind `function`. The outer `None` when something else stands there.
pub(super) fn depth(action: &str, function: &str) -> Option<Option<usize>> {
    let is_start = |at: &usize| {
        !action[..*at].ends_with(|it: char| it.is_alphanumeric() || it == '_')
            // Jinja's `indent(8)` leaves the first line where it stands.
            && action[*at + function.len()..].starts_with(char::is_whitespace)
    };
    let found = action.match_indices(function).map(|(at, _)| at).find(is_start);
    let Some(at) = found else { return Some(None) };
    let rest = action.get(at + function.len()..)?.trim_start_matches([' ', '(']);
    let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    rest.get(..digits)?.parse().ok().filter(|depth| *depth < 200).map(Some)
}

/// The text behind `toYaml`.
fn printed_value(action: &str) -> Option<&str> {
    action.split("toYaml").nth(1).map(str::trim_start)
}

/// Whether the whole value may be `[]` or `{}`: one that a `with` or `range` goes over is not.
fn may_be_empty(action: &str) -> bool {
    printed_value(action)
        .is_some_and(|value| value.starts_with(['.', '$', '(']) && !value.starts_with(". "))
}

/// Whether `condition` holds only if the value that `action` prints is something.
fn asks_for(condition: &str, action: &str) -> bool {
    const PASSING: [&str; 7] = ["if", "with", "range", "and", "else", ":=", "-"];
    let value = printed_value(action).and_then(|it| words(it).next());
    let passes = |word: &str| PASSING.contains(&word) || word.starts_with(['.', '$']);
    words(condition).all(passes) && words(condition).any(|word| Some(word) == value)
}

fn words(action: &str) -> impl Iterator<Item = &str> {
    let ends = |it: char| it.is_whitespace() || matches!(it, '{' | '}' | '(' | ')' | ',' | '|');
    action.split(ends).filter(|word| !word.is_empty())
}
