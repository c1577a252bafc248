//! Rules: one file per rule.

mod finding;

pub use finding::{Finding, Fix, Related, Severity, Tag};

/// A rule as `podls rules` lists it.
pub struct Rule {
    /// The file name in kebab-case.
    pub code: &'static str,
    pub severity: Severity,
}

pub static ALL: &[&Rule] = &[];

/// The manual of one rule in Markdown, or `None` when there is no such rule.
pub fn explain(code: &str) -> Option<&'static str> {
    let _ = code;
    None
}

/// The codes of all rules.
pub fn codes() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.code).collect()
}
