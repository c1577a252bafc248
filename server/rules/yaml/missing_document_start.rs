//! The `---` between two objects is missing.
//!
//! kubectl reads them as one map and keeps the last of equal keys. It does not create the first object, and
//! fields that only the first object has become part of the second one.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//! data:
//!   color: blue
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
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//! data:
//!   color: blue
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
//! Adds `---` before the second object and the comments directly above it. It is a suggestion, since it adds
//! an object.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Manifest, further_objects};
use crate::syntax::Node;
use crate::syntax::lines::line_start;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "missing-document-start",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let Some(root) = out.parse.tree.root() else { return };
    let starts = further_objects(root);
    let Some(last) = starts.last() else { return };
    let severity = severity(root, *last);
    for start in starts {
        out.report(start, "missing `---` before this object; kubectl keeps the last of equal keys")
            .severity(severity)
            .suggest("Add `---`", || [Edit::insert(behind_comments(start), "---\n")]);
    }
}

/// The server refuses the last object if it lacks a field that is left from those before it.
fn severity(root: Node<'_>, last: Node<'_>) -> Severity {
    let Some(ty) = Manifest::of(root).ty() else { return Severity::Warning };
    let before = root.fields().filter(|entry| entry.key.span().start < last.span().start);
    let known = |key: Node<'_>| key.text().is_some_and(|name| ty.field(name).is_some());
    match before.into_iter().all(|entry| known(entry.key)) {
        true => Severity::Warning,
        false => Severity::Error,
    }
}

/// The start of the line of `start`, or of the first comment directly above it.
fn behind_comments(start: Node<'_>) -> usize {
    let text = start.tree().text();
    let mut at = line_start(text.as_bytes(), start.span().start);
    while let Some(above) = text.get(..at).and_then(|head| head.split_inclusive('\n').next_back())
        && above.starts_with('#')
    {
        at -= above.len();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule, errors};

    #[test]
    fn each_object_is_named_once() {
        check_rule(
            &RULE,
            "
kind: ConfigMap
apiVersion: v1
data: {a: b}
kind: Pod
^^^^ missing `---` before this object; kubectl keeps the last of equal keys
apiVersion: v1
spec: {}
apiVersion: v1
^^^^^^^^^^ missing `---` before this object; kubectl keeps the last of equal keys
kind: Pod
",
        );
        let pod = "kind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n";
        let pod = format!("apiVersion: v1\n{pod}");
        assert_eq!(errors(&format!("{pod}{pod}")), [""; 0]);
        let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {}\n";
        assert_eq!(errors(&format!("{map}{pod}")), [RULE.code]);
    }

    #[test]
    fn comments_go_with_their_object() {
        check_fix(
            &RULE,
            "kind: A\napiVersion: v1\n# of A\n\n# of B\nkind: B\napiVersion: v1\n",
            "kind: A\napiVersion: v1\n# of A\n\n---\n# of B\nkind: B\napiVersion: v1\n",
        );
    }
}
