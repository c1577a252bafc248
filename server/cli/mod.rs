//! The command line.
//!
//! Exit codes: 0 when all is well, 1 when `check` found an error or `fix` left one, 2 when something
//! could not be done.

mod add;
mod check;
mod explain;
mod files;
mod fix;
mod graph;
mod human;
mod indent;
mod json;
mod output;
mod replace;
mod rules;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::ide::Document;

/// A language server and checker for Kubernetes pod manifests.
///
/// Without a command it is a language server on standard input and output.
#[derive(Parser)]
#[command(name = "podls", version, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    editor: EditorArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Talk to an editor over standard input and output
    Serve(EditorArgs),
    /// Check manifests
    Check(check::CheckArgs),
    /// Carry out the fixes that change nothing but the fault
    Fix(fix::FixArgs),
    /// Draw a pod: who starts when, and what containers share
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

/// What editors add to the command; there is nothing to choose.
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
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}

/// The findings of a document as `podls check` prints them. Fuzzing looks at many thousands, which cannot
/// all be files and processes.
#[doc(hidden)]
pub fn printed(name: &str, document: &Document, format: Format, colored: bool) -> String {
    let (document, findings) = (document.clone(), document.findings());
    let checked = check::Checked { name, document, findings };
    match format {
        Format::Human => human::render(&checked, colored),
        Format::Json => json::render(&checked),
    }
}

/// Carries out the command, or gives `None` when the language server is wanted.
pub fn run() -> Option<ExitCode> {
    let done = match Args::parse().command? {
        Command::Serve(_) => return None,
        Command::Check(args) => check::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Graph(args) => graph::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Explain { name } => explain::run(&name),
        Command::Rules { format } => rules::run(format),
    };
    Some(output::exit_code(done))
}
