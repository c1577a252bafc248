//! The properties that `fuzz/` runs for hours, for a moment: on the texts that broke something once, and
//! on some that nobody has seen.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use proptest::prelude::Rng;
use proptest::test_runner::TestRunner;

use crate::corpus::is_thorough;
use crate::fuzz::{ALL, Property};

/// How many new inputs each property gets.
fn count() -> usize {
    if is_thorough() { 20_000 } else { 60 }
}

/// The files of `fuzz/corpus/FOLDER`; a target that never found anything has none.
fn kept(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(folder);
    let files = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_broke_once_holds() {
    let texts = kept("texts");
    assert!(texts.len() > 100, "only {} texts", texts.len());
    for (index, (name, check)) in ALL.iter().enumerate() {
        let some = texts.iter().skip(index).step_by(if is_thorough() { 1 } else { 20 });
        for path in kept(name).iter().chain(some) {
            let data = fs::read(path).unwrap();
            assert!(catch_unwind(|| check(&data)).is_ok(), "{name} of {}", path.display());
        }
    }
}

/// Texts of every kind: a random length of bytes that make it, and of choices of what to do with it.
fn hold((name, check): &Property) {
    let mut runner = TestRunner::deterministic();
    let rng = runner.rng();
    for number in 0..count() {
        let (length, choices) = (rng.next_u32() as usize % 160, 8 + rng.next_u32() as usize % 32);
        let mut data = vec![0; length + 1 + choices];
        rng.fill_bytes(&mut data);
        data.iter_mut().for_each(|byte| *byte = (*byte).max(1));
        data[length] = 0;
        // A stack that overflows ends all tests, so the input is written down before it is tried.
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("property-{name}"));
        fs::write(&path, &data).unwrap();
        let held = catch_unwind(|| check(&data)).is_ok();
        assert!(held, "input {number} of {name} is {}", path.display());
    }
}

macro_rules! properties {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            hold(ALL.iter().find(|it| it.0 == stringify!($name)).unwrap());
        })*

        #[test]
        fn all_are_run() {
            assert_eq!([$(stringify!($name)),*].as_slice(), ALL.iter().map(|it| it.0).collect::<Vec<_>>());
        }
    };
}

properties! { actions completion edits messages output parsers questions settings templates }
