//! One binary for all tests that look at the project from outside.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod corpus;
mod generate;
mod schema;
mod tidy;
