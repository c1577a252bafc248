//! The files at some paths. Nothing in a folder is waited for: no FIFO, no device.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder};

use crate::cli::input::Input;
use crate::folder::{SMALL, holder, read_small};

/// What was found at some paths.
#[derive(Default)]
pub(super) struct Found {
    /// Sorted by name, each once.
    pub(super) inputs: Vec<Input>,
    /// Messages about what could not be found.
    pub(super) failures: Vec<String>,
    /// How many entries with the name of a manifest are not regular files.
    pub(super) passed: usize,
}

impl Found {
    /// A named file is checked whatever its extension is; in folders only YAML and JSON files are.
    pub(super) fn at(paths: &[PathBuf]) -> Self {
        let mut found = Self::default();
        for path in paths {
            if path.as_os_str() == "-" {
                found.inputs.push(Input::stdin());
                continue;
            }
            match fs::metadata(path) {
                Ok(known) if known.is_dir() => found.walk(path),
                Ok(_) => found.inputs.push(Input::named(path.clone())),
                Err(error) => found.failures.push(format!("{}: {error}", path.display())),
            }
        }
        found.inputs.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        found.inputs.dedup_by(|a, b| a.path == b.path);
        found
    }

    /// Searches the folder `root`, without the files that `.gitignore` and the like exclude. If one of
    /// these cannot be read, that is reported, and nothing is excluded.
    fn walk(&mut self, root: &Path) {
        let whole = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let outer = holder(&whole);
        let faults: Vec<_> = whole.ancestors().filter_map(|it| has_rules(it).err()).collect();
        if !faults.is_empty() {
            self.failures.extend(faults);
            return self.walk_all(root, root, &outer);
        }
        let left = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&left);
        let mut builder = WalkBuilder::new(root);
        builder.filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|it| it.is_dir()) && entry.depth() > 0;
            let Err(fault) = (if is_folder { has_rules(entry.path()) } else { Ok(()) }) else {
                return true;
            };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push((entry.path().to_owned(), fault));
            false
        });
        self.entries(&builder, root, &outer);
        for (folder, fault) in left.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            self.failures.push(fault);
            self.walk_all(&folder, root, &outer);
        }
    }

    /// Searches `folder`, which is in `root`, and excludes only hidden files.
    fn walk_all(&mut self, folder: &Path, root: &Path, outer: &Path) {
        let mut builder = WalkBuilder::new(folder);
        builder.standard_filters(false).hidden(true);
        self.entries(&builder, root, outer);
    }

    fn entries(&mut self, builder: &WalkBuilder, root: &Path, outer: &Path) {
        for entry in builder.build() {
            match entry {
                Ok(entry) => self.entry(entry, root, outer),
                Err(error) => self.failures.push(error.to_string()),
            }
        }
    }

    fn entry(&mut self, entry: DirEntry, root: &Path, outer: &Path) {
        let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
        if is_folder || !is_manifest(entry.path()) {
            return;
        }
        match target(&entry, outer) {
            Ok(known) if known.is_file() => {
                self.inputs.push(Input::found(entry.into_path(), root));
            }
            Ok(known) if known.is_dir() => {}
            Ok(_) => self.passed += 1,
            Err(why) => self.failures.push(format!("{}: {why}", entry.path().display())),
        }
    }
}

/// The type of `entry` after following links, which must not leave `outer`.
fn target(entry: &DirEntry, outer: &Path) -> Result<Metadata, String> {
    let path = entry.path();
    let known = fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound if entry.path_is_symlink() => "a broken symbolic link".to_owned(),
        _ => error.to_string(),
    })?;
    if entry.path_is_symlink() && known.is_file() {
        let real = fs::canonicalize(path).map_err(|error| error.to_string())?;
        if !real.starts_with(outer) {
            return Err(format!("a symbolic link to a place outside of {}", outer.display()));
        }
    }
    Ok(known)
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether the ignore files of `folder` can be read without waiting; otherwise which one cannot. The
/// crate `ignore` opens whatever has their names.
fn has_rules(folder: &Path) -> Result<(), String> {
    let git = folder.join(".git");
    at_once(&folder.join(".gitignore"))?;
    at_once(&folder.join(".ignore"))?;
    at_once(&git)?;
    if !git.is_file() {
        return at_once(&git.join("info/exclude"));
    }
    // In a work tree or a submodule this file contains the path of the repository.
    let text = read_small(folder, ".git", SMALL).unwrap_or_default();
    let Some(real) = text.lines().next().and_then(|line| line.strip_prefix("gitdir: ")) else {
        return Ok(());
    };
    at_once(&Path::new(real).join("commondir"))?;
    let text = fs::read_to_string(Path::new(real).join("commondir")).unwrap_or_default();
    let common = Path::new(real).join(text.lines().next().unwrap_or_default());
    at_once(&common.join("info/exclude"))
}

fn at_once(path: &Path) -> Result<(), String> {
    let told = |what| Err(format!("{}: {what}; its ignore rules are not applied", path.display()));
    match fs::metadata(path) {
        Ok(known) if known.is_dir() => Ok(()),
        Ok(known) if !known.is_file() => told("not a regular file"),
        Ok(known) if known.len() > SMALL => told("too large"),
        _ => Ok(()),
    }
}
