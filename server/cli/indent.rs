//! `podls fix --indent`: repairs lost indentation, and reports what is left to check.

use std::fmt::Write;
use std::io;

use crate::cli::diff::unified;
use crate::cli::files::Work;
use crate::cli::fix::FixArgs;
use crate::cli::jobs::{Job, in_parallel};
use crate::cli::output::{Outcome, print, print_data, remark};
use crate::cli::shown::{shown, shown_lines};
use crate::cli::stdin::Paths;
use crate::cli::summary::plural;
use crate::folder::encode;
use crate::ide::{Document, Indentation};

/// What is kept of a file.
struct Report {
    /// A diff, or the text of standard input.
    output: Vec<u8>,
    /// What was done and what is left.
    remarks: String,
    repaired: usize,
    untouched: usize,
}

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let paths = if args.diff { Paths::of(&args.paths) } else { Paths::to_change(&args.paths)? };
    let mut work = Work::of(&paths.paths, args.settings.overrides());
    if !args.diff {
        work.prepare_to_write();
    }
    let reports = in_parallel(&work.jobs, |job| repair(job, args.diff));
    let (mut repaired, mut untouched) = (0, 0);
    let (mut output, mut remarks) = (Vec::new(), String::new());
    for report in reports {
        match report {
            Ok(report) => {
                repaired += report.repaired;
                untouched += report.untouched;
                output.extend(report.output);
                remarks.push_str(&report.remarks);
            }
            Err(failure) => work.failures.push(failure),
        }
    }
    work.complain();
    remarks.push_str(&summary(repaired, untouched, args.diff));
    // Standard output is for other programs: a diff, or the repaired text.
    if args.diff || work.jobs.iter().any(|job| job.input.is_stdin()) {
        print_data(&output)?;
        remark(&shown_lines(&remarks));
    } else {
        print(&remarks)?;
    }
    Ok(Outcome::of(paths.missed() || !work.failures.is_empty(), untouched))
}

fn summary(repaired: usize, untouched: usize, diff: bool) -> String {
    let done = if diff { "would repair" } else { "repaired" };
    match (repaired, untouched) {
        (0, 0) => "nothing to repair\n".to_owned(),
        (_, 0) => format!("{done} {}\n", plural(repaired, "document")),
        _ => format!("{done} {}; not changed: {untouched}\n", plural(repaired, "document")),
    }
}

/// Repairs one file, which is written last: no later step can fail.
fn repair(job: &Job, diff: bool) -> Result<Report, String> {
    let Job { settings, input } = job;
    let before = input.read()?;
    let done = Document::new(&before.text, settings).reindented();
    let report = Report {
        remarks: remarks(&input.shown, &done),
        repaired: done.repaired.len(),
        untouched: done.left.iter().filter(|left| left.untouched).count(),
        output: match (diff, input.is_stdin()) {
            (true, _) => unified(&input.name, &before.text, &done.text).into_bytes(),
            (false, true) => encode(&done.text, before.encoding),
            (false, false) => Vec::new(),
        },
    };
    if !diff && done.text != before.text {
        input.write(&before, &done.text)?;
    }
    Ok(report)
}

/// A line for each document that was repaired, and for everything that the user should check.
fn remarks(name: &str, done: &Indentation) -> String {
    let mut out = String::new();
    for line in &done.repaired {
        let _ = writeln!(out, "{name}:{}: repaired the indentation", line + 1);
    }
    for left in &done.left {
        let _ = writeln!(out, "{name}:{}: {}", left.line + 1, shown(&left.message));
    }
    out
}
