//! Standard input, for those who pipe manifests without saying so.

use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::cli::output::complain;

/// How long standard input is waited for. Whoever runs podls may have left it open and never write to
/// it, as some CI systems do.
const LONGEST: Duration = Duration::from_secs(2);

/// The paths that are meant when these are named: standard input when it holds data, else the folder
/// that podls runs in.
pub(super) struct Paths {
    pub(super) paths: Vec<PathBuf>,
    /// Tells when standard input has something after all.
    late: Option<Receiver<bool>>,
}

impl Paths {
    pub(super) fn of(named: &[PathBuf]) -> Self {
        if !named.is_empty() {
            return Self { paths: named.to_vec(), late: None };
        }
        let folder = vec![PathBuf::from(".")];
        if !may_hold_data() {
            return Self { paths: folder, late: None };
        }
        let (done, end) = channel();
        let look = move || {
            let holds_data = io::stdin().lock().fill_buf().is_ok_and(|data| !data.is_empty());
            let _ = done.send(holds_data);
        };
        let _ = thread::Builder::new().spawn(look);
        match end.recv_timeout(LONGEST) {
            Ok(true) => Self { paths: vec![PathBuf::from("-")], late: None },
            Err(RecvTimeoutError::Timeout) => {
                let seconds = LONGEST.as_secs();
                complain(&format!(
                    "standard input is open, but nothing came in {seconds} s; this folder is taken \
                     (name `-` to wait, or `.` not to)"
                ));
                Self { paths: folder, late: Some(end) }
            }
            Ok(false) | Err(RecvTimeoutError::Disconnected) => Self { paths: folder, late: None },
        }
    }

    /// Whether standard input got data after all, which nobody has looked at. Says so.
    pub(super) fn missed(&self) -> bool {
        let missed = self.late.as_ref().is_some_and(|late| late.try_recv() == Ok(true));
        if missed {
            complain("standard input came too late and was not read; name `-` to wait for it");
        }
        missed
    }
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
