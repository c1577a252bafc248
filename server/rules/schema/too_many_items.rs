//! A list is longer than the API server accepts.
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
//!   dnsConfig:
//!     nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]
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
//!   dnsConfig:
//!     nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3]
//! ```

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Rule};
use crate::pod::{Object, Role};
use crate::schema::{ObjectType, batch, core};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "too-many-items",
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// A list and the most items it may have.
struct ItemLimit {
    field: &'static str,
    most: usize,
    /// The versions in which that is so.
    versions: std::ops::RangeInclusive<u8>,
}

const fn row(field: &'static str, most: usize) -> ItemLimit {
    ItemLimit { field, most, versions: 25..=u8::MAX }
}

#[rustfmt::skip]
const TABLE: &[Rows<ItemLimit>] = &[
    (batch::POD_FAILURE_POLICY, &[row("rules", 20)]),
    (batch::POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT, &[row("values", 255)]),
    (batch::POD_FAILURE_POLICY_RULE, &[row("onPodConditions", 20)]),
    (batch::SUCCESS_POLICY, &[row("rules", 20)]),
    (core::CONTAINER, &[row("restartPolicyRules", 20)]),
    (core::CONTAINER_RESTART_RULE_ON_EXIT_CODES, &[row("values", 255)]),
    (core::POD_DNS_CONFIG, &[
        row("nameservers", 3),
        ItemLimit { field: "searches", most: 6, versions: 25..=25 },
        ItemLimit { field: "searches", most: 32, versions: 26..=u8::MAX },
    ]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

/// Without `completionMode: Indexed` the server refuses a success policy and does not look at it.
fn is_of_plain_job(object: &Object<'_>) -> bool {
    let spec = object.parent.filter(|_| object.ty == batch::SUCCESS_POLICY);
    let mode = spec.map(|spec| spec.field("completionMode").and_then(Node::as_str));
    mode.is_some_and(|mode| mode != Some("Indexed"))
}

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(list) = object.field(row.field) else { continue };
        let count = list.items().count();
        let applies = row.versions.contains(&out.version.minor())
            && object.role() != Some(Role::Ephemeral)
            && !object.is_dropped(row.field, out.version)
            && !is_of_plain_job(object);
        if count > row.most && applies {
            let ItemLimit { field, most, .. } = row;
            out.report_key(list, format!("`{field}` has {count} items: expected at most {most}"));
        }
    }
}
