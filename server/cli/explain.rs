//! `podls explain`: the manual of one rule, or the page about a pattern.

use std::io;

use crate::cli::output::{Outcome, complain, print};
use crate::config::current_code;
use crate::text::nearest;
use crate::{ide, rules};

pub(super) fn run(name: &str) -> io::Result<Outcome> {
    let code = current_code(name);
    let rule = rules::ALL.iter().find(|rule| rule.code == code);
    if let Some(manual) = rules::explain(code).or_else(|| ide::page(name)) {
        let facts = rule.map(|rule| format!("\n\n{}", rules::facts(rule).trim_end()));
        print(&format!("{}{}\n", manual.trim_end(), facts.unwrap_or_default()))?;
        return Ok(Outcome::Clean);
    }
    complain(&match nearest(name, rules::codes().into_iter().chain(ide::page_names())) {
        Some(meant) => format!("unknown rule `{name}`; did you mean `{meant}`?"),
        None => {
            let pages: Vec<_> = ide::page_names().collect();
            let pages = pages.join(", ");
            format!(
                "unknown rule `{name}`: run `podls rules` for a list, or name a pattern: {pages}"
            )
        }
    });
    Ok(Outcome::Failed)
}
