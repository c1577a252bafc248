//! The log on standard error. A thread of its own writes it, so that a pipe that nobody reads stops
//! nothing; lines for which there is no room are dropped and counted.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{panic, thread};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How many lines may wait.
const LINES: usize = 1000;

/// How long a line may be. The rest of a longer one is dropped.
const LONGEST: usize = 4096;

/// Warnings and worse, or what `PODLS_LOG` asks for (`debug`, `podls=trace`). Standard output belongs
/// to the protocol. Panics become lines too.
pub(super) fn to_stderr() -> Log {
    let log = Log::new(io::stderr);
    let lines = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false);
    match std::env::var("PODLS_LOG") {
        Ok(filter) => lines.with_env_filter(EnvFilter::new(filter)).init(),
        Err(_) => lines.with_max_level(LevelFilter::WARN).init(),
    }
    panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("?");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!("panic at {place}: {}", text.replace('\n', " "));
    }));
    log
}

/// Takes lines, which a thread writes.
#[derive(Clone)]
pub(super) struct Log {
    lines: Arc<OnceLock<SyncSender<Line>>>,
    /// Opens what is written to.
    open: fn() -> io::Stderr,
    dropped: Arc<AtomicUsize>,
}

enum Line {
    Text(Vec<u8>),
    /// Tells that all lines before it are written.
    Written(SyncSender<()>),
}

impl Log {
    fn new(open: fn() -> io::Stderr) -> Self {
        Self { lines: Arc::default(), open, dropped: Arc::default() }
    }

    /// The thread starts with the first line: most sessions have none.
    fn lines(&self) -> &SyncSender<Line> {
        self.lines.get_or_init(|| {
            let (lines, waiting) = sync_channel(LINES);
            let (open, dropped) = (self.open, Arc::clone(&self.dropped));
            thread::spawn(move || write(&waiting, &mut open(), &dropped));
            lines
        })
    }

    /// Waits until what was logged is written, but not longer than `patience`.
    pub(super) fn finish(&self, patience: Duration) {
        let Some(lines) = self.lines.get() else { return };
        let (written, all_written) = sync_channel(1);
        if lines.try_send(Line::Written(written)).is_ok() {
            let _ = all_written.recv_timeout(patience);
        }
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Write for Log {
    /// Takes a whole line, as tracing-subscriber gives it. Never fails and never waits.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut kept = line[..line.len().min(LONGEST)].to_vec();
        if line.len() > LONGEST {
            kept.extend_from_slice("…\n".as_bytes());
        }
        if self.lines().try_send(Line::Text(kept)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes lines until nobody can log any more. Where nobody reads them, they are lost.
fn write(lines: &Receiver<Line>, output: &mut impl Write, dropped: &AtomicUsize) {
    for line in lines {
        match line {
            Line::Text(text) => {
                let _ = output.write_all(&text);
                let lost = dropped.swap(0, Ordering::Relaxed);
                if lost > 0 {
                    let _ = writeln!(output, "podls: {lost} lines of the log were dropped");
                }
            }
            Line::Written(tell) => {
                let _ = tell.send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_room_are_dropped_and_counted() {
        let (lines, waiting) = sync_channel(LINES);
        let log = Log::new(io::stderr);
        log.lines.set(lines).unwrap();
        for number in 0..LINES + 7 {
            log.clone().write_all(format!("line {number}\n").as_bytes()).unwrap();
        }
        let (mut output, dropped) = (Vec::new(), Arc::clone(&log.dropped));
        drop(log);
        write(&waiting, &mut output, &dropped);
        let text = String::from_utf8(output).unwrap();
        assert_eq!(text.lines().count(), LINES + 1);
        assert_eq!(text.lines().nth(1), Some("podls: 7 lines of the log were dropped"));
    }

    #[test]
    fn nobody_has_to_read() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (lines, waiting) = sync_channel(2);
        let (written, all_written) = sync_channel(1);
        lines.send(Line::Text(b"a\n".to_vec())).unwrap();
        lines.send(Line::Written(written)).unwrap();
        drop(lines);
        write(&waiting, &mut Closed, &AtomicUsize::new(0));
        all_written.recv().unwrap();
    }
}
