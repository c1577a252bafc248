//! The files to check: how they are read and written.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::input::Input;
use crate::cli::jobs::Job;
use crate::cli::output::complain;
use crate::cli::replace::clear;
use crate::cli::walk::Found;
use crate::config::Settings;
use crate::folder::{Folders, Overrides};

/// The files at some paths, and the failures that are known before they are processed.
pub(super) struct Work {
    pub(super) jobs: Vec<Job>,
    /// Messages about failures.
    pub(super) failures: Vec<String>,
    /// How many entries of folders are neither files nor folders.
    pub(super) passed: usize,
}

impl Work {
    pub(super) fn of(paths: &[PathBuf], overrides: Overrides) -> Self {
        let Found { inputs, mut failures, passed } = Found::at(paths);
        let mut folders = Folders::new(Settings::default(), overrides);
        let job = |input: Input| {
            let path = input.path.as_deref().unwrap_or(Path::new("stdin"));
            Job { settings: folders.settings(path), input }
        };
        let jobs = inputs.into_iter().map(job).collect();
        failures.extend(folders.problems().into_iter().map(|mut problem| {
            let here = std::env::current_dir().unwrap_or_default();
            if let Ok(near) = problem.file.strip_prefix(here) {
                problem.file = near.to_owned();
            }
            problem.to_string()
        }));
        Self { jobs, failures, passed }
    }

    /// Prints the failures.
    pub(super) fn complain(&self) {
        self.failures.iter().for_each(|failure| complain(failure));
    }

    /// Prepares for writing: keeps one of several links to the same file, and removes the files that
    /// killed runs of podls left behind.
    pub(super) fn prepare_to_write(&mut self) {
        let mut known = HashSet::new();
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.jobs.retain(|job| job.input.path.as_deref().is_none_or(|it| known.insert(real(it))));
        let folders: HashSet<_> = known.iter().filter_map(|path| path.parent()).collect();
        folders.into_iter().for_each(clear);
    }
}
