//! An amount that Kubernetes cannot read.
//!
//! A number with a suffix: `m` for thousandths, `k`, `M`, `G` for thousands and `Ki`, `Mi`, `Gi`
//! for 1024s. There is no `K`, no `B`, and no space in between. The API server cannot read a
//! manifest with such an amount at all.
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
//!       limits:
//!         memory: 512MB
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
//!       limits:
//!         memory: 512M
//! ```
//!
//! ## Fix
//!
//! Writes the amount that was meant.

use crate::facts::quantity::Quantity;
use crate::facts::suggest::suggest_quantity;
use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::{ObjectType, Type};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

/// The types that hold quantities, but for what only the cluster writes and for devices.
const TYPES: &[ObjectType] = &[
    ObjectType::named("autoscaling.v2.HPAScalingRules"),
    ObjectType::named("autoscaling.v2.MetricTarget"),
    ObjectType::named("core.v1.EmptyDirVolumeSource"),
    ObjectType::named("core.v1.LimitRangeItem"),
    ObjectType::named("core.v1.PersistentVolumeSpec"),
    ObjectType::named("core.v1.PodSpec"),
    ObjectType::named("core.v1.ResourceFieldSelector"),
    ObjectType::named("core.v1.ResourceQuotaSpec"),
    ObjectType::named("core.v1.ResourceRequirements"),
    ObjectType::named("core.v1.VolumeResourceRequirements"),
    ObjectType::named("node.v1.Overhead"),
    ObjectType::named("storage.v1.CSIStorageCapacity"),
];

pub(crate) static RULE: Rule = Rule {
    code: "quantity-format",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(TYPES, check)],
};

fn check(object: &Object<'_>, out: &mut Findings<'_>) {
    for entry in object.node.fields() {
        let Some(value) = entry.value.resolved() else { continue };
        let field = entry.key.text().and_then(|name| object.ty.field(name));
        match field.map(|field| field.ty()) {
            Some(Type::Quantity) => check_quantity(value, out),
            Some(Type::Map(item)) if item.get() == Type::Quantity => {
                for entry in value.fields() {
                    if let Some(value) = entry.value.resolved() {
                        check_quantity(value, out);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Numbers are always fine, and what is neither number nor text is of a wrong type.
fn check_quantity(value: Node<'_>, out: &mut Findings<'_>) {
    let Some(text) = value.as_str() else { return };
    let Err(fault) = Quantity::parse(text) else { return };
    if value.is_incomplete() {
        return;
    }
    let draft = out.report(value, format!("`{text}` {fault}"));
    if let Some(meant) = suggest_quantity(text) {
        draft.suggest(format!("Change to `{meant}`"), || {
            write::replace(value, &New::text(meant)).into_iter().collect()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, TYPES};
    use crate::schema::{ObjectType, Type, object_types};
    use crate::testing::check_rule;

    #[test]
    fn knows_all_types_with_quantities() {
        let holds = |ty: &ObjectType| {
            ty.fields().any(|field| {
                field.ty() == Type::Quantity || field.ty().item() == Some(Type::Quantity)
            })
        };
        let elsewhere = ["Status", "resource.", "NodeAllocatable"];
        let known: Vec<_> = object_types()
            .filter(holds)
            .filter(|ty| !elsewhere.iter().any(|part| ty.name().contains(part)))
            .collect();
        assert_eq!(known, TYPES);
    }

    #[test]
    fn reads_what_the_server_reads() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    resources:
      limits: {cpu: 010, memory: 1 Gi, a.b/c: '', d.e/f: 1e3, g.h/i: ' 1 '}
                                 ^^^^ `1 Gi` is not a quantity such as `500m`, `2` or `1.5Gi`
                                              ^^ `` is empty
      requests: {cpu: ${CPU}, memory: , a.b/c: .}
  volumes:
  - name: a
    emptyDir: {sizeLimit: 1K}
                          ^^ `1K` has an unknown suffix
",
        );
    }
}
