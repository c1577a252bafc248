//! Test helpers: the fixture format.
//!
//! A fixture is YAML between two newlines. `$0` marks the cursor, a second one the other end of a
//! selection. A line of blanks and `^` underlines the line above it, and the text behind the carets
//! is the message expected there; such lines are taken out before parsing.

use std::fmt::Write;
use std::sync::Arc;

use crate::actions;
use crate::check::{self, Finding, Rule};
use crate::ide::Document;
use crate::rules;
use crate::schema::{PodSecurity, Version};
use crate::stop::{self, Stop};
use crate::syntax;
use crate::text::{Span, apply};

/// Checks that `rule` finds exactly what the underlines in `fixture` say.
#[track_caller]
pub(crate) fn check_rule(rule: &'static Rule, fixture: &str) {
    check_rule_for(rule, Version::NEWEST, fixture);
}

/// The same for a manifest that is meant for `version`.
#[track_caller]
pub(crate) fn check_rule_for(rule: &'static Rule, version: Version, fixture: &str) {
    let fixture = fixture.strip_prefix('\n').unwrap_or(fixture);
    let is_mark = |line: &&str| line.trim_start().starts_with('^');
    let text: String = fixture.split_inclusive('\n').filter(|line| !is_mark(line)).collect();
    let found = findings(rule, version, &text);
    let actual = underlined(&text, &found);
    assert!(actual == fixture, "{}: found\n{actual}\nexpected\n{fixture}", rule.code);
}

/// The codes of the errors that all rules find in `text`, in the order of their places.
pub(crate) fn errors(text: &str) -> Vec<&'static str> {
    let parse = syntax::parse(text);
    let found = rules::run(&parse, Version::NEWEST, false);
    let errors = found.iter().filter(|it| it.severity == crate::check::Severity::Error);
    errors.map(|it| it.code).collect()
}

/// The text with each finding underlined.
fn underlined(text: &str, found: &[Finding]) -> String {
    let mut out = String::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        let end = offset + line.len();
        let here = found.iter().filter(|it| (offset..end).contains(&it.span.start));
        for Finding { span, message, .. } in here {
            let indent = " ".repeat(span.start - offset);
            let carets = "^".repeat((span.end.min(end) - span.start).max(1));
            let _ = writeln!(out, "{indent}{carets} {message}");
        }
        offset = end;
    }
    out
}

fn findings(rule: &'static Rule, version: Version, text: &str) -> Vec<Finding> {
    let stream = syntax::Stream::new(text, syntax::parse);
    let each = stream.documents().flat_map(|(start, parse)| {
        let found = check::run_one(rule, parse, version);
        found.into_iter().map(move |finding| finding.shifted(start))
    });
    each.collect()
}

/// Checks that the first fix of the first finding of `rule` turns `before` into `after`.
#[track_caller]
pub(crate) fn check_fix(rule: &'static Rule, before: &str, after: &str) {
    let before = before.strip_prefix('\n').unwrap_or(before);
    let after = after.strip_prefix('\n').unwrap_or(after);
    let found = findings(rule, Version::NEWEST, before);
    let fix = found.first().and_then(|finding| finding.fixes.first());
    let fix = fix.unwrap_or_else(|| panic!("{}: no fix in {found:?}", rule.code));
    let actual = apply(before, &fix.edits);
    assert!(actual == after, "{}: the fix gives\n{actual}\nexpected\n{after}", rule.code);
}

/// The text without its `$0` marks, and what they select.
#[track_caller]
pub(crate) fn selection(fixture: &str) -> (String, Span) {
    let fixture = fixture.strip_prefix('\n').unwrap_or(fixture);
    let (before, rest) = fixture.split_once("$0").expect("no $0 in the fixture");
    match rest.split_once("$0") {
        Some((inner, after)) => {
            let span = Span::new(before.len(), before.len() + inner.len());
            (format!("{before}{inner}{after}"), span)
        }
        None => (format!("{before}{rest}"), Span::at(before.len())),
    }
}

/// The fenced blocks of a manual that are marked with `kind`: ```` ```yaml bad ````. In them
/// `<256 KiB>` stands for a text of that size.
pub(crate) fn blocks(docs: &str, kind: &str) -> Vec<String> {
    let fence = format!("```yaml {kind}\n");
    let parts = docs.split(&fence).skip(1);
    let blocks = parts.filter_map(|part| part.split("```").next());
    blocks.map(|block| block.replace("<256 KiB>", &"a".repeat(256 * 1024))).collect()
}

