//! Work on many files at once. A failure in one of them does not affect the others.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use indicatif::ProgressBar;

use crate::cli::bug::caught;
use crate::cli::input::Input;
use crate::config::Settings;

/// The size of the main thread's stack, so that a file is treated alike on each thread.
const STACK: usize = 8 << 20;

/// A file, and the settings that apply to it.
pub(super) struct Job {
    pub(super) input: Input,
    pub(super) settings: Arc<Settings>,
}

/// Runs `work` on every job, on all processors; the results are in the order of the jobs, one for each.
/// A bug in podls becomes the result of the file in which it occurs.
pub(super) fn in_parallel<R: Send>(
    jobs: &[Job],
    work: impl Fn(&Job) -> Result<R, String> + Sync,
) -> Vec<Result<R, String>> {
    let one = |job: &Job| match caught(|| work(job)) {
        Ok(result) => result,
        Err(bug) => Err(format!("{}: could not be checked: {bug}", job.input.shown)),
    };
    let bar = progress(jobs.len());
    let next = AtomicUsize::new(0);
    let results: Vec<_> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((job, result)) = jobs.get(index).zip(results.get(index)) else { return };
            let done = one(job);
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
            bar.inc(1);
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    thread::scope(|scope| {
        // If a thread cannot be started, this one does the remaining work.
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        worker();
        others.into_iter().for_each(|thread| drop(thread.join()));
    });
    bar.finish_and_clear();
    let done =
        results.into_iter().map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner));
    // Does the jobs of a thread that died.
    done.zip(jobs).map(|(result, job)| result.unwrap_or_else(|| one(job))).collect()
}

/// A progress bar on standard error; none in a pipe, and none for short work.
fn progress(jobs: usize) -> ProgressBar {
    match io::stderr().is_terminal() && jobs > 100 {
        true => ProgressBar::new(jobs as u64),
        false => ProgressBar::hidden(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_its_file_only() {
        let name = |at: usize| format!("{at:02}.yaml");
        let job = |at| Job { input: Input::named(name(at).into()), settings: Arc::default() };
        let jobs: Vec<_> = (0..40).map(job).collect();
        let results = in_parallel(&jobs, |job| {
            let fails = ["07.yaml", "08.yaml", "39.yaml"].contains(&job.input.name.as_str());
            assert!(!fails, "planted");
            Ok(job.input.name.clone())
        });
        assert_eq!(results.len(), 40);
        for (at, result) in results.into_iter().enumerate() {
            match at {
                7 | 8 | 39 => assert!(result.is_err_and(|it| it.starts_with(&name(at)))),
                _ => assert_eq!(result, Ok(name(at))),
            }
        }
    }
}
