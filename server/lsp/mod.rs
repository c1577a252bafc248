//! The language server.

/// Serves one editor on standard input and output, until it leaves.
pub fn run_stdio() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