/// A `bad` block in the manual is reported by its rule and a `good` block is not.
#[test]
fn rule_examples_hold() {
    for rule in rules::ALL {
        // A new rule has no manual yet; `tests/it/generate.rs` writes it and tells.
        let Some(docs) = rules::explain(rule.code) else { continue };
        for (kind, expected) in [("bad", true), ("good", false)] {
            let blocks = blocks(docs, kind);
            assert!(!blocks.is_empty(), "{} has no {kind} example", rule.code);
            for block in blocks {
                let version =
                    block.lines().find_map(|line| line.strip_prefix("# podls: kubernetes "));
                let version = version.and_then(Version::parse).unwrap_or_default();
                let found = findings(rule, version, &block);
                assert_eq!(!found.is_empty(), expected, "{} {kind}\n{block}\n{found:?}", rule.code);
            }
        }
    }
}

/// Applying a fix removes the finding, keeps the text YAML and brings no new error.
#[test]
fn fixes_of_examples_hold() {
    for rule in rules::ALL {
        for block in blocks(rules::explain(rule.code).unwrap_or_default(), "bad") {
            for finding in findings(rule, Version::NEWEST, &block) {
                for fix in &finding.fixes {
                    check_example_fix(rule, &block, &finding, fix);
                }
            }
        }
    }
}

fn check_example_fix(rule: &'static Rule, block: &str, finding: &Finding, fix: &crate::check::Fix) {
    let fixed = apply(block, &fix.edits);
    let code = rule.code;
    let left = findings(rule, Version::NEWEST, &fixed);
    let same = |it: &&Finding| it.message == finding.message && it.path == finding.path;
    assert!(!left.iter().any(|it| same(&it)), "{code}: `{}` leaves it\n{fixed}", fix.title);
    let parse = syntax::parse(&fixed);
    assert!(parse.errors.is_empty(), "{code}: `{}` breaks the YAML\n{fixed}", fix.title);
    let errors = |text: &str| {
        let found = rules::run(&syntax::parse(text), Version::NEWEST, false);
        found.iter().filter(|it| it.severity == crate::check::Severity::Error).count()
    };
    let (before, after) = (errors(block), errors(&fixed));
    assert!(after <= before, "{code}: `{}` brings new errors\n{fixed}", fix.title);
}

/// The first offer of each action turns its `before` block into its `after` block.
#[test]
fn action_examples_hold() {
    for action in actions::ALL {
        let docs = actions::MANUAL.split("\n## ").find(|it| it.starts_with(action.id));
        let Some(docs) = docs else { continue };
        let pairs = blocks(docs, "before").into_iter().zip(blocks(docs, "after"));
        let mut examples = 0;
        for (before, after) in pairs {
            let (text, span) = selection(&before);
            let stream = syntax::Stream::new(&text, syntax::parse);
            let documents = stream.documents().map(|(start, parse)| (start, &**parse));
            let documents: Vec<_> = documents.collect();
            let (version, pod_security) = (Version::NEWEST, PodSecurity::Privileged);
            let file = actions::File { documents: &documents, index: 0, version, pod_security };
            let assists = actions::run(&file, span, actions::WorkspaceContext::default());
            let assist = assists.iter().find(|assist| assist.id == action.id);
            let assist = assist.unwrap_or_else(|| panic!("{} offers nothing", action.id));
            let actual = apply(&text, &assist.edits);
            assert!(actual == after, "{}: got\n{actual}\nexpected\n{after}", action.id);
            examples += 1;
        }
        assert!(examples > 0, "{} has no example", action.id);
    }
}

/// Parsing and checking look for a stop, so that nobody waits for the rest of them.
#[test]
fn checking_can_be_stopped() {
    let stop = Stop::default();
    let text = format!("apiVersion: a\n{}", "a: [b, c]\n".repeat(1000));
    let findings = || Document::new(&text, &Arc::default()).findings().len();
    let work = || {
        stop.ask();
        findings()
    };
    assert_eq!(stop::until(&stop, work), None);
    assert!(findings() > 1);
}
