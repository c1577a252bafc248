//! `podls rules`: the list of all rules.

use std::io;

use serde_json::json;

use crate::check::Rule;
use crate::cli::Format;
use crate::cli::output::{Outcome, print};
use crate::rules;
use crate::schema::Profile;

pub(super) fn run(format: Format) -> io::Result<Outcome> {
    let mut rules: Vec<&Rule> = rules::ALL.to_vec();
    rules.sort_by_key(|rule| rule.code);
    print(&match format {
        Format::Human => table(&rules),
        Format::Json => list(&rules),
    })?;
    Ok(Outcome::Clean)
}

fn table(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| {
        // A rule that is off by default shows that, and its profile.
        let severity = if rule.always_runs() { rule.severity.name() } else { "off" };
        let (code, profile) = (rule.code, profile(rule).unwrap_or_default());
        format!("{code:width$}  {severity:11}  {profile:11}  {}\n", summary(rule))
    };
    rules.iter().map(line).collect()
}

fn list(rules: &[&Rule]) -> String {
    let row = |rule: &&Rule| {
        let (code, severity) = (rule.code, rule.severity.name());
        let row = json!({
            "code": code, "severity": severity, "on": rule.always_runs(), "profile": profile(rule),
            "summary": summary(rule),
        });
        row.to_string()
    };
    match rules.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", rules.iter().map(row).collect::<Vec<_>>().join(",\n")),
    }
}

fn profile(rule: &Rule) -> Option<&'static str> {
    rule.profile().map(Profile::name)
}

fn summary(rule: &Rule) -> &'static str {
    rules::summary(rule.code).unwrap_or_default()
}
