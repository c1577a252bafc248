//! `podls fix --indent`: repairs lost indentation, and tells what is left to look at.

use std::fmt::Write;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::cli::check::in_parallel;
use crate::cli::files::{FolderSettings, Input, inputs};
use crate::cli::fix::{FixArgs, unified};
use crate::cli::human::plural;
use crate::cli::output::{Outcome, complain, print, remark};
use crate::config::Settings;
use crate::ide::{Document, Indentation};

/// What is kept of a file.
struct Report {
    /// A diff, or the text of standard input.
    output: String,
    /// What was done and what is left.
    remarks: String,
    repaired: usize,
    untouched: usize,
}

pub(super) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let (inputs, mut failures) = inputs(&args.paths);
    let mut folders = FolderSettings::new(args.kubernetes_version, &[]);
    let jobs: Vec<_> = inputs.into_iter().map(|input| (folders.of(&input), input)).collect();
    let reports = in_parallel(&jobs, |(settings, input)| repair(settings, input, args.diff));
    let (mut repaired, mut untouched) = (0, 0);
    let (mut output, mut remarks) = (String::new(), String::new());
    for report in reports {
        match report {
            Ok(report) => {
                repaired += report.repaired;
                untouched += report.untouched;
                output.push_str(&report.output);
                remarks.push_str(&report.remarks);
            }
            Err(failure) => failures.push(failure),
        }
    }
    for failure in &failures {
        complain(failure);
    }
    remarks.push_str(&summary(repaired, untouched, args.diff));
    // Standard output is what other programs read: a diff, or the repaired text.
    if args.diff || jobs.iter().any(|(_, input)| input.is_stdin()) {
        print(&output)?;
        remark(&remarks);
    } else {
        print(&remarks)?;
    }
    Ok(Outcome::of(!failures.is_empty(), untouched))
}

fn summary(repaired: usize, untouched: usize, diff: bool) -> String {
    let done = if diff { "would repair" } else { "repaired" };
    match (repaired, untouched) {
        (0, 0) => "nothing to repair\n".to_owned(),
        (_, 0) => format!("{done} {}\n", plural(repaired, "document")),
        _ => format!("{done} {}; left as they are: {untouched}\n", plural(repaired, "document")),
    }
}

/// Repairs one file. A fault of ours costs this file only, and leaves it as it was.
fn repair(settings: &Arc<Settings>, input: &Input, diff: bool) -> Result<Report, String> {
    let before = input.read()?;
    let done = catch_unwind(AssertUnwindSafe(|| Document::new(&before, settings).reindented()));
    let done = done.map_err(|_| format!("{}: could not be repaired: a bug", input.name))?;
    if !diff && done.text != before {
        input.write(&done.text)?;
    }
    Ok(Report {
        remarks: told(&input.name, &done),
        repaired: done.repaired.len(),
        untouched: done.left.iter().filter(|left| left.untouched).count(),
        output: match (diff, input.is_stdin()) {
            (true, _) => unified(&input.name, &before, &done.text),
            (false, true) => done.text,
            (false, false) => String::new(),
        },
    })
}

/// A line for each document that was repaired, and for all that has to be looked at.
fn told(name: &str, done: &Indentation) -> String {
    let mut out = String::new();
    for line in &done.repaired {
        let _ = writeln!(out, "{name}:{}: the indentation is repaired", line + 1);
    }
    for left in &done.left {
        let _ = writeln!(out, "{name}:{}: {}", left.line + 1, left.message);
    }
    out
}
