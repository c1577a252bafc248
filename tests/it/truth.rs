//! What a real API server says about manifests, for the tests that compare with it.
//!
//! `tests/truth` holds 4,679 mutations of 40 manifests, with the verdict of Kubernetes 1.37. More cases,
//! made of manifests of others, are not part of this repository; without them those tests say so and pass.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// A manifest and what is known about it.
pub(crate) struct Case {
    pub(crate) id: String,
    /// The file it was made from.
    pub(crate) base: String,
    pub(crate) text: String,
    pub(crate) verdict: Value,
}

/// Every case, or each one of `sample` where there is no time for all.
pub(crate) fn cases(sample: usize) -> Vec<Case> {
    let lines = own_lines();
    let step = if std::env::var_os("PODLS_THOROUGH").is_some() { 1 } else { sample };
    lines.lines().step_by(step).map(case).collect()
}

/// The lines of all cases.
pub(crate) fn own_lines() -> String {
    unpacked(&folder().join("mutations-1.37.jsonl.gz"))
}

fn case(line: &str) -> Case {
    let mut case: Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| case[name].as_str().unwrap().to_owned();
    let (id, base, yaml) = (text("id"), text("base"), text("yaml"));
    Case { id, base, text: yaml, verdict: case["verdict"].take() }
}

/// Where the cases, the manifests they were made from and the expectations are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth")
}

/// The lines of a packed file of the shared folder; `None`, and a word about it, where it is not.
pub(crate) fn lines(file: &str) -> Option<String> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file);
    if !packed.exists() {
        eprintln!("skipped: there is no {}", packed.display());
        return None;
    }
    Some(unpacked(&packed))
}

fn unpacked(packed: &Path) -> String {
    let mut lines = String::new();
    let file = std::fs::File::open(packed).unwrap();
    MultiGzDecoder::new(file).read_to_string(&mut lines).unwrap();
    lines
}
