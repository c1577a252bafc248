//! Replaces the text of a file in one step. If podls is killed, the file is either the old or the new
//! one.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::beside::Beside;
use crate::folder::open_at_once;

pub(super) use crate::cli::beside::clear;

/// Changes the content of the file at `path` from `before` to `after`. Its permissions, owner,
/// attributes and the links to it stay.
///
/// # Errors
///
/// If that is not possible, if the file has changed since it was read, or if `path` is a link that
/// leads out of `within`. The file does not change then.
pub(super) fn replace(
    path: &Path,
    within: Option<&Path>,
    before: &[u8],
    after: &[u8],
) -> io::Result<()> {
    // The target of a link is replaced, not the link.
    let path = &inside(path, within)?;
    let folder = path.parent().unwrap_or(path);
    let old = open_at_once(path)?;
    let known = old.metadata()?;
    if known.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
    }
    if has_other_names(&known) {
        return Err(io::Error::other("it has other hard links, which would not change"));
    }
    let mut new = Beside::create(folder, &known)
        .map_err(|it| about("cannot create a file beside it", &it))?;
    same_owner(new.file(), &known).map_err(|it| about("its owner cannot be kept", &it))?;
    same_attributes(&old, new.file()).map_err(|it| about("its attributes cannot be kept", &it))?;
    new.file().write_all(after)?;
    new.file().set_permissions(known.permissions())?;
    new.file().sync_all()?;
    if is_other(path, &known, before)? {
        return Err(io::Error::other("another program has changed it in the meantime"));
    }
    new.put_at(path)?;
    flush(folder);
    Ok(())
}

fn about(what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}

/// Where `path` really is, if that is in `within`.
fn inside(path: &Path, within: Option<&Path>) -> io::Result<PathBuf> {
    let real = fs::canonicalize(path)?;
    if let Some(within) = within
        && !real.starts_with(fs::canonicalize(within)?)
    {
        return Err(io::Error::other(format!(
            "it is a symbolic link to a place outside of {}",
            within.display()
        )));
    }
    Ok(real)
}

/// Whether the file at `path` has changed since it was read.
fn is_other(path: &Path, known: &Metadata, before: &[u8]) -> io::Result<bool> {
    let now = open_at_once(path)?.metadata()?;
    Ok(is_another(&now, known) || now.permissions() != known.permissions() || {
        now.len() != before.len() as u64 || fs::read(path)? != before
    })
}

/// Flushes the new name to the disk. If that fails, the file has changed anyway, and the system flushes
/// it later.
fn flush(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(unix)]
mod unix {
    use std::fs::{File, Metadata};
    use std::io;
    use std::os::unix::fs::{MetadataExt, fchown};

    pub(super) fn has_other_names(known: &Metadata) -> bool {
        known.nlink() > 1
    }

    pub(super) fn is_another(now: &Metadata, known: &Metadata) -> bool {
        (now.dev(), now.ino(), now.uid(), now.gid())
            != (known.dev(), known.ino(), known.uid(), known.gid())
    }

    pub(super) fn same_owner(file: &File, like: &Metadata) -> io::Result<()> {
        let own = file.metadata()?;
        match own.uid() == like.uid() && own.gid() == like.gid() {
            true => Ok(()),
            false => fchown(file, Some(like.uid()), Some(like.gid())),
        }
    }
}

#[cfg(unix)]
use unix::{has_other_names, is_another, same_owner};

/// Access control lists are attributes, too.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn same_attributes(old: &File, new: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    let mut names = Vec::with_capacity(64 << 10);
    match flistxattr(old, rustix::buffer::spare_capacity(&mut names)) {
        Err(rustix::io::Errno::NOTSUP) => return Ok(()),
        listed => listed?,
    };
    for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let (mut value, mut there) = (Vec::with_capacity(64 << 10), Vec::with_capacity(64 << 10));
        fgetxattr(old, name, rustix::buffer::spare_capacity(&mut value))?;
        let same = fgetxattr(new, name, rustix::buffer::spare_capacity(&mut there)).is_ok();
        if !same || value != there {
            fsetxattr(new, name, &value, XattrFlags::empty())?;
        }
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn same_attributes(_: &File, _: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn is_another(now: &Metadata, known: &Metadata) -> bool {
    now.modified().ok() != known.modified().ok()
}

#[cfg(not(unix))]
fn same_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A file that holds `old`, in a folder of its own.
    fn file(test: &str, name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("podls-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), "old").unwrap();
        folder.join(name)
    }

    /// Removes the folder of `path`, which must hold nothing else.
    fn remove(path: &Path) {
        let folder = path.parent().unwrap();
        let left: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|it| it.path()).collect();
        assert_eq!(left, [path]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_was_changed_meanwhile_is_left() {
        let path = file("changed", "a.yaml");
        let refused = replace(&path, None, b"older", b"new").unwrap_err();
        assert!(refused.to_string().contains("in the meantime"), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        replace(&path, None, b"old", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        remove(&path);
    }

    #[test]
    fn modes_attributes_and_long_names_stay() {
        use rustix::fs::{XattrFlags, getxattr, setxattr};
        let path = file("stays", &format!("{}.yaml", "n".repeat(250)));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let set = setxattr(&path, "user.podls", b"kept", XattrFlags::empty());
        replace(&path, None, b"old", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o640);
        if set.is_ok() {
            let mut kept = [0; 16];
            let length = getxattr(&path, "user.podls", &mut kept).unwrap();
            assert_eq!(&kept[..length], b"kept");
        }
        remove(&path);
    }

    #[test]
    fn nobody_reads_the_new_file_before_it_is_in_place() {
        let path = file("secret", "a.yaml");
        let folder = path.parent().unwrap();
        for mode in [0o600, 0o640, 0o666, 0o750] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let mut beside = Beside::create(folder, &fs::metadata(&path).unwrap()).unwrap();
            let made = beside.file().metadata().unwrap().permissions().mode() & 0o7777;
            assert_eq!(made & !mode & 0o7777, 0, "{made:o} {mode:o}");
            assert_eq!(made & 0o077, 0, "{made:o}");
            // It is held, so nobody takes it for what was left.
            clear(folder);
            assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
        }
        remove(&path);
    }
}
