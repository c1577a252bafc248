//! A copy of the files that git tracks, in which faults are planted and tests run.
//!
//! It has no `../shared` and nothing else that is not in the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The module that faults are switched on with, which only the copy has.
pub const SWITCH: &str = "server/mutant.rs";

pub struct Tree {
    /// `target/mutants` of the repository.
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    pub fn copy(root: &Path) -> Self {
        let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output();
        let listed = String::from_utf8(listed.expect("git lists its files").stdout).expect("UTF-8");
        let names = listed.split_terminator('\0').map(str::to_owned);
        // A file that is deleted but still tracked is left out.
        let files = names.filter_map(|name| Some((name.clone(), fs::read(root.join(name)).ok()?)));
        let tree = Self { folder: root.join("target/mutants"), files: files.collect() };
        tree.remove_others(&tree.path());
        tree.restore();
        tree
    }

    pub fn path(&self) -> PathBuf {
        self.folder.join("tree")
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |bytes| std::str::from_utf8(bytes).ok();
        self.files.iter().filter_map(move |(name, bytes)| Some((name.as_str(), text(bytes)?)))
    }

    pub fn text(&self, name: &str) -> &str {
        self.files.get(name).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or_default()
    }

    /// Tests write lists. Files that are as they were keep their time, so that cargo builds no more than
    /// it must.
    pub fn restore(&self) {
        let _ = fs::remove_file(self.path().join(SWITCH));
        self.files.iter().for_each(|(name, bytes)| self.write(name, bytes));
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(&path, bytes).expect("the copy can be written");
        make_executable(&path, bytes);
    }

    /// Removes what an earlier copy had.
    fn remove_others(&self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(self.path()).expect("inside").to_string_lossy();
            if entry.file_type().is_ok_and(|it| it.is_dir()) {
                self.remove_others(&path);
            } else if !self.files.contains_key(name.as_ref()) {
                fs::remove_file(&path).expect("the copy can be written");
            }
        }
    }
}

/// Scripts are run by their `#!`.
fn make_executable(path: &Path, bytes: &[u8]) {
    #[cfg(unix)]
    if bytes.starts_with(b"#!") {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }
}
