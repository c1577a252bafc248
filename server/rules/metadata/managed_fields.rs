//! Invalid entries in `managedFields`.
//!
//! The API server writes this record of which client set which field. It does not belong in a
//! manifest, and invalid entries are refused.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   managedFields:
//!   - manager: kubectl
//!     operation: Patch
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
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes `managedFields`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Manifest;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "managed-fields",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let list = manifest.root.field("metadata").and_then(|it| it.field("managedFields"));
    let Some(list) = list.filter(|_| manifest.workload().is_some()) else { return };
    for entry in list.items().filter_map(Node::resolved).filter(|it| it.is_map()) {
        let found = FIELDS.iter().find_map(|(field, fault)| {
            let node = entry.field(field);
            let text = node.map_or(Some(""), Node::as_str)?;
            fault(text).map(|fault| (*field, node, fault))
        });
        let Some((field, node, fault)) = found else { continue };
        let message = format!("invalid `{field}` in `managedFields`: it {fault}");
        let diagnostic = match node {
            Some(node) => out.report(node, message),
            None => out.missing(entry, field, message),
        };
        diagnostic.suggest("Remove `managedFields`", || write::remove(list));
    }
}

/// The fault of the text of a field, which is empty if it is absent.
type Fault = fn(&str) -> Option<&'static str>;

const FIELDS: [(&str, Fault); 4] = [
    ("operation", |text| {
        (!matches!(text, "Apply" | "Update")).then_some("is neither `Apply` nor `Update`")
    }),
    ("fieldsType", |text| (!matches!(text, "" | "FieldsV1")).then_some("is not `FieldsV1`")),
    ("manager", |text| {
        let printable = !text.chars().any(char::is_control);
        let fault =
            if printable { "is longer than 128 bytes" } else { "contains control characters" };
        (!printable || text.len() > 128).then_some(fault)
    }),
    ("subresource", |text| (text.len() > 256).then_some("is longer than 256 bytes")),
];
