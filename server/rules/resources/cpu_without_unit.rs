//! CPU without a unit is a number of whole CPUs.
//!
//! `cpu: 500` is 500 CPUs, which no node has; half a CPU is `500m`. The rule reports round numbers
//! from 200 on.
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
//!     resources:
//!       requests:
//!         cpu: 500
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
//!     resources:
//!       requests:
//!         cpu: 500m
//! ```
//!
//! ## Fix
//!
//! Adds the unit `m`, for thousandths of a CPU.

use super::lists::{amount_of, lists};
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "cpu-without-unit",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some(
        "[Units of CPU](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check)],
    ..Rule::DEFAULT
};

/// The largest machines have hundreds of CPUs, but no container requests a round number of them.
const FEWEST: u32 = 200;
const ROUND: u32 = 50;

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(resources, out.version) {
        let Some(amount) = amount_of(Some(list), "cpu") else { continue };
        let node = amount.value;
        let text = node.text().unwrap_or_default().trim();
        let whole = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = text.parse::<u32>().unwrap_or_default();
        if !whole || count < FEWEST || !count.is_multiple_of(ROUND) {
            continue;
        }
        out.report(node, format!("`{text}` means {count} CPUs"))
            .suggest(format!("Change to `{count}m`"), || {
                write::replace(node, &New::text(format!("{count}m")))
            });
    }
}
