//! Reads the small files that a repository holds beside its manifests.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::folder::{decode, open_at_once};

/// How many bytes settings and kustomizations may have.
pub const SMALL: u64 = 1 << 20;

/// The text of the file called `name` in `folder`, which may be several folders deep. A link is
/// followed as long as it stays inside the repository (or inside `folder`, where there is none).
///
/// # Errors
///
/// `NotFound` when there is no such file. Else what is in its place: no regular file, a link that
/// leads out, more than `most` bytes, no text.
pub fn read_small(folder: &Path, name: impl AsRef<Path>, most: u64) -> io::Result<String> {
    let named = folder.join(name);
    let is_file = fs::symlink_metadata(&named)?.is_file();
    // Most are files right here, and where those are needs no search.
    let is_here = is_file && named.parent() == Some(folder);
    let path = if is_here { named } else { inside(folder, &named)? };
    if !is_here && !fs::symlink_metadata(&path)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let file = open_at_once(&path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("larger than {} KiB", most >> 10)));
    }
    let (text, _) = decode(bytes).map_err(io::Error::other)?;
    Ok(text)
}

/// Where `named` really is, if that is in the same repository as `folder`.
fn inside(folder: &Path, named: &Path) -> io::Result<PathBuf> {
    // A link that leads nowhere is there all the same, and no reason to look elsewhere.
    let path = fs::canonicalize(named).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::other("a broken symbolic link"),
        _ => error,
    })?;
    let root = holder(&fs::canonicalize(folder)?);
    match path.starts_with(&root) {
        true => Ok(path),
        false => Err(io::Error::other(format!(
            "a symbolic link to a place outside of {}",
            root.display()
        ))),
    }
}

/// The repository that `folder` belongs to, or itself.
pub fn holder(folder: &Path) -> PathBuf {
    let is_repository = |it: &&Path| fs::symlink_metadata(it.join(".git")).is_ok();
    folder.ancestors().find(is_repository).unwrap_or(folder).to_owned()
}
