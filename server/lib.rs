//! podls: a language server for Kubernetes pod manifests.
//!
//! The modules stand in reading order, which is also the order in which they may use each other:
//! a module uses the ones above it and never one below. `tests/it/tidy.rs` checks that.

pub mod stop;
pub mod text;
pub mod syntax;
pub mod schema;
pub mod config;
pub mod formats;
pub mod pod;
pub mod check;
pub mod rules;
pub mod parity;
pub mod actions;
pub mod complete;
pub mod features;
pub mod ide;
pub mod folder;
pub mod cli;
pub mod lsp;

#[cfg(test)]
mod testing;
