//! The document is not YAML.
//!
//! kubectl refuses the complete file, or finds no object in it: curly quotes are letters, so JSON with
//! them has no `apiVersion`. podls still checks the valid parts of the file.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata
//!   name: web
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! ```
//!
//! ## Fix
//!
//! Replaces no-break spaces with spaces, removes zero-width characters, adds a space after a colon,
//! or quotes a value that starts with `*`. All are suggestions, since the rest of the document was
//! not read as YAML. Other faults have no fix.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule};
use crate::syntax::faults::Slip;
use crate::syntax::lines::{Lines, line_end, line_start, next_line};
use crate::syntax::slips;
use crate::syntax::{Node, SyntaxError, Tree, faults};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "yaml-syntax",
    since: "0.1.0",
    checks: &[Check::Document(check)],
    fixes: Fixes::Suggested,
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let text = parse.tree.text();
    if let Some(at) = slips::curly_json(text) {
        return report_curly(Span::new(at, text.len()), out);
    }
    let (mut curly, mut last) = (CurlyLines::of(&parse.tree), None);
    for error in &parse.errors {
        if let Some(span) = curly.at(error) {
            if last.replace(span) != Some(span) {
                report_curly(span, out);
            }
            continue;
        }
        let slip = faults::mended(error.message, parse.tree.slice(error.span));
        let mut diagnostic = out.report_span(error.span, error.message);
        if faults::is_unclosed(error.message) {
            diagnostic = diagnostic.missing_within(Span::new(error.span.start, text.len()));
        }
        if error.message == faults::BEHIND_START {
            let gap = behind_dashes(text, error.span.start);
            diagnostic.suggest("Move to the next line", || [Edit::replace(gap, "\n")]);
        } else if error.message == faults::DASH_GLUED {
            diagnostic.suggest("Add a space", || apart(&parse.tree, error.span.start));
        } else if let Some(Slip { title, corrected, .. }) = slip {
            diagnostic.suggest(title, || [Edit::replace(error.span, corrected)]);
        }
    }
}

/// Adds a space after the dash at `at`, and aligns the item with the lines below it.
fn apart(tree: &Tree, at: usize) -> Vec<Edit> {
    let bytes = tree.text().as_bytes();
    let map = tree.root().map(|root| root.at(at + 1)).filter(|key| key.is_key());
    let map = map.and_then(Node::parent).filter(|map| map.span().start == at + 1);
    let Some(map) = map else { return vec![Edit::insert(at + 1, " ")] };
    let column = at - line_start(bytes, at);
    let inner = usize::try_from(map.indent()).unwrap_or_default();
    let blanks = inner.saturating_sub(column + 1).max(1);
    let mut edits = vec![Edit::insert(at + 1, " ".repeat(blanks))];
    let mut line = next_line(bytes, at);
    while inner == column + 1 && line < map.span().end {
        edits.push(Edit::insert(line, " "));
        line = next_line(bytes, line);
    }
    edits
}

/// The blanks before `at`.
fn behind_dashes(text: &str, at: usize) -> Span {
    let head = text.get(..at).unwrap_or_default();
    Span::new(head.trim_end_matches([' ', '\t']).len(), at)
}

/// The lines in which a curly quote causes an error. Each line is searched once.
struct CurlyLines<'a> {
    text: &'a str,
    /// `None` if the text has no such quote.
    lines: Option<Lines>,
    found: HashMap<(usize, bool), Option<Span>>,
}

impl<'a> CurlyLines<'a> {
    fn of(tree: &'a Tree) -> Self {
        let text = tree.text();
        let has_some = !tree.is_ascii && text.contains(slips::is_curly);
        let lines = has_some.then(|| Lines::new(text));
        Self { text, lines, found: HashMap::new() }
    }

    /// From the curly quote to the end of the line of `error`.
    fn at(&mut self, error: &SyntaxError) -> Option<Span> {
        let lines = self.lines.as_ref()?;
        let line = lines.line_of(error.span.start);
        let start = lines.start(line)?;
        let key = (line, error.message == faults::UNCLOSED_QUOTE);
        *self.found.entry(key).or_insert_with(|| {
            let end = line_end(self.text.as_bytes(), start);
            let at = faults::curly_quote(self.text.get(start..end)?, error.message)?;
            Some(Span::new(start + at, end))
        })
    }
}

/// Reports the curly quote at the start of `span`. The fix replaces all of them in `span`.
fn report_curly(span: Span, out: &mut Checker<'_>) {
    let text = out.parse.tree.slice(span);
    let len = text.chars().next().map_or(0, char::len_utf8);
    out.report_span(Span::new(span.start, span.start + len), faults::CURLY)
        .suggest("Replace with straight quotes", || {
            [Edit::replace(span, slips::straightened(text))]
        });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn faults_are_named_and_repaired() {
        check_rule(
            &RULE,
            "
kind: CronJob
schedule: * * * * *
          ^^^^^^^^^ a value that starts with `*` must be quoted
name:a
^^^^^^ missing space after `:`
b: c
",
        );
        check_fix(&RULE, "a: * * * * *\nb: c\n", "a: \"* * * * *\"\nb: c\n");
        check_fix(&RULE, "a: *.b.c\nb: c\n", "a: \"*.b.c\"\nb: c\n");
        check_rule(
            &RULE,
            "
a:  - b: c
    ^^^^^^ a list item must start on a line of its own
    d: e
",
        );
        check_rule(&RULE, "a: *b\n   ^^ undefined anchor\n");
        check_rule(&RULE, "a: |b\n   ^^ invalid header of a block scalar\n");
        check_rule(
            &RULE,
            "
a:
- b: “c: d”
     ^^^ curly quote where YAML requires `\"` or `'`
- e: it’s f
  g: \"h”
       ^^^ curly quote where YAML requires `\"` or `'`
",
        );
        check_fix(&RULE, "a: [b, “c: [d”]\n", "a: [b, \"c: [d\"]\n");
        check_fix(&RULE, "a: \"b”\nc: d\n", "a: \"b\"\nc: d\n");
        check_fix(
            &RULE,
            "\n{“a”: “it’s”,\n “b”: [“c”, 1, {“d”: “e, f”}]}\n",
            "\n{\"a\": \"it’s\",\n \"b\": [\"c\", 1, {\"d\": \"e, f\"}]}\n",
        );
        check_fix(&RULE, "--- a: b\n", "---\na: b\n");
        check_fix(&RULE, "a:\n  -b: c\n   d: e\n", "a:\n  - b: c\n    d: e\n");
        check_fix(&RULE, "a:\n-b: c\n   d: e\n", "a:\n-  b: c\n   d: e\n");
        check_fix(&RULE, "a:\n  - b: c\n  -d: e\n", "a:\n  - b: c\n  - d: e\n");
        check_fix(&RULE, "a:\n-b\n- c\n", "a:\n- b\n- c\n");
        check_fix(&RULE, "a: b\nname:c\n", "a: b\nname: c\n");
        check_fix(&RULE, "a:\n- b: c\n- d:\u{a0}e\n  f: g\n", "a:\n- b: c\n- d: e\n  f: g\n");
    }
}
