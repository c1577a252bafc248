//! What a real API server says about manifests, for the tests that compare with it.
//!
//! The cases are not part of this repository; without them those tests say so and pass.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A manifest and what is known about it.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) verdict: Value,
}

/// Every case, or each one of `sample` where there is no time for all; `None` where there are none.
pub(crate) fn cases(sample: usize) -> Option<Vec<Case>> {
    let lines = lines("truth/mutations.jsonl.gz")?;
    let step = if std::env::var_os("PODLS_THOROUGH").is_some() { 1 } else { sample };
    let case = |line: &str| {
        let mut case: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| case[name].as_str().unwrap().to_owned();
        Case { id: text("id"), text: text("yaml"), verdict: case["verdict"].take() }
    };
    Some(lines.lines().step_by(step).map(case).collect())
}

/// The lines of a packed file of the shared folder; `None`, and a word about it, where it is not.
pub(crate) fn lines(file: &str) -> Option<String> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file);
    if !packed.exists() {
        eprintln!("skipped: there is no {}", packed.display());
        return None;
    }
    let lines = Command::new("gzip").arg("-dc").arg(packed).output().unwrap().stdout;
    Some(String::from_utf8(lines).unwrap())
}
