//! An `allow` comment that allows no finding.
//!
//! Such a comment would hide a later finding of its code, which may be a different fault. A code
//! that does not exist allows nothing. Codes of rules that are off are not reported.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web # podls: allow unknown-feild
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     colour: red # podls: allow unknown-field
//! ```
//!
//! ## Fix
//!
//! Removes the code, or the comment if it has no other code, or corrects a misspelt code.

use crate::check::{
    Allow, Check, Checker, Directives, Finding, Fix, Fixes, Rule, Selection, Severity, Tag,
};
use crate::rules::codes;
use crate::text::{Edit, nearest};

pub(crate) static RULE: Rule = Rule {
    code: "unused-allow",
    severity: Severity::Information,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

/// For how many codes of a document the nearest one is looked for.
const MOST_GUESSES: usize = 50;

/// Codes that no finding can use. Unused ones are known once all rules have run.
fn check(out: &mut Checker<'_>) {
    // Most documents have no such comment; those with one are few.
    if out.parse.tree.comments().is_empty() {
        return;
    }
    let directives = Directives::of(out.parse);
    let unknown = directives.all().filter(|allow| !is_known(&allow.code));
    for (index, allow) in unknown.enumerate() {
        let diagnostic = out.report_span(allow.at, format!("unknown rule `{}`", allow.code));
        let meant = if index < MOST_GUESSES { nearest(&allow.code, codes()) } else { None };
        if let Some(meant) = meant {
            diagnostic.fix(format!("Change to `{meant}`"), || [Edit::replace(allow.at, meant)]);
        } else {
            diagnostic.fix(TITLE, || vec![allow.removal.clone()]);
        }
    }
}

const TITLE: &str = "Remove the comment";

/// Whether a rule has this code.
pub(crate) fn is_known(code: &str) -> bool {
    codes().contains(&code)
}

/// The finding about a code that a comment allowed without a finding; `None` if the rule did not
/// run.
pub fn unused_allow(allow: &Allow, selection: &Selection) -> Option<Finding> {
    let ran = selection.holds(&allow.code) && selection.holds(RULE.code);
    ran.then(|| {
        let message = format!("unused `allow`: no finding of `{}` here", allow.code);
        let edits = vec![allow.removal.clone()];
        Finding {
            fixes: vec![Fix { title: TITLE.to_owned(), edits, safe: true }],
            tag: Some(Tag::Unnecessary),
            ..Finding::new(RULE.code, RULE.severity, allow.at, message)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn codes_that_do_not_exist_are_found() {
        check_rule(
            &RULE,
            "
# podls: allow-file duplicate-keys, env-name-format
                    ^^^^^^^^^^^^^^ unknown rule `duplicate-keys`
a: 1 # podls: allow qqqqqqqqqqqq
                    ^^^^^^^^^^^^ unknown rule `qqqqqqqqqqqq`
",
        );
    }

    #[test]
    fn fixes_leave_the_rest() {
        check_fix(
            &RULE,
            "a: 1 # podls: allow unknown-feild\n",
            "a: 1 # podls: allow unknown-field\n",
        );
        check_fix(&RULE, "a: 1  # podls: allow qqqqqqqqqq\nb: 2\n", "a: 1\nb: 2\n");
        check_fix(&RULE, "# podls: allow qqqqqqqqqq\r\na: 1\r\n", "a: 1\r\n");
        check_fix(
            &RULE,
            "a: 1 # podls: allow qqqqqqqqqq, wrong-type\n",
            "a: 1 # podls: allow wrong-type\n",
        );
    }
}
