//! The settings of a file: what its `podls.yaml` sets and what its place tells.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{
    FILE_NAME, Fault, Kustomization, Level, Settings, gets_selectors, is_fragment,
};
use crate::folder::neighbours::kustomization;
use crate::folder::{SMALL, namespaces_beside, read_small};
use crate::ide::{Keys, is_template};
use crate::rules;
use crate::schema::{PodSecurity, Profiles, Version};

/// The rules about labels that a kustomization adds to the selectors and templates of its resources.
const SELECTORS: [&str; 2] = ["missing-selector", "selector-mismatch"];

/// What in a `podls.yaml` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsProblem {
    pub file: PathBuf,
    /// Line and column, both from 1 on; none when the file cannot be read.
    pub place: Option<(usize, usize)>,
    pub message: String,
}

impl fmt::Display for SettingsProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Settings of the command line.
#[derive(Clone, Copy, Default)]
pub struct Overrides {
    pub version: Option<Version>,
    /// In addition to those of files.
    pub profiles: Profiles,
    pub pod_security: Option<PodSecurity>,
}

/// What is known of folders, each of which is looked at once.
#[derive(Default)]
pub struct Folders {
    /// What holds where no `podls.yaml` says otherwise.
    base: Settings,
    overrides: Overrides,
    settings: HashMap<PathBuf, Arc<Settings>>,
    kustomizations: HashMap<PathBuf, Arc<Kustomization>>,
    problems: Vec<SettingsProblem>,
}

impl Folders {
    /// With `base` below the settings of the files, and `overrides` over them.
    pub fn new(base: Settings, overrides: Overrides) -> Self {
        Self { base, overrides, ..Self::default() }
    }

    /// The settings for the file at `path`, from the nearest `podls.yaml` above it.
    pub fn settings(&mut self, path: &Path) -> Arc<Settings> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let settings = self.of_folder(&path);
        let template = is_template(&path);
        let fragment = !template && is_fragment(&path, |folder| self.kustomization(folder));
        let selects = !fragment && gets_selectors(&path, |folder| self.kustomization(folder));
        if !template && !fragment && !selects {
            return settings;
        }
        let mut settings = Settings { template, fragment, ..(*settings).clone() };
        for code in SELECTORS.into_iter().filter(|_| selects) {
            settings.rules.entry(code.to_owned()).or_insert(Level::Off);
        }
        Arc::new(settings)
    }

    /// What could not be used of the files that were read.
    pub fn problems(&mut self) -> Vec<SettingsProblem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
        problems.dedup();
        problems
    }

    fn of_folder(&mut self, path: &Path) -> Arc<Settings> {
        let folder = path.parent().unwrap_or(path);
        if let Some(known) = self.settings.get(folder) {
            return Arc::clone(known);
        }
        let mut settings = self.base.clone();
        self.apply_nearest(folder, &mut settings);
        let Overrides { version, profiles, pod_security } = self.overrides;
        settings.kubernetes_version = version.unwrap_or(settings.kubernetes_version);
        settings.profiles = settings.profiles.or(profiles);
        settings.pod_security = pod_security.unwrap_or(settings.pod_security);
        settings.namespaces = namespaces_beside(path);
        let settings = Arc::new(settings);
        self.settings.insert(folder.to_owned(), Arc::clone(&settings));
        settings
    }

    fn apply_nearest(&mut self, folder: &Path, settings: &mut Settings) {
        for folder in folder.ancestors() {
            let file = folder.join(FILE_NAME);
            match read_small(folder, FILE_NAME, SMALL) {
                Ok(text) => {
                    let faults = settings.apply_yaml(&text, &rules::codes());
                    self.problems.extend(placed(&file, &text, faults));
                }
                Err(_) if is_absent(&file) => continue,
                Err(error) => {
                    let message = format!("the settings cannot be read: {error}");
                    self.problems.push(SettingsProblem { file, place: None, message });
                }
            }
            return;
        }
    }

    /// What the kustomization of `folder` names; nothing when it cannot be read.
    fn kustomization(&mut self, folder: &Path) -> Arc<Kustomization> {
        if let Some(known) = self.kustomizations.get(folder) {
            return Arc::clone(known);
        }
        let found = Arc::new(kustomization(folder));
        self.kustomizations.insert(folder.to_owned(), Arc::clone(&found));
        found
    }
}

/// Whether there is no file at `path` that anybody could see. One that is there and cannot be read is no
/// reason to look elsewhere.
fn is_absent(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_err()
}

fn placed(file: &Path, text: &str, faults: Vec<Fault>) -> Vec<SettingsProblem> {
    if faults.is_empty() {
        return Vec::new();
    }
    let keys = Keys::new(text);
    let place = |it: &Fault| it.place.or_else(|| keys.place(&it.keys, it.in_value));
    let problem = |it: Fault| SettingsProblem {
        file: file.to_owned(),
        place: place(&it).or(Some((1, 1))),
        message: it.message,
    };
    faults.into_iter().map(problem).collect()
}
