//! The engine of checking: what a rule is, what it reads, what it reports, and what runs it over a document.
//!
//! It knows no rule; `rules` has them. It is called by `rules`, `ide` and, for plain data such as `Finding`, by
//! everything above. It must not know files, editors or settings. What all rules share belongs here; what some rules
//! of a family share belongs to the family.

mod allow;
mod broken_lines;
mod checker;
mod duplicates;
mod finding;
mod findings;
mod other_linters;
pub(crate) mod pages;
mod rule;
mod runner;
mod tally;

pub(crate) use allow::words;
pub use allow::{Allow, Directives};
pub use checker::Checker;
pub(crate) use duplicates::duplicates;
pub use finding::{Echo, Finding, Fix, Fixes, Related, Severity, Tag};
pub use findings::DiagnosticBuilder;
pub(crate) use findings::head;
pub use other_linters::drop_ignored;
pub use rule::{Check, Linter, Rule, When};
pub use runner::{Selection, run, run_one};
