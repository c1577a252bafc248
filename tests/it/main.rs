//! One binary for all tests that look at the project from outside.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stderr, reason = "a test tells what it measured and what it skipped")]

mod client;
#[path = "../../fuzz/properties/mod.rs"]
mod fuzz;

mod add;
mod allow;
mod assists;
mod charts;
mod charts_completed;
mod charts_found;
mod charts_offered;
mod circles;
mod cli;
mod completing;
mod convert;
mod corpus;
mod cost;
mod editing;
mod fields;
mod fix;
mod foreign;
mod fixes;
mod generate;
mod graph;
mod growth;
mod harmless;
mod helm;
mod hostile;
mod indent;
mod items;
mod known;
mod limits;
mod lsp;
mod markdown;
mod menus;
mod mutations;
mod naming;
#[cfg(unix)]
mod odd_files;
mod offered;
mod patterns;
mod pauses;
mod planted;
mod pods;
mod profiles;
mod properties;
mod pss;
mod repairs;
mod requests;
mod restoring;
mod schema;
mod shapes;
mod snippets;
mod symbols;
mod sync;
mod templates;
mod templates_completed;
mod templates_found;
mod templates_said;
mod tidy;
mod tolerance;
mod truth;
mod typing;
mod variants;
mod verdicts;
mod wording;
#[cfg(unix)]
mod writing;
