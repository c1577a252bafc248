//! Fields that cannot be combined are both set.
//!
//! The API server refuses the manifest, since it cannot choose one of them.
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
//!     volumeMounts:
//!     - name: logs
//!       mountPath: /var/log
//!       subPath: $(POD_NAME)
//!       subPathExpr: $(POD_NAME)
//!   volumes:
//!   - name: logs
//!     emptyDir: {}
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
//!     volumeMounts:
//!     - name: logs
//!       mountPath: /var/log
//!       subPathExpr: $(POD_NAME)
//!   volumes:
//!   - name: logs
//!     emptyDir: {}
//! ```
//!
//! ## Fix
//!
//! Removes one of the fields; you choose which.

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::{ObjectType, core};
use crate::syntax::{Entry, Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "one-of-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// Fields of which one may be set.
struct ExclusiveFields {
    fields: &'static [&'static str],
    at: At,
}

/// Which node is reported.
enum At {
    /// The object that holds the fields.
    Object,
    First,
    Last,
}

#[rustfmt::skip]
const TABLE: &[Rows<ExclusiveFields>] = &[
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &[
        ExclusiveFields { fields: &["name", "signerName"], at: At::Object },
        ExclusiveFields { fields: &["name", "labelSelector"], at: At::Last },
    ]),
    (core::ENV_VAR_SOURCE, &[ExclusiveFields {
        fields: &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"],
        at: At::Object,
    }]),
    (core::FC_VOLUME_SOURCE, &[ExclusiveFields { fields: &["targetWWNs", "wwids"], at: At::First }]),
    (core::FLOCKER_VOLUME_SOURCE, &[
        ExclusiveFields { fields: &["datasetName", "datasetUUID"], at: At::Object },
    ]),
    (core::POD_RESOURCE_CLAIM, &[
        ExclusiveFields { fields: &["resourceClaimName", "resourceClaimTemplateName"], at: At::Object },
    ]),
    (core::VOLUME_MOUNT, &[ExclusiveFields { fields: &["subPath", "subPathExpr"], at: At::Last }]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let mut set = row.fields.iter().filter_map(|field| entry(object, field));
        let (Some(first), Some(second)) = (set.next(), set.next()) else { continue };
        let dropped = row.fields.iter().any(|field| object.is_dropped(field, out.version));
        if !dropped && !has_value(object) {
            report(object, row, &[first, second], out);
        }
    }
}

/// The pair of a field that is set: an empty text or list is not.
fn entry<'a>(object: &Object<'a>, field: &str) -> Option<Entry<'a>> {
    let value = object.field(field)?;
    // Both names of a claim are pointers: the empty text is one too.
    let pointer =
        field.starts_with("resourceClaim") || object.ty == core::CLUSTER_TRUST_BUNDLE_PROJECTION;
    let empty =
        value.as_str() == Some("") && !pointer || value.is_seq() && value.items().next().is_none();
    if empty { None } else { object.node.entry(field) }
}

/// A variable with a value may have no source at all: that is another rule's.
fn has_value(object: &Object<'_>) -> bool {
    let variable = object.parent.filter(|_| object.ty == core::ENV_VAR_SOURCE);
    variable.is_some_and(|variable| !variable.text("value").is_empty())
}

fn report(object: &Object<'_>, row: &ExclusiveFields, set: &[Entry<'_>; 2], out: &mut Checker<'_>) {
    let [first, second] = set;
    let name = |entry: &Entry<'_>| entry.key.text().unwrap_or_default().to_owned();
    let message = format!("`{}` cannot be combined with `{}`", name(first), name(second));
    let diagnostic = match row.at {
        At::Object => out.report_key(object.node, message),
        At::First => out.report(first.key, message),
        At::Last => out.report(second.key, message),
    };
    let remove = |node: Node<'_>| write::remove(node);
    diagnostic
        .related(first.key, "the first field")
        .related(second.key, "the second field")
        .suggest(format!("Remove `{}`", name(first)), || remove(first.key))
        .suggest(format!("Remove `{}`", name(second)), || remove(second.key));
}
