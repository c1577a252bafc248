//! None of several fields is set, but one of them is required.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpu
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: trainer
//! spec:
//!   resourceClaims:
//!   - name: gpu
//!     resourceClaimTemplateName: one-gpu
//!   containers:
//!   - name: trainer
//!     image: example.com/trainer:1.0
//!     resources:
//!       claims:
//!       - name: gpu
//! ```

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::{ObjectType, core};

pub(crate) static RULE: Rule = Rule {
    code: "one-of-required",
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// Fields of which one has to be set.
type FieldGroup = &'static [&'static str];

#[rustfmt::skip]
const TABLE: &[Rows<FieldGroup>] = &[
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &[&["name", "signerName"]]),
    (core::FC_VOLUME_SOURCE, &[&["targetWWNs", "wwids"]]),
    (core::FLOCKER_VOLUME_SOURCE, &[&["datasetName", "datasetUUID"]]),
    (core::POD_CERTIFICATE_PROJECTION, &[
        &["credentialBundlePath", "keyPath", "certificateChainPath"],
    ]),
    (core::POD_RESOURCE_CLAIM, &[&["resourceClaimName", "resourceClaimTemplateName"]]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for fields in table::rows(TABLE, object.ty) {
        let set = fields.iter().any(|field| is_set(object, field));
        let dropped = fields.iter().any(|field| object.is_dropped(field, out.version));
        if !set && !dropped {
            report(object, fields, out);
        }
    }
}

/// Whether it is set. An empty list is not; an empty text is where the field is a pointer.
fn is_set(object: &Object<'_>, field: &str) -> bool {
    const POINTERS: [ObjectType; 2] =
        [core::CLUSTER_TRUST_BUNDLE_PROJECTION, core::POD_RESOURCE_CLAIM];
    object.field(field).is_some_and(|value| {
        if value.is_seq() {
            return value.items().next().is_some();
        }
        value.as_str() != Some("") || POINTERS.contains(&object.ty)
    })
}

fn report(object: &Object<'_>, fields: &[&str], out: &mut Checker<'_>) {
    let (last, rest) = fields.split_last().map_or(("", fields), |(last, rest)| (*last, rest));
    let rest: Vec<_> = rest.iter().map(|field| format!("`{field}`")).collect();
    let message =
        format!("missing field in {}: expected {} or `{last}`", object.title(), rest.join(", "));
    let node = object.node.key().unwrap_or(object.node);
    out.report_absence(node, message);
}
