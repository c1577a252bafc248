//! The new file in the folder of the old one, which it replaces: only within one folder this is one step.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The start and the end of the names of these files. The number of the process is between them.
const BEGIN: &str = ".podls-";
const END: &str = ".new";

/// A file that is removed with this value, unless it replaced another one.
pub(super) struct Beside {
    path: PathBuf,
    file: File,
}

impl Beside {
    /// An empty file in `folder`, which has no more readers than the file `like`.
    pub(super) fn create(folder: &Path, like: &Metadata) -> io::Result<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{BEGIN}{}-{number}{END}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
            // Until it has the owner and the group of the other file, only its own owner can read it.
            options.mode(like.permissions().mode() & 0o700);
        }
        #[cfg(not(unix))]
        let _ = like;
        let file = options.open(&path)?;
        let beside = Self { path, file };
        // It is locked while this process runs, so that others can detect files that were left.
        hold(&beside.file);
        Ok(beside)
    }

    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Replaces the file at `path`.
    pub(super) fn put_at(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the files of this kind that a killed run of podls left in `folder`: those that no
/// process has locked.
pub(super) fn clear(folder: &Path) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_ours) && is_left(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_ours(name: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let inner = name.strip_prefix(BEGIN).and_then(|name| name.strip_suffix(END));
    inner.and_then(|it| it.split_once('-')).is_some_and(|(a, b)| number(a) && number(b))
}

#[cfg(unix)]
fn hold(file: &File) {
    use rustix::fs::{FlockOperation, flock};
    let _ = flock(file, FlockOperation::NonBlockingLockExclusive);
}

#[cfg(unix)]
fn is_left(path: &Path) -> bool {
    use rustix::fs::{FlockOperation, flock};
    let file = crate::folder::open_at_once(path);
    file.is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok())
}

#[cfg(not(unix))]
fn hold(_: &File) {}

/// On this system it is unknown whether the process still runs.
#[cfg(not(unix))]
fn is_left(_: &Path) -> bool {
    false
}
