//! Standard output and standard error.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::ColorChoice;

use crate::cli::shown::{shown, shown_lines};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Clean = 0,
    Findings = 1,
    Failed = 2,
}

impl Outcome {
    /// The outcome of a command that failed in part (`failed`) or found this many errors.
    pub(super) fn of(failed: bool, errors: usize) -> Self {
        match (failed, errors) {
            (true, _) => Self::Failed,
            (false, 0) => Self::Clean,
            (false, _) => Self::Findings,
        }
    }
}

/// The exit code of a command.
pub(super) fn exit_code(done: io::Result<Outcome>) -> ExitCode {
    match done {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Writes the parts of a text to standard output.
pub(super) fn print_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let write = |part: &str| out.write_all(part.as_bytes());
    let written = parts.into_iter().try_for_each(write).and_then(|()| out.flush());
    unless_unread(written)
}

/// A reader that closes the pipe, such as `head`, is not a failure, and does not change the outcome.
fn unless_unread(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes a text for people to standard output.
pub(super) fn print(text: &str) -> io::Result<()> {
    print_parts([&*shown_lines(text)])
}

/// Writes output for programs to standard output unchanged, unless that is a terminal.
pub(super) fn print_data(data: &[u8]) -> io::Result<()> {
    let data = match io::stdout().is_terminal() {
        true => Cow::Owned(shown_lines(&String::from_utf8_lossy(data)).into_owned().into_bytes()),
        false => Cow::Borrowed(data),
    };
    let mut out = io::stdout().lock();
    unless_unread(out.write_all(&data).and_then(|()| out.flush()))
}

/// Prints the reason of a failure to standard error. If even that fails, the exit code still shows
/// the failure.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "podls: {}", shown(message));
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
