//! Rules: one file per rule, one folder per family.
//!
//! To add a rule, write its file in the shape of its neighbours and run `cargo test`: its family's
//! `mod.rs`, `list.rs` and the manual in `README.md` are written by a test.

mod allow;
mod broken_lines;
mod duplicates;
mod echoes;
mod finding;
#[rustfmt::skip]
mod list;
mod manual;
mod other_linters;
mod pod_security;
mod report;
mod rule;
mod runner;
mod server_path;
mod tally;

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

pub use allow::{Allow, Directives};
pub use comments::unused_allow::unused_allow;
pub use finding::{Echo, Finding, Fix, Related, Severity, Tag};
pub use list::ALL;
pub use manual::{MANUAL, explain, link, summary};
pub use other_linters::drop_ignored;
pub use pod_security::is_in_level;
pub use report::{DiagnosticBuilder, Findings};
pub use rule::{Check, Rule};
pub use runner::{Selection, run, run_one, run_selected};

/// The codes of all rules.
pub fn codes() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.code).collect()
}
