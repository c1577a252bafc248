//! `podls fix`: carries out the safe fixes, and tells what it did and what is left.

use std::fmt::Write;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ColorChoice;
use similar::TextDiff;

use crate::cli::check::{Checked, in_parallel, profile, version};
use crate::cli::files::{FolderSettings, Input, inputs};
use crate::cli::output::{Outcome, colored, complain, print, remark};
use crate::cli::{human, indent};
use crate::config::Settings;
use crate::ide::{Document, Done};
use crate::rules::Severity;
use crate::schema::{Profile, Version};

#[derive(clap::Args)]
pub(super) struct FixArgs {
    /// Files and folders; `-` is standard input, which is written to standard output
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Repair indentation that was lost or moved, and nothing else
    #[arg(long)]
    indent: bool,
    /// Carry out what is only suggested too: it may take something away, or choose for you
    #[arg(long, conflicts_with = "indent")]
    suggested: bool,
    /// Write nothing; print what would change
    #[arg(long)]
    pub(super) diff: bool,
    /// The version the manifests are for, such as 1.31
    #[arg(long, value_parser = version)]
    pub(super) kubernetes_version: Option<Version>,
    /// A group of rules to run besides the others; `podls rules` tells which is in which
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    pub(super) profiles: Vec<Profile>,
    #[arg(long, value_enum, default_value_t)]
    color: ColorChoice,
}

/// What is kept of a file.
struct Report {
    /// A diff, or the text of standard input.
    output: String,
    /// What was done and what is left.
    remarks: String,
    fixed: usize,
    left: human::Counts,
}

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    if args.indent {
        return indent::run(args);
    }
    let (inputs, mut failures) = inputs(&args.paths);
    let mut folders = FolderSettings::new(args.kubernetes_version, &args.profiles);
    let jobs: Vec<_> = inputs.into_iter().map(|input| (folders.of(&input), input)).collect();
    let colored = colored(args.color);
    let reports = in_parallel(&jobs, |(settings, input)| fix(settings, input, args, colored));

    let (mut left, mut fixed) = (human::Counts::default(), 0);
    let (mut output, mut remarks) = (String::new(), String::new());
    for report in reports {
        match report {
            Ok(report) => {
                left.add(&report.left);
                fixed += report.fixed;
                output.push_str(&report.output);
                remarks.push_str(&report.remarks);
            }
            Err(failure) => failures.push(failure),
        }
    }
    for failure in &failures {
        complain(failure);
    }
    let done = if args.diff { "would fix" } else { "fixed" };
    let _ = write!(remarks, "{done} {}; left: {}", human::plural(fixed, "finding"), left.summary());
    // Standard output is what other programs read: a diff, or the fixed text.
    if args.diff || jobs.iter().any(|(_, input)| input.is_stdin()) {
        print(&output)?;
        remark(&remarks);
    } else {
        print(&remarks)?;
    }
    Ok(Outcome::of(!failures.is_empty(), left.of(Severity::Error)))
}

/// Fixes one file. A fault of ours costs this file only, and leaves it as it was.
fn fix(
    settings: &Arc<Settings>,
    input: &Input,
    args: &FixArgs,
    colored: bool,
) -> Result<Report, String> {
    let diff = args.diff;
    let before = input.read()?;
    let fixed = catch_unwind(AssertUnwindSafe(|| {
        let (document, done) = Document::new(&before, settings).fixed(args.suggested);
        let findings = document.findings();
        (Checked { name: &input.name, document, findings }, done)
    }));
    let (checked, done) =
        fixed.map_err(|_| format!("{}: could not be fixed: a bug", input.name))?;
    let after = checked.document.text().to_string();
    if !diff && after != before {
        input.write(&after)?;
    }
    Ok(Report {
        remarks: told(&input.name, &done) + &human::render(&checked, colored),
        fixed: done.len(),
        left: human::Counts::new(&checked.findings),
        output: match (diff, input.is_stdin()) {
            (true, _) => unified(&input.name, &before, &after),
            (false, true) => after,
            (false, false) => String::new(),
        },
    })
}

/// A line for each fix.
fn told(name: &str, done: &[Done]) -> String {
    let line = |it: &Done| format!("{name}:{}: {} ({})\n", it.line + 1, it.title, it.code);
    done.iter().map(line).collect()
}

/// What changes, as `patch` reads it; empty when nothing does.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let (old, new) = (format!("a/{name}"), format!("b/{name}"));
    TextDiff::from_lines(before, after).unified_diff().header(&old, &new).to_string()
}
