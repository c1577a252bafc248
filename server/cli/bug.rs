//! Bugs in podls: each ends only the work in progress, and is reported in one line.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

use crate::cli::output::complain;

thread_local! {
    /// Whether panics of this thread are caught, and the last one.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Reports panics in one line from now on, unless they happen inside of `caught`.
pub(super) fn tell_in_one_line() {
    set_hook(Box::new(|info| {
        let told = sentence(info);
        match IS_CAUGHT.get() {
            true => CAUGHT.set(Some(told)),
            false => complain(&told),
        }
    }));
}

fn sentence(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let message = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let message = message.lines().next().unwrap_or_default();
    format!("a bug in podls ({place}: {message})")
}

/// The result of `work`, or a phrase about the bug that ended it.
pub(super) fn caught<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    let before = IS_CAUGHT.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    done.map_err(|_| CAUGHT.take().unwrap_or_else(|| "a bug in podls".to_owned()))
}
