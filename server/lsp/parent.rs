//! Notices that the editor is gone although its end of the pipe is still open, which happens when a
//! process that it started has inherited the pipe.

use std::fs;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::lsp::inbox::Ending;

const INTERVAL: Duration = Duration::from_secs(3);

/// Tells when the process `pid` ends. When there is no such process now (the server runs in a
/// container, say) or the system has no `/proc`, nothing is watched.
pub(super) fn watch(pid: u32, endings: UnboundedSender<Ending>) {
    let Some(started) = start_time(pid) else { return };
    tokio::spawn(async move {
        while start_time(pid).as_ref() == Some(&started) {
            tokio::time::sleep(INTERVAL).await;
        }
        // When nobody listens any more the server is ending already.
        let _ = endings.send(Ending::EditorGone);
    });
}

/// When the process started, which tells it from a later one with the same number. `None` when it
/// does not run.
fn start_time(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in parentheses and can hold anything.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    let state = fields.next()?;
    // After the state come fields 4 to 21; the start time is the 22nd.
    let started = fields.nth(18)?;
    (!matches!(state, "Z" | "X")).then(|| started.to_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_is_known_by_its_start() {
        let own = super::start_time(std::process::id()).unwrap();
        assert!(own.parse::<u64>().unwrap() > 0);
        assert_eq!(super::start_time(u32::MAX), None);
    }
}
