//! Which files to check, and under which settings.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::cli::output::complain;
use crate::cli::replace::replace;
use crate::config::Settings;
use crate::folder::Folders;
use crate::schema::{Profile, Profiles, Version};

/// A file to check; without a path it is standard input.
pub(super) struct Input {
    pub(super) name: String,
    path: Option<PathBuf>,
}

impl Input {
    /// Its text, or a sentence about why there is none.
    pub(super) fn read(&self) -> Result<String, String> {
        let bytes = match &self.path {
            Some(path) => fs::read(path),
            None => stdin(),
        };
        let bytes = bytes.map_err(|error| format!("{}: {error}", self.name))?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("{}: not UTF-8 text (byte {at})", self.name)
        })
    }

    /// Whether it is standard input, which cannot be written back.
    pub(super) fn is_stdin(&self) -> bool {
        self.path.is_none()
    }

    /// Puts `text` in its place, or gives a sentence about why it could not.
    pub(super) fn write(&self, text: &str) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        replace(path, text).map_err(|error| format!("{}: {error}", self.name))
    }
}

fn stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that `paths` stand for, sorted by name and each once, and what could not be found.
/// A file that is named is checked whatever it is called; in folders YAML and JSON files are.
pub(super) fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<String>) {
    let (mut inputs, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input { name: "<stdin>".to_owned(), path: None });
            continue;
        }
        if let Err(error) = fs::metadata(path) {
            failures.push(format!("{}: {error}", path.display()));
            continue;
        }
        for entry in WalkBuilder::new(path).build() {
            match entry {
                Ok(entry) if entry.path().is_dir() => {}
                Ok(entry) if entry.depth() > 0 && !is_manifest(entry.path()) => {}
                Ok(entry) => inputs.push(input(entry.into_path())),
                Err(error) => failures.push(error.to_string()),
            }
        }
    }
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    inputs.dedup_by(|a, b| a.name == b.name);
    (inputs, failures)
}

fn input(path: PathBuf) -> Input {
    let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    Input { name, path: Some(path) }
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The settings of each folder, read once.
pub(super) struct FolderSettings(Folders);

impl FolderSettings {
    /// With a version from the command line, which goes over those of the files, and profiles, which
    /// are added to theirs.
    pub(super) fn new(version: Option<Version>, profiles: &[Profile]) -> Self {
        let profiles = profiles.iter().copied().fold(Profiles::default(), Profiles::with);
        Self(Folders::new(Settings::default(), version, profiles))
    }

    /// The settings for `input`, from the nearest `podls.yaml` above it.
    pub(super) fn of(&mut self, input: &Input) -> Arc<Settings> {
        let settings = self.0.settings(input.path.as_deref().unwrap_or(Path::new("stdin")));
        for problem in self.0.problems() {
            complain(&problem.to_string());
        }
        settings
    }
}
