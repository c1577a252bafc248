//! Puts a text in the place of a file in one step, so that neither a full disk nor a lost connection
//! leaves half of it.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Makes `text` the content of the file at `path`, which stays what it is otherwise: its permissions,
/// its owner, the links that lead to it.
///
/// # Errors
///
/// When the file is read-only or cannot be written; it is as it was then.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to is meant, not the link.
    let path = fs::canonicalize(path)?;
    let known = fs::metadata(&path)?;
    if known.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    if !known.is_file() || has_other_names(&known) {
        return fs::write(&path, text);
    }
    let beside = beside(&path);
    let written = write_new(&beside, text, &known).and_then(|()| fs::rename(&beside, &path));
    match written {
        Ok(()) => Ok(()),
        Err(error) => {
            // It was never there when it could not be made.
            let _ = fs::remove_file(&beside);
            // Nobody may make files in some folders, or give them to their owner.
            match error.kind() {
                ErrorKind::PermissionDenied => fs::write(&path, text),
                _ => Err(error),
            }
        }
    }
}

/// A file in the same folder: only there a rename is one step.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.podls-{}", std::process::id()))
}

fn write_new(path: &Path, text: &str, like: &Metadata) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    same_owner(&file, like)?;
    file.set_permissions(like.permissions())?;
    file.sync_all()
}

#[cfg(unix)]
fn has_other_names(known: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(known) > 1
}

#[cfg(unix)]
fn same_owner(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    match own.uid() == like.uid() && own.gid() == like.gid() {
        true => Ok(()),
        false => fchown(file, Some(like.uid()), Some(like.gid())),
    }
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn same_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
