//! Two finalizers contradict each other.
//!
//! With `orphan` the dependents of a deleted object stay; with `foregroundDeletion` they are deleted
//! first.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   finalizers:
//!   - orphan
//!   - foregroundDeletion
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   finalizers:
//!   - foregroundDeletion
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes one of the two finalizers. Both fixes are suggestions: only you can tell whether the
//! dependents of the object should stay.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Manifest;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "finalizer-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let list = manifest.root.field("metadata").and_then(|it| it.field("finalizers"));
    let Some(list) = list.filter(|_| manifest.workload().is_some()) else { return };
    let find = |name: &str| {
        let mut items = list.items().filter_map(Node::resolved);
        items.find(|node| node.as_str() == Some(name))
    };
    if let (Some(orphan), Some(foreground)) = (find("orphan"), find("foregroundDeletion")) {
        let remove = |node| write::remove(node);
        out.report_key(list, "`orphan` cannot be combined with `foregroundDeletion`")
            .suggest("Remove `orphan`", || remove(orphan))
            .suggest("Remove `foregroundDeletion`", || remove(foreground));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn one_of_them_beside_others_is_fine() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata:
  finalizers: [orphan, example.com/a]
spec: {}
",
        );
    }
}
