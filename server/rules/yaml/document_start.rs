//! kubectl cannot read how the document starts.
//!
//! It splits files at lines of `---` before it reads any YAML. So only a comment can follow the
//! dashes, and directives such as `%YAML 1.2` are not supported.
//!
//! ```yaml bad
//! %YAML 1.2
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! --- {apiVersion: v1, kind: Pod, metadata: {name: web}}
//! ```
//!
//! ```yaml good
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the directive, or adds a line break after the dashes.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::syntax::Node;
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "document-start",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let Some(root) = parse.tree.root() else { return };
    // Other programs may use these in their own YAML.
    if root.get("apiVersion").is_none() || root.get("kind").is_none() {
        return;
    }
    let start = root.span().start;
    let head = parse.tree.text().get(..start).unwrap_or_default();
    let mut at = 0;
    for line in head.split_inclusive('\n') {
        if line.starts_with('%') {
            let span = Span::new(at, at + line.trim_end().len());
            let whole = Span::new(at, at + line.len());
            out.report_span(span, "directives are not supported by kubectl")
                .fix("Remove the directive", || [Edit::remove(whole)]);
        }
        at += line.len();
    }
    let line = head.rsplit('\n').next().unwrap_or_default();
    if line.starts_with("---") {
        report_text(root, line, out);
    }
}

fn report_text(root: Node<'_>, line: &str, out: &mut Checker<'_>) {
    let gap = Span::new(root.span().start - line.len() + 3, root.span().start);
    out.report_span(root.head_span(), "unexpected text after `---`: expected a comment or nothing")
        .fix("Move to the next line", || [Edit::replace(gap, "\n")]);
}
