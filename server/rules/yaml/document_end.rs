//! kubectl ignores the text behind `...`.
//!
//! It splits files at lines of `---` only, and reads one YAML document from each part. A line of `...`
//! ends that document, so nothing reads the text between it and the next `---`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ...
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! ```
//!
//! ```yaml bad
//! ...
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
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
//! ...
//! # This comment is all.
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! ```
//!
//! ## Fix
//!
//! Replaces `...` with `---`, so that the text after it becomes a document.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "document-end",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let Some(unseen) = parse.unseen() else { return };
    let Some(ignored) = Ignored::of(parse.tree.slice(unseen)) else { return };
    let is_manifest = parse
        .tree
        .root()
        .is_some_and(|root| root.get("apiVersion").is_some() && root.get("kind").is_some());
    // Other programs read several documents without `---`.
    if !(is_manifest || ignored.is_manifest) {
        return;
    }
    let end = Span::new(unseen.start - "...".len(), unseen.start);
    let head = parse.seen().get(..end.start).unwrap_or_default();
    if head.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
        out.report_span(end, "no document before `...`")
            .severity(Severity::Error)
            .suggest("Replace `...` with `---`", || [Edit::replace(end, "---")]);
        return;
    }
    let found = out.report_span(
        ignored.line.shifted(unseen.start),
        "the text after `...` is ignored up to the next `---`",
    );
    if ignored.is_manifest {
        let sign = ignored.sign.map_or(end, |sign| sign.shifted(unseen.start));
        found.suggest("Replace `...` with `---`", || [Edit::replace(sign, "---")]);
    }
}

/// The ignored text.
struct Ignored {
    /// Its first line that is not empty.
    line: Span,
    /// The last `...` before it.
    sign: Option<Span>,
    is_manifest: bool,
}

impl Ignored {
    fn of(text: &str) -> Option<Self> {
        let (mut at, mut sign) = (0, None);
        for line in text.split_inclusive('\n') {
            let said = line.trim();
            let start = at + line.len() - line.trim_start().len();
            let is_sign = line.starts_with("...") && said == "...";
            if is_sign {
                sign = Some(Span::new(at, at + said.len()));
            } else if !said.is_empty() && !said.starts_with('#') && !line.starts_with('%') {
                let rest = text.get(at..).unwrap_or_default();
                let has = |key: &str| rest.lines().any(|line| line.starts_with(key));
                return Some(Self {
                    line: Span::new(start, start + said.len()),
                    sign,
                    is_manifest: at > 0 && has("apiVersion:") && has("kind:"),
                });
            }
            at += line.len();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n";

    #[test]
    fn the_last_sign_is_replaced() {
        let before = format!("{POD}...\n\n...\n# b\n{POD}");
        check_fix(&RULE, &before, &format!("{POD}...\n\n---\n# b\n{POD}"));
    }

    #[test]
    fn what_is_no_manifest_stays() {
        let ignored = "the text after `...` is ignored up to the next `---`";
        check_rule(&RULE, &format!("{POD}...\na: b\n^^^^ {ignored}\n"));
        let parse = crate::syntax::parse(&format!("{POD}...\na: b\n"));
        let found = crate::check::run_one(&RULE, &parse, crate::schema::Version::NEWEST);
        assert!(found.iter().all(|it| it.fixes.is_empty()));
    }
}
