//! The manual of a rule.

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

/// The first line of a rule's manual.
pub fn summary(code: &str) -> Option<&'static str> {
    explain(code)?.lines().nth(2)
}

/// The web page about the subject of a rule, if it has one.
pub fn link(code: &str) -> Option<&'static str> {
    ALL.iter().find(|rule| rule.code == code)?.url()
}
