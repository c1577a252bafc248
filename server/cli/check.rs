//! `podls check`: the findings of files, the same ones that an editor shows.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::ColorChoice;
use indicatif::ProgressBar;

use crate::cli::files::{FolderSettings, Input, inputs};
use crate::cli::output::{Outcome, colored, complain, print};
use crate::cli::{Format, human, json};
use crate::config::Settings;
use crate::ide::Document;
use crate::rules::{Finding, Severity};
use crate::schema::{Profile, Version};

#[derive(clap::Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The version the manifests are for, such as 1.31
    #[arg(long, value_parser = version)]
    kubernetes_version: Option<Version>,
    /// A group of rules to run besides the others; `podls rules` tells which is in which
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    profiles: Vec<Profile>,
    #[arg(long, value_enum, default_value_t)]
    color: ColorChoice,
}

pub(super) fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| {
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        format!("podls knows {oldest} to {newest}")
    })
}

pub(super) fn profile(text: &str) -> Result<Profile, String> {
    let names = || Profile::ALL.map(Profile::name).join(", ");
    Profile::parse(text).ok_or_else(|| format!("the profiles are {}", names()))
}

/// As much as the main thread has, so that a file is treated alike on each.
const STACK: usize = 8 << 20;

/// One file with what was found in it.
pub(super) struct Checked<'a> {
    pub(super) name: &'a str,
    pub(super) document: Document,
    pub(super) findings: Vec<Finding>,
}

/// What is kept of a file: its findings as they are printed, and how many there are.
struct Report {
    text: String,
    counts: human::Counts,
}

pub(super) fn run(args: &CheckArgs) -> io::Result<Outcome> {
    let (inputs, mut failures) = inputs(&args.paths);
    let mut folders = FolderSettings::new(args.kubernetes_version, &args.profiles);
    let jobs: Vec<_> = inputs.into_iter().map(|input| (folders.of(&input), input)).collect();
    let colored = colored(args.color);
    let reports =
        in_parallel(&jobs, |(settings, input)| check(settings, input, args.format, colored));

    let mut counts = human::Counts::default();
    let mut texts = Vec::new();
    for report in reports {
        match report {
            Ok(report) => {
                counts.add(&report.counts);
                texts.push(report.text);
            }
            Err(failure) => failures.push(failure),
        }
    }
    for failure in &failures {
        complain(failure);
    }
    print(&match args.format {
        Format::Json => json::whole(&texts),
        Format::Human => texts.concat() + &counts.summary(),
    })?;
    Ok(Outcome::of(!failures.is_empty(), counts.of(Severity::Error)))
}

/// Reads and checks one file. A fault of ours costs this file only.
fn check(
    settings: &Arc<Settings>,
    input: &Input,
    format: Format,
    colored: bool,
) -> Result<Report, String> {
    let text = input.read()?;
    let checked = catch_unwind(AssertUnwindSafe(|| {
        let document = Document::new(&text, settings);
        let findings = document.findings();
        Checked { name: &input.name, document, findings }
    }));
    let checked = checked.map_err(|_| format!("{}: could not be checked: a bug", input.name))?;
    Ok(Report {
        counts: human::Counts::new(&checked.findings),
        text: match format {
            Format::Human => human::render(&checked, colored),
            Format::Json => json::render(&checked),
        },
    })
}

/// `work` on every job, on all processors; the results are in the order of the jobs.
pub(super) fn in_parallel<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let bar = progress(jobs.len());
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return done };
            done.push((index, work(job)));
            bar.inc(1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let mut done = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut done = worker();
        done.extend(others.into_iter().filter_map(|thread| thread.join().ok()).flatten());
        done
    });
    bar.finish_and_clear();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A bar on standard error; none in a pipe, and none for what is over at once.
fn progress(jobs: usize) -> ProgressBar {
    match io::stderr().is_terminal() && jobs > 100 {
        true => ProgressBar::new(jobs as u64),
        false => ProgressBar::hidden(),
    }
}
