//! The document is not YAML.
//!
//! kubectl refuses the complete file. podls still checks the valid parts of it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata
//!   name: web
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! ```
//!
//! ## Fix
//!
//! Replaces no-break spaces with spaces, removes zero-width characters, adds a space after a colon,
//! or quotes a value that starts with `*`. All are suggestions, since the rest of the document was
//! not read as YAML. Other faults have no fix.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::syntax::faults::{self, is_odd_space};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "yaml-syntax",
    severity: Severity::Error,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    fixes: Fixes::Suggested,
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    for error in &parse.errors {
        let diagnostic = out.report_span(error.span, error.message.clone());
        let text = parse.tree.slice(error.span);
        if let Some((title, fixed)) = repaired(&error.message, text) {
            diagnostic.suggest(title, || [Edit::replace(error.span, fixed)]);
        }
    }
}

/// The title of the fix and the corrected text, if it is clear.
fn repaired(fault: &str, text: &str) -> Option<(&'static str, String)> {
    match fault {
        faults::ODD_SPACE => {
            let spaces = text.replace(['\u{200b}', '\u{feff}'], "");
            Some(("Replace with spaces", spaces.replace(is_odd_space, " ")))
        }
        faults::COLON_GLUED => Some(("Add a space", text.replacen(':', ": ", 1))),
        faults::STAR if !text.contains('"') => Some(("Quote the value", format!("\"{text}\""))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn faults_are_named_and_repaired() {
        check_rule(
            &RULE,
            "
kind: CronJob
schedule: * * * * *
          ^^^^^^^^^ a value that starts with `*` must be quoted
name:a
^^^^^^ missing space after `:`
b: c
",
        );
        check_fix(&RULE, "a: * * * * *\nb: c\n", "a: \"* * * * *\"\nb: c\n");
        check_fix(&RULE, "a: *.b.c\nb: c\n", "a: \"*.b.c\"\nb: c\n");
        check_rule(&RULE, "a: *b\n   ^^ undefined anchor\n");
        check_rule(&RULE, "a: |b\n   ^^ invalid header of a block scalar\n");
        check_fix(&RULE, "a: b\nname:c\n", "a: b\nname: c\n");
        check_fix(&RULE, "a:\n- b: c\n- d:\u{a0}e\n  f: g\n", "a:\n- b: c\n- d: e\n  f: g\n");
    }
}
