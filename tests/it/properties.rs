//! The properties that `fuzz/` runs for hours, for a moment: on the texts that broke something once, on
//! changes of these, and on some that nobody has seen.
//!
//! `PODLS_INPUTS=300000 cargo test --release --test it -- properties::parsers` tries as many, which finds in
//! a minute what libFuzzer finds in an hour, and `PODLS_SEED=2` besides tries other ones.

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::{env, fs};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::corpus::is_thorough;
use crate::fuzz::{ALL, Property};

/// How many new inputs of each kind a property gets.
fn count() -> usize {
    let asked = env::var("PODLS_INPUTS").ok().and_then(|it| it.parse().ok());
    asked.unwrap_or(if is_thorough() { 20_000 } else { 60 })
}

/// The same inputs each time, unless somebody asks for others.
fn seed() -> [u8; 32] {
    let asked = env::var("PODLS_SEED").ok().and_then(|it| it.parse().ok());
    [asked.unwrap_or(0); 32]
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

fn hold(property: &Property) {
    let rng = &mut TestRng::from_seed(RngAlgorithm::ChaCha, &seed());
    let mut known: Vec<_> =
        kept("texts").iter().chain(&kept(property.0)).map(|it| fs::read(it).unwrap()).collect();
    if let Some(folder) = env::var_os("PODLS_KEPT") {
        let more = fs::read_dir(Path::new(&folder).join(property.0)).unwrap();
        known.extend(more.map(|file| fs::read(file.unwrap().path()).unwrap()));
    }
    for number in 0..count() {
        try_one(property, &random(rng), number);
        try_one(property, &changed(&known, rng), number);
    }
}

fn try_one((name, check): &Property, data: &[u8], number: usize) {
    // A stack that overflows ends all tests, so the input is written down before it is tried.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("property-{name}"));
    fs::write(&path, data).unwrap();
    let held = catch_unwind(|| check(data)).is_ok();
    assert!(held, "input {number} of {name} is {}", path.display());
}

/// A random length of bytes that make a text of any kind, and of choices of what to do with it.
fn random(rng: &mut impl Rng) -> Vec<u8> {
    let (length, choices) = (rng.next_u32() as usize % 160, 8 + rng.next_u32() as usize % 32);
    let mut data = vec![0; length + 1 + choices];
    rng.fill_bytes(&mut data);
    data.iter_mut().for_each(|byte| *byte = (*byte).max(1));
    data[length] = 0;
    data
}

/// One of the `known` texts with a few things put in, taken out, repeated or cut off.
fn changed(known: &[Vec<u8>], rng: &mut impl Rng) -> Vec<u8> {
    const SIGNS: &[u8] = b"\n :-?&*!#{}[],'\"|>%@\t\0a1~<=";
    const WORDS: [&[u8]; 12] = [
        b"? ", b": ", b"- ", b"&a ", b"*a", b"!!str ", b"{{ x }}", b"...\n", b"---\n", b"  ",
        b"<<: ", b"\r\n",
    ];
    let mut below = |end: usize| rng.next_u32() as usize % end.max(1);
    let mut data = known[below(known.len())].clone();
    for _ in 0..=below(5) {
        let at = below(data.len() + 1);
        let piece = at..(at + below(40)).min(data.len());
        match below(6) {
            0 => data.insert(at, SIGNS[below(SIGNS.len())]),
            1 => drop(data.splice(at..at, WORDS[below(WORDS.len())].to_vec())),
            2 => drop(data.drain(piece)),
            3 => drop(data.splice(at..at, data[piece].to_vec())),
            4 => {
                let other = &known[below(known.len())];
                let from = below(other.len() + 1);
                let piece = from..(from + below(40)).min(other.len());
                data.splice(at..at, other[piece].to_vec());
            }
            _ => data.truncate(at.max(1)),
        }
    }
    data.truncate(4096);
    data
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
