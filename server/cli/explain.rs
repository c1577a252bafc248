//! `podls explain`: the manual of one rule.

use std::io;

use crate::cli::output::{Outcome, complain, print};
use crate::rules;
use crate::text::nearest;

pub(super) fn run(code: &str) -> io::Result<Outcome> {
    if let Some(manual) = rules::explain(code) {
        print(&format!("{}\n", manual.trim_end()))?;
        return Ok(Outcome::Clean);
    }
    complain(&match nearest(code, rules::codes()) {
        Some(meant) => format!("there is no rule `{code}`; did you mean `{meant}`?"),
        None => format!("there is no rule `{code}`; `podls rules` lists them"),
    });
    Ok(Outcome::Failed)
}
