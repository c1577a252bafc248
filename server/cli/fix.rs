//! `podls fix`: applies the safe fixes, and reports what it did and what is left.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use clap::ColorChoice;

use crate::check::Severity;
use crate::cli::checked::Checked;
use crate::cli::diff::unified;
use crate::cli::files::Work;
use crate::cli::human;
use crate::cli::jobs::{Job, in_parallel};
use crate::cli::output::{Outcome, colored, print_data, print_parts, remark};
use crate::cli::settings::SettingsArgs;
use crate::cli::shown::shown;
use crate::cli::stdin::Paths;
use crate::cli::summary::{Counts, plural};
use crate::folder::encode;
use crate::ide::{Document, Done};

#[derive(clap::Args)]
pub(super) struct FixArgs {
    /// Files and folders; `-` reads standard input and writes standard output. The default is
    /// standard input if it is a pipe or a file with data within two seconds, otherwise the
    /// current folder
    pub(super) paths: Vec<PathBuf>,
    /// Only repair indentation that was lost or moved
    #[arg(long)]
    pub(super) indent: bool,
    /// Also apply suggested fixes, which may remove something or choose a value
    #[arg(long, conflicts_with = "indent")]
    suggested: bool,
    /// Print the changes, but do not write them
    #[arg(long)]
    pub(super) diff: bool,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    /// Color the output
    #[arg(long, value_enum, default_value_t)]
    color: ColorChoice,
}

/// What is kept of a file.
struct Report {
    /// A diff, or the text of standard input.
    output: Vec<u8>,
    /// What was done and what is left.
    remarks: String,
    fixed: usize,
    left: Counts,
}

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let paths = if args.diff { Paths::of(&args.paths) } else { Paths::to_change(&args.paths)? };
    let mut work = Work::of(&paths.paths, args.settings.overrides());
    if !args.diff {
        work.prepare_to_write();
    }
    let colored = colored(args.color);
    let reports = in_parallel(&work.jobs, |job| fix(job, args, colored));

    let (mut left, mut fixed) = (Counts::default(), 0);
    let (mut output, mut remarks) = (Vec::new(), String::new());
    for report in reports {
        match report {
            Ok(report) => {
                left.add(&report.left);
                fixed += report.fixed;
                output.extend(report.output);
                remarks.push_str(&report.remarks);
            }
            Err(failure) => work.failures.push(failure),
        }
    }
    work.complain();
    let done = if args.diff { "would fix" } else { "fixed" };
    let summary = left.summary(work.passed, work.failures.len(), "fixed");
    let _ = write!(remarks, "{done} {}; left: {summary}", plural(fixed, "finding"));
    // Standard output is for other programs: a diff, or the fixed text.
    if args.diff || work.jobs.iter().any(|job| job.input.is_stdin()) {
        print_data(&output)?;
        remark(&remarks);
    } else {
        print_parts([remarks.as_str()])?;
    }
    let failed = paths.missed() || !work.failures.is_empty();
    Ok(Outcome::of(failed, left.of(Severity::Error)))
}

/// Fixes one file, which is written last: no later step can fail.
fn fix(job: &Job, args: &FixArgs, colored: bool) -> Result<Report, String> {
    let Job { settings, input } = job;
    let diff = args.diff;
    let before = input.read()?;
    let document = Document::new(&before.text, settings);
    let (document, done, cut) = document.fixed_within(args.suggested);
    let checked = Checked::new(input, &document);
    let after = checked.document.text().to_string();
    let report = Report {
        remarks: summary(&input.shown, &done, cut) + &human::render(&checked, colored),
        fixed: done.len(),
        left: Counts::new(&checked.findings, checked.content),
        output: match (diff, input.is_stdin()) {
            (true, _) => unified(&input.name, &before.text, &after).into_bytes(),
            (false, true) => encode(&after, before.encoding),
            (false, false) => Vec::new(),
        },
    };
    if !diff && after != before.text {
        input.write(&before, &after)?;
    }
    Ok(report)
}

/// A line for each fix, and one when there may be more.
fn summary(name: &str, done: &[Done], cut: bool) -> String {
    let line = |it: &Done| format!("{name}:{}: {} ({})\n", it.line + 1, shown(&it.title), it.code);
    let mut lines: String = done.iter().map(line).collect();
    if cut {
        let again = if done.is_empty() { "" } else { "; run `podls fix` again for more" };
        let _ = writeln!(lines, "{name}: too many fixes to try all of them at once{again}");
    }
    lines
}
