//! The document is not YAML.
//!
//! kubectl refuses the whole file. podls goes on with what it understands of the rest, so that
//! one broken line does not blind it.
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

use crate::check::{Check, Checker, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "yaml-syntax",
    severity: Severity::Error,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    for error in &parse.errors {
        out.report_span(error.span, error.message.clone());
    }
}
