//! `podls`: with no arguments the language server on stdio; `podls check FILE...` in CI.

fn main() {}
