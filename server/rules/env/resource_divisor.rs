//! An invalid divisor for a resource.
//!
//! The divisor is the unit of the number that the container gets: `1` or `1m` for cores, and `1`,
//! `1k`, `1Ki`, ... `1Ei` for bytes.
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
//!     env:
//!     - name: MEMORY_KB
//!       valueFrom:
//!         resourceFieldRef:
//!           resource: limits.memory
//!           divisor: 1024
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
//!     env:
//!     - name: MEMORY_KB
//!       valueFrom:
//!         resourceFieldRef:
//!           resource: limits.memory
//!           divisor: 1Ki
//! ```
//!
//! ## Fix
//!
//! Writes the same amount as a valid unit if there is one, otherwise `1`.

use super::resources::{is_known, is_resource_validated};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::quantity::Quantity;
use crate::pod::{Object, quantity};
use crate::schema::core::RESOURCE_FIELD_SELECTOR;
use crate::syntax::write::{self, New};

const CORES: &[&str] = &["1", "1m"];
const BYTES: &[&str] =
    &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

pub(crate) static RULE: Rule = Rule {
    code: "resource-divisor",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_FIELD_SELECTOR], check)],
    ..Rule::DEFAULT
};

fn check(selector: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = selector.field("divisor") else { return };
    let Some(divisor) = quantity(node).filter(|divisor| !divisor.is_zero()) else { return };
    let resource = selector.text("resource");
    if !is_known(resource) || !is_resource_validated(selector) {
        return;
    }
    let units = if resource.ends_with(".cpu") { CORES } else { BYTES };
    if units.contains(&divisor.canonical().as_str()) {
        return;
    }
    let same = |unit: &&&str| Quantity::parse(unit) == Ok(divisor);
    let unit = units.iter().find(same).copied().unwrap_or("1");
    let most = if units == CORES { "`1` or `1m`" } else { "`1` or a unit such as `1Mi`" };
    out.report(node, format!("invalid divisor for `{resource}`: expected {most}"))
        .suggest(format!("Change to `{unit}`"), || write::replace(node, &New::text(unit)));
}
