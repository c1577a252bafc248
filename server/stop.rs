//! Stops work that nobody waits for any more.
//!
//! Work runs `until` somebody asks it to stop, and looks for that at its `point`s: parsing does so at
//! every event and line, rules at every object. A stop unwinds the work like a panic, but without a
//! message; what is half done is dropped. Called by `lsp`, and by all that takes long; it knows nothing else.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// What stops the work on this thread.
    static STOP: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

/// Asks work to stop. Its clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Makes the work that runs until this stop at its next point.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What unwinds.
struct Stopped;

/// What `work` gives; `None` when `stop` was asked before it was done.
pub fn until<T>(stop: &Stop, work: impl FnOnce() -> T) -> Option<T> {
    let before = STOP.replace(Some(stop.clone()));
    let done = catch_unwind(AssertUnwindSafe(|| {
        point();
        work()
    }));
    STOP.set(before);
    match done {
        Ok(done) => Some(done),
        Err(panic) if is_stop(&*panic) => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// Where work can stop.
pub fn point() {
    if STOP.with_borrow(|stop| stop.as_ref().is_some_and(Stop::is_asked)) {
        resume_unwind(Box::new(Stopped));
    }
}

/// Whether `panic` is what unwinds work that was asked to stop.
pub fn is_stop(panic: &(dyn Any + Send)) -> bool {
    panic.is::<Stopped>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_ends_at_the_next_point() {
        let stop = Stop::default();
        assert_eq!(until(&stop, || 1), Some(1));
        let work = || {
            stop.ask();
            point();
        };
        assert_eq!(until(&stop, work), None);
        point();
    }

    #[test]
    fn other_panics_go_on() {
        let stop = Stop::default();
        let panic =
            catch_unwind(|| until(&stop, || resume_unwind(Box::new(7)))).map(|_: Option<()>| ());
        assert_eq!(panic.unwrap_err().downcast_ref::<i32>(), Some(&7));
        point();
    }
}
