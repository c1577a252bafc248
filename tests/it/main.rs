//! One binary for all tests that look at the project from outside.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stderr, reason = "a test tells what it measured and what it skipped")]

mod client;

mod add;
mod allow;
mod cli;
mod convert;
mod corpus;
mod editing;
mod fix;
mod fixes;
mod generate;
mod indent;
mod graph;
mod hostile;
mod lsp;
mod naming;
mod pods;
mod patterns;
mod planted;
mod profiles;
mod pss;
mod schema;
mod snippets;
mod sync;
mod tidy;
mod truth;
mod typing;
