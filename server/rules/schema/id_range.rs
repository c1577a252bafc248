//! A user or group ID that is out of range.
//!
//! IDs are from 0 to 2147483647. A number like 4294967295, which elsewhere means "nobody", is
//! refused.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     runAsUser: -1
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
//! spec:
//!   securityContext:
//!     runAsUser: 65534
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Rule};
use crate::formats::numbers;
use crate::pod::Object;
use crate::schema::ObjectType;
use crate::schema::core::{POD_SECURITY_CONTEXT, SECURITY_CONTEXT};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "id-range",
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// The fields that hold an id or a list of ids.
const TABLE: &[Rows<&str>] = &[
    (POD_SECURITY_CONTEXT, &["runAsUser", "runAsGroup", "fsGroup", "supplementalGroups"]),
    (SECURITY_CONTEXT, &["runAsUser", "runAsGroup"]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for field in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(field) else { continue };
        check_id(value, field, out);
        for item in value.items().filter_map(Node::resolved) {
            check_id(item, field, out);
        }
    }
}

fn check_id(value: Node<'_>, field: &str, out: &mut Checker<'_>) {
    let Some(id) = value.as_int() else { return };
    if numbers::user(id).is_err() {
        out.report(value, format!("invalid value {id} for `{field}`: expected 0 to {}", i32::MAX));
    }
}
