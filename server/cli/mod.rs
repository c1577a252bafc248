//! The command line.
//!
//! Exit codes: 0 without errors, 1 if `check` found an error or `fix` left one, 2 if something could
//! not be done.
//!
//! One file for each command, and what they share: arguments, files, output. Only `main.rs` calls it; it does not
//! use LSP, and reads documents through `ide`.

mod add;
mod beside;
mod bug;
mod check;
mod checked;
mod diff;
mod explain;
mod files;
mod fix;
mod graph;
mod human;
mod input;
mod indent;
mod jobs;
mod json;
mod output;
mod replace;
mod rules;
mod settings;
mod shown;
mod stdin;
mod summary;
mod walk;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::ide::Document;

const EXIT_CODES: &str = "\
Exit codes:
  0  no errors
  1  errors, found by `check` or left by `fix`
  2  failure: a file could not be read or checked, or a setting is wrong";

/// A language server and checker for Kubernetes pod manifests.
///
/// Without a command, it runs the language server on standard input and output.
#[derive(Parser)]
#[command(name = "podls", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    editor: EditorArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Run the language server on standard input and output
    Serve(EditorArgs),
    /// Check manifests
    #[command(after_help = EXIT_CODES)]
    Check(check::CheckArgs),
    /// Apply the safe fixes
    #[command(after_help = EXIT_CODES)]
    Fix(fix::FixArgs),
    /// Draw a pod: the order of its containers, and what they share
    Graph(graph::GraphArgs),
    /// Add a sidecar, an adapter, an ambassador, a proxy or an init container to a pod
    Add(add::AddArgs),
    /// Explain a rule or a pattern
    Explain {
        /// The code of a rule, such as `unknown-field`, or a pattern: `sidecar`, `native-sidecar`,
        /// `init-container`, `adapter`, `ambassador`, `inbound-proxy`
        name: String,
    },
    /// List the rules
    Rules {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Arguments that editors add to the command; they have no effect.
#[derive(clap::Args)]
struct EditorArgs {
    #[arg(long, hide = true)]
    stdio: bool,
    #[arg(long = "clientProcessId", hide = true)]
    client_process_id: Option<u32>,
}

/// How findings are printed.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people
    #[default]
    Human,
    /// JSON for programs
    Json,
}

/// The findings of a document as `podls check` prints them. Fuzzing looks at many thousands, which cannot
/// all be files and processes.
#[doc(hidden)]
pub fn printed(name: &str, document: &Document, format: Format, colored: bool) -> String {
    let input = input::Input::named(name.into());
    let checked = checked::Checked::new(&input, document);
    match format {
        Format::Human => human::render(&checked, colored),
        Format::Json => json::render(&checked),
    }
}

/// Runs the command, or returns `None` if it is the language server.
pub fn run() -> Option<ExitCode> {
    // Without arguments it is the language server; editors wait for it, so the command line is not built.
    env::args_os().nth(1)?;
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return Some(refused(&error)),
    };
    let command = match args.command? {
        Command::Serve(_) => return None,
        command => command,
    };
    bug::tell_in_one_line();
    let file = match &command {
        Command::Graph(args) => Some(args.file.clone()),
        Command::Add(args) => args.file.clone(),
        _ => None,
    };
    let done = bug::caught(|| carry_out(command)).unwrap_or_else(|bug| {
        let file = file.as_deref().map(|it: &Path| format!("{}: ", it.display()));
        output::complain(&format!("{}{bug}", file.unwrap_or_default()));
        Ok(output::Outcome::Failed)
    });
    Some(output::exit_code(done))
}

fn carry_out(command: Command) -> io::Result<output::Outcome> {
    match command {
        Command::Serve(_) => Ok(output::Outcome::Clean),
        Command::Check(args) => check::run(&args),
        Command::Fix(args) if args.indent => indent::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Graph(args) => graph::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Explain { name } => explain::run(&name),
        Command::Rules { format } => rules::run(format),
    }
}

/// Prints what is wrong with the arguments, or the help or the version.
fn refused(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let shown = shown::shown_lines(&text);
    match shown == text {
        true => drop(error.print()),
        false => drop(io::stderr().write_all(shown.as_bytes())),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
