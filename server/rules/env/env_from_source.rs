//! An item of `envFrom` has no source, or two.
//!
//! Each item names either a ConfigMap or a Secret; add one item for each.
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
//!     envFrom:
//!     - prefix: WEB_
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
//!     envFrom:
//!     - prefix: WEB_
//!       configMapRef:
//!         name: web
//! ```
//!
//! ## Fix
//!
//! Splits the item into two.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::ENV_FROM_SOURCE;
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "env-from-source",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[ENV_FROM_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let known = |name: &str| source.ty.field(name).is_some();
    // An unknown key is most likely the source.
    let unknown = source.node.fields().any(|entry| !entry.key.text().is_some_and(known));
    match (source.field("configMapRef"), source.field("secretRef")) {
        (None, None) if !unknown => {
            let message = "missing source: expected `configMapRef` or `secretRef`";
            out.report_absence(source.node, message);
        }
        (Some(_), Some(secret)) => {
            out.report(source.node, "`configMapRef` cannot be combined with `secretRef`")
                .fix("Split into two items", || split(source, secret).unwrap_or_default());
        }
        _ => {}
    }
}

/// Moves `secretRef` into an item of its own.
fn split(source: &Object<'_>, secret: Node<'_>) -> Option<Vec<Edit>> {
    let list = source.node.parent()?;
    let index = source.node.index();
    let text = |node: Node<'_>| Some(New::text(node.as_str()?));
    let name = text(secret.field("name")?)?;
    let mut entries = Vec::new();
    if let Some(prefix) = source.field("prefix") {
        entries.push(("prefix".to_owned(), text(prefix)?));
    }
    let mut reference = vec![("name".to_owned(), name)];
    if let Some(optional) = secret.field("optional") {
        reference.push(("optional".to_owned(), New::scalar(optional.as_bool()?)));
    }
    entries.push(("secretRef".to_owned(), New::Map(reference)));
    let removed = write::remove(secret)?;
    Some(vec![removed, write::insert_item(list, index + 1, &New::Map(entries))?])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_fix;

    #[test]
    fn splits_items() {
        check_fix(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    envFrom:
    - secretRef:
        name: tokens
        optional: true
      configMapRef:
        name: web
    - secretRef:
        name: other
",
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    envFrom:
    - configMapRef:
        name: web
    - secretRef:
        name: tokens
        optional: true
    - secretRef:
        name: other
",
        );
    }
}
