//! Standard output and standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::ColorChoice;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Clean = 0,
    Findings = 1,
    Failed = 2,
}

impl Outcome {
    /// How a command ended that could not do all (`failed`) or found so many errors.
    pub(super) fn of(failed: bool, errors: usize) -> Self {
        match (failed, errors) {
            (true, _) => Self::Failed,
            (false, 0) => Self::Clean,
            (false, _) => Self::Findings,
        }
    }
}

/// The exit code of a command. A reader that went away, such as `head`, is no failure.
pub(super) fn exit_code(done: io::Result<Outcome>) -> ExitCode {
    match done {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Writes `text` to standard output at once.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says on standard error why something could not be done. When even that cannot be said, the exit
/// code still tells it.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "podls: {message}");
}

/// Writes `text` to standard error, for people, while standard output is for programs.
pub(super) fn remark(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Whether standard output gets colours.
pub(super) fn colored(choice: ColorChoice) -> bool {
    let forbidden = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => io::stdout().is_terminal() && !forbidden(),
    }
}
