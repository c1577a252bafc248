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

#[cfg(all(test, unix))]
mod tests {
    use super::open_at_once;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::process::Command;
    use std::sync::mpsc::channel;
    use std::time::Duration;
    use std::{env, fs, process, thread};

    /// What takes the place of a file after somebody has looked at it.
    #[test]
    fn opens_nothing_but_regular_files_and_waits_for_nobody() {
        let folder = env::temp_dir().join(format!("podls-open-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (file, fifo, link) = (folder.join("file"), folder.join("fifo"), folder.join("link"));
        fs::write(&file, "a").unwrap();
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        symlink(&file, &link).unwrap();
        let opens = |path: &Path| {
            let (path, (opened, answer)) = (path.to_owned(), channel());
            thread::spawn(move || opened.send(open_at_once(&path).is_ok()));
            answer.recv_timeout(Duration::from_secs(10)).expect("opening waits")
        };
        assert!(opens(&file));
        for other in [&fifo, &link, &folder, Path::new("/dev/zero")] {
            assert!(!opens(other), "{}", other.display());
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
