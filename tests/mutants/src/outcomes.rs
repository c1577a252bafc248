//! What became of each fault. A file keeps it, so that a run can be continued.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::fault::Fault;

#[derive(Clone)]
pub enum Outcome {
    /// By which test.
    Caught(String),
    /// With what else there is to say.
    Missed(String),
    DoesNotCompile,
}

pub struct Outcomes {
    path: PathBuf,
    of: HashMap<String, Outcome>,
}

impl Outcomes {
    pub fn open(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let of = text.lines().filter_map(read).collect();
        Self { path: path.to_owned(), of }
    }

    pub fn of(&self, fault: &Fault) -> Option<&Outcome> {
        self.of.get(&fault.key)
    }

    /// So that they are tested again.
    pub fn forget_missed(&mut self) {
        self.of.retain(|_, it| !matches!(it, Outcome::Missed(_)));
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        let kept =
            text.lines().filter(|it| read(it).is_none_or(|(key, _)| self.of.contains_key(&key)));
        let kept: String = kept.map(|it| format!("{it}\n")).collect();
        fs::write(&self.path, kept).expect("the outcomes can be written");
    }

    pub fn add(&mut self, fault: &Fault, outcome: Outcome) {
        let said = outcome.to_string();
        println!("{said}: {}", fault.title());
        let mut file = OpenOptions::new().append(true).create(true).open(&self.path);
        let written =
            file.as_mut().map(|it| writeln!(it, "{}\t{said}\t{}", fault.key, fault.title()));
        written.expect("the outcomes can be written").expect("the outcomes can be written");
        self.of.insert(fault.key.clone(), outcome);
    }

    /// Fails if more than 15 % of those that compile are missed: some change nothing that anybody could see.
    pub fn report(&self, switched: &[&Fault], built: &[&Fault]) -> ExitCode {
        let code = self.sums("in code", switched);
        let data = self.sums("in constants and data", built);
        let (missed, compiled) = (code.0 + data.0, code.1 + data.1);
        let rate = (compiled - missed) as f64 * 100.0 / compiled.max(1) as f64;
        println!("{missed} of {compiled} missed: {rate:.1} % are caught");
        ExitCode::from(u8::from(missed * 100 > compiled * 15))
    }

    /// How many are missed, of how many that compile.
    fn sums(&self, place: &str, faults: &[&Fault]) -> (usize, usize) {
        let count = |is: fn(&Outcome) -> bool| {
            faults.iter().filter_map(|it| self.of(it)).filter(|it| is(it)).count()
        };
        let missed = count(|it| matches!(it, Outcome::Missed(_)));
        let compiled = missed + count(|it| matches!(it, Outcome::Caught(_)));
        println!("{} faults {place}, {compiled} compile, {missed} missed", faults.len());
        (missed, compiled)
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Caught(by) => write!(out, "caught by {by}"),
            Self::Missed(note) if note.is_empty() => write!(out, "missed"),
            Self::Missed(note) => write!(out, "missed, {note}"),
            Self::DoesNotCompile => write!(out, "does not compile"),
        }
    }
}

fn read(line: &str) -> Option<(String, Outcome)> {
    let mut parts = line.split('\t');
    let (key, said) = (parts.next()?, parts.next()?);
    let outcome = match said.strip_prefix("caught by ") {
        Some(by) => Outcome::Caught(by.to_owned()),
        None if said.starts_with("missed") => Outcome::Missed(String::new()),
        None => Outcome::DoesNotCompile,
    };
    Some((key.to_owned(), outcome))
}
