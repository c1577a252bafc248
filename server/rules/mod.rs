//! Rules: one file per rule, one folder per family.
//!
//! To add a rule, write its file in the shape of its neighbours and run `cargo test`: its family's
//! `mod.rs`, `list.rs` and the manual in `README.md` are written by a test.
//!
//! Rules run in `check`; `actions`, `ide`, `cli` and `lsp` use them. A rule declares everything about itself in its
//! `RULE`. Rules do not use each other, files, editors or settings.

#[rustfmt::skip]
mod list;
mod manual;
#[cfg(test)]
mod tests;

// The families.
mod comments;
mod containers;
mod env;
mod hardening;
mod images;
mod jobs;
mod kinds;
mod lifecycle;
mod metadata;
mod mounts;
mod network;
mod patterns;
mod ports;
mod probes;
mod pss;
mod reliability;
mod resources;
mod scheduling;
mod schema;
mod security;
mod selectors;
mod volumes;
mod workloads;
mod yaml;

use std::sync::OnceLock;

use crate::check::{self, Finding, Rule, Selection, Severity, When};
use crate::schema::Version;
use crate::syntax::Parse;

pub use comments::unused_allow::unused_allow;
pub use kinds::missing_kind::stray_document;
pub use list::ALL;
pub use manual::{MANUAL, explain, facts, link, summary};

// `Rule::DEFAULT` has no code, version and checks, and is an error, which good practice is not.
const _: () = {
    let mut index = 0;
    while index < ALL.len() {
        let Rule { code, since, checks, when, severity, .. } = ALL[index];
        assert!(!code.is_empty() && !since.is_empty() && !checks.is_empty());
        assert!(!matches!((when, severity), (When::Profile(_), Severity::Error)));
        index += 1;
    }
};

/// The codes of all rules.
pub fn codes() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.code).collect()
}

/// The rules that always run.
pub fn standard() -> Selection {
    static STANDARD: OnceLock<Selection> = OnceLock::new();
    STANDARD.get_or_init(|| select(Rule::always_runs)).clone()
}

/// The rules that `wanted` says.
pub fn select(wanted: impl Fn(&Rule) -> bool) -> Selection {
    let rules: Vec<_> = ALL.iter().copied().filter(|rule| wanted(rule)).collect();
    Selection::new(&rules)
}

/// Runs the standard rules over one document. Spans are relative to it; sorted by place. In a
/// fragment, what is not there is not missing.
pub fn run(parse: &Parse, version: Version, fragment: bool) -> Vec<Finding> {
    check::run(&standard(), parse, version, fragment)
}
