//! Opens files that nobody vouches for.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens the regular file at `path` for reading. Never waits for anybody: not for the writer of a
/// FIFO that has just taken the place of the file either.
///
/// # Errors
///
/// When it is a link or no regular file, or cannot be opened.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("not a regular file")),
    }
}
