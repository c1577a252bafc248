//! Tells whether a planted fault is switched on: `PODLS_MUTANT` has its number.
//!
//! With `PODLS_REACHED`, the name of a file, each test writes there which faults it reached: the name of
//! a test is that of its thread.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::LazyLock;
use std::{env, thread};

static ACTIVE: LazyLock<u32> = LazyLock::new(|| {
    env::var("PODLS_MUTANT").ok().and_then(|it| it.parse().ok()).unwrap_or_default()
});

static REACHED: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = env::var_os("PODLS_REACHED")?;
    OpenOptions::new().append(true).create(true).open(path).ok()
});

thread_local! {
    static SEEN: RefCell<HashSet<u32>> = RefCell::default();
}

pub(crate) fn on(fault: u32) -> bool {
    if let Some(file) = &*REACHED {
        note(file, fault);
    }
    *ACTIVE == fault
}

fn note(mut file: &File, fault: u32) {
    let new = SEEN.try_with(|it| it.borrow_mut().insert(fault));
    if new.unwrap_or_default() {
        let line = format!("{fault} {}\n", thread::current().name().unwrap_or("-"));
        let _ = file.write_all(line.as_bytes());
    }
}
