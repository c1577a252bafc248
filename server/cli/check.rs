//! `podls check`: the findings of files, the same ones that an editor shows.

use std::io;
use std::path::PathBuf;

use clap::ColorChoice;

use crate::check::Severity;
use crate::cli::checked::Checked;
use crate::cli::files::Work;
use crate::cli::jobs::{Job, in_parallel};
use crate::cli::output::{Outcome, colored, print_parts};
use crate::cli::settings::SettingsArgs;
use crate::cli::stdin::Paths;
use crate::cli::summary::Counts;
use crate::cli::{Format, human, json};
use crate::ide::Document;

#[derive(clap::Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` is standard input. The default is standard input if it is a pipe or a
    /// file with data within two seconds, otherwise the current folder
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Color the output
    #[arg(long, value_enum, default_value_t)]
    color: ColorChoice,
}

/// What is kept of a file: its printed findings, and their number.
struct Report {
    text: String,
    counts: Counts,
}

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let paths = Paths::of(&args.paths);
    let mut work = Work::of(&paths.paths, args.settings.overrides());
    let colored = colored(args.color);
    let reports = in_parallel(&work.jobs, |job| check(job, args.format, colored));

    let mut counts = Counts::default();
    let mut texts = Vec::new();
    for report in reports {
        match report {
            Ok(report) => {
                counts.add(&report.counts);
                texts.push(report.text);
            }
            Err(failure) => work.failures.push(failure),
        }
    }
    work.complain();
    match args.format {
        Format::Json => print_parts(json::array(&texts))?,
        Format::Human => {
            let summary = counts.summary(work.passed, work.failures.len(), "checked");
            print_parts(texts.iter().chain([&summary]).map(String::as_str))?;
        }
    }
    let failed = paths.missed() || !work.failures.is_empty();
    Ok(Outcome::of(failed, counts.of(Severity::Error)))
}

/// Reads and checks one file.
fn check(job: &Job, format: Format, colored: bool) -> Result<Report, String> {
    let source = job.input.read()?;
    let document = Document::new(&source.text, &job.settings);
    let checked = Checked::new(&job.input, &document);
    Ok(Report {
        counts: Counts::new(&checked.findings, checked.content),
        text: match format {
            Format::Human => human::render(&checked, colored),
            Format::Json => json::render(&checked),
        },
    })
}
