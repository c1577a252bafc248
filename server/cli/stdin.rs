//! Standard input without the argument `-`.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::cli::output::complain;

/// How long podls waits for standard input. The caller may leave it open and never write to it, as
/// some CI systems do.
const LONGEST: Duration = Duration::from_secs(2);

/// The paths to use for those on the command line. Without any: standard input if it has data,
/// otherwise the current folder.
pub(super) struct Paths {
    pub(super) paths: Vec<PathBuf>,
    /// Reports data that comes too late.
    late: Option<Receiver<bool>>,
}

/// The state of standard input, if no path is named.
enum Piped {
    /// It is a terminal, or nothing at all.
    Nothing,
    Data,
    /// It ended without any data.
    Empty,
    /// There is no data yet; this reports data that comes later.
    Late(Receiver<bool>),
}

impl Paths {
    pub(super) fn of(named: &[PathBuf]) -> Self {
        let (path, late) = match piped(named) {
            None => return Self { paths: named.to_vec(), late: None },
            Some(Piped::Data) => ("-", None),
            Some(Piped::Nothing | Piped::Empty) => (".", None),
            Some(Piped::Late(late)) => {
                let seconds = LONGEST.as_secs();
                complain(&format!(
                    "no data on standard input after {seconds} s; using the current folder (pass \
                     `-` to wait for data, or `.` not to wait)"
                ));
                (".", Some(late))
            }
        };
        Self { paths: vec![PathBuf::from(path)], late }
    }

    /// The paths of files to change. If standard input is a pipe, the files of the current folder are
    /// not changed.
    ///
    /// # Errors
    ///
    /// If no path is named and standard input is a pipe without data.
    pub(super) fn to_change(named: &[PathBuf]) -> io::Result<Self> {
        match piped(named) {
            Some(Piped::Empty | Piped::Late(_)) => Err(io::Error::other(
                "no data on standard input; pass `-` to wait for data, or `.` for the current folder",
            )),
            Some(Piped::Data) => Ok(Self { paths: vec![PathBuf::from("-")], late: None }),
            Some(Piped::Nothing) => Ok(Self { paths: vec![PathBuf::from(".")], late: None }),
            None => Ok(Self { paths: named.to_vec(), late: None }),
        }
    }

    /// Whether standard input got data too late. Reports it.
    pub(super) fn missed(&self) -> bool {
        let missed = self.late.as_ref().is_some_and(|late| late.try_recv() == Ok(true));
        if missed {
            complain(
                "data on standard input came too late and was not read; pass `-` to wait for data",
            );
        }
        missed
    }
}

/// The state of standard input; `None` if a path is named.
fn piped(named: &[PathBuf]) -> Option<Piped> {
    if !named.is_empty() {
        return None;
    }
    if !may_hold_data() {
        return Some(Piped::Nothing);
    }
    let (done, end) = channel();
    let look = move || {
        let holds_data = io::stdin().lock().fill_buf().is_ok_and(|data| !data.is_empty());
        let _ = done.send(holds_data);
    };
    let _ = thread::Builder::new().spawn(look);
    Some(match end.recv_timeout(LONGEST) {
        Ok(true) => Piped::Data,
        Err(RecvTimeoutError::Timeout) => Piped::Late(end),
        Ok(false) | Err(RecvTimeoutError::Disconnected) => Piped::Empty,
    })
}

/// Whether it is a pipe, a file or a socket. Neither a terminal nor `/dev/null` is.
#[cfg(unix)]
fn may_hold_data() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let file = io::stdin().as_fd().try_clone_to_owned().map(std::fs::File::from);
    let kind = file.and_then(|file| file.metadata()).map(|known| known.file_type());
    !io::stdin().is_terminal()
        && kind.is_ok_and(|it| it.is_fifo() || it.is_file() || it.is_socket())
}

#[cfg(not(unix))]
fn may_hold_data() -> bool {
    !io::stdin().is_terminal()
}
