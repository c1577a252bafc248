//! `podls`: with no arguments the language server on stdio; `podls check FILE...` in CI.

use std::process::ExitCode;

fn main() -> ExitCode {
    match podls::cli::run() {
        Some(code) => code,
        None => podls::lsp::run_stdio(),
    }
}
