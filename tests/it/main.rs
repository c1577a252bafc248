//! One binary for all tests that look at the project from outside.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stderr, reason = "a test tells what it measured and what it skipped")]

mod client;
#[path = "../../fuzz/properties/mod.rs"]
mod fuzz;

mod add;
mod allow;
mod circles;
mod cli;
mod completing;
mod convert;
mod corpus;
mod cost;
mod editing;
mod fix;
mod fixes;
mod generate;
mod indent;
mod graph;
mod growth;
mod harmless;
mod helm;
mod hostile;
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
mod pods;
mod patterns;
mod pauses;
mod planted;
mod profiles;
mod properties;
mod pss;
mod requests;
mod restoring;
mod schema;

mod shapes;
mod snippets;
mod sync;
mod templates;
mod templates_completed;
mod templates_found;
mod templates_said;
mod tidy;
mod tolerance;
mod truth;
mod typing;
#[cfg(unix)]
mod wording;
mod writing;
