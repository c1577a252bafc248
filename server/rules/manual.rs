//! The manual of a rule.

use crate::check::{Fixes, Rule, When};
use crate::rules::ALL;

/// The manual of all rules, collected from the `//!` comments of the rule files.
pub const MANUAL: &str = include_str!("README.md");

/// The manual of one rule in Markdown, or `None` when there is no such rule.
pub fn explain(code: &str) -> Option<&'static str> {
    let start = MANUAL.find(&format!("\n## {code}\n"))? + 1;
    let section = MANUAL.get(start..)?;
    let end = section.get(1..)?.find("\n## ").map_or(section.len(), |at| at + 2);
    section.get(..end)
}

/// What a rule declares of itself and how it is switched on and off, as a list in Markdown.
pub fn facts(rule: &Rule) -> String {
    let Rule { code, severity, when, since, .. } = rule;
    let fixes = match rule.fixes {
        Fixes::None => "none",
        Fixes::Suggested => "suggested; `podls fix --suggested` applies them",
        Fixes::Safe => "safe; `podls fix` applies them",
    };
    let mut facts = format!("* Severity: {}\n* Runs: {when}\n* Fixes: {fixes}\n", severity.name());
    if !rule.linters.is_empty() {
        let linters: Vec<_> = rule.linters.iter().map(ToString::to_string).collect();
        facts += &format!("* Other linters: {}\n", linters.join(", "));
    }
    let (on, off) = (severity.name(), format!("`# podls: allow {code}`"));
    facts += &match when {
        When::Always => format!(
            "* To switch it off: `rules: {{{code}: off}}` in `podls.yaml`, or {off} at a place\n"
        ),
        _ => format!(
            "* To switch it on by itself: `rules: {{{code}: {on}}}` in `podls.yaml`; to allow one place: {off}\n"
        ),
    };
    facts + &format!("* Since: podls {since}\n")
}

/// The first line of a rule's manual.
pub fn summary(code: &str) -> Option<&'static str> {
    explain(code)?.lines().nth(2)
}

/// The web page about the subject of a rule, if it has one.
pub fn link(code: &str) -> Option<&'static str> {
    ALL.iter().find(|rule| rule.code == code)?.url()
}
