//! An amount is negative.
//!
//! Requests and limits of resources, the overhead of a pod and the size of an `emptyDir` are at least 0.
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
//!         memory: -64Mi
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
//!         memory: 64Mi
//! ```
//!
//! ## Fix
//!
//! Removes the sign.

use crate::facts::quantity::Quantity;
use crate::pod::{Object, Role};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::ObjectType;
use crate::syntax::{Node, Scalar};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "quantity-negative",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(
        &[
            ObjectType::named("core.v1.EmptyDirVolumeSource"),
            POD_SPEC,
            ObjectType::named("core.v1.ResourceRequirements"),
        ],
        check,
    )],
};

const POD_SPEC: ObjectType = ObjectType::named("core.v1.PodSpec");

fn check(object: &Object<'_>, out: &mut Findings<'_>) {
    let fields: &[&str] = match object.ty {
        POD_SPEC => &["overhead"],
        _ if object.field("sizeLimit").is_some() => &["sizeLimit"],
        _ => &["limits", "requests"],
    };
    // Other containers may have no resources at all, and a version may drop those of the pod.
    let of_pod = object.parent.is_some_and(|it| it.ty == POD_SPEC) && object.role().is_none();
    if object.role() == Some(Role::Ephemeral) || of_pod && object.is_dropped("limits", out.version)
    {
        return;
    }
    for field in fields {
        let Some(value) = object.field(field) else { continue };
        check_value(value, field, out);
        for entry in value.fields() {
            if let Some(value) = entry.value.resolved() {
                check_value(value, entry.key.text().unwrap_or_default(), out);
            }
        }
    }
}

fn check_value(value: Node<'_>, name: &str, out: &mut Findings<'_>) {
    let text = match value.scalar() {
        Some(Scalar::Str(text)) => text,
        Some(Scalar::Int(_) | Scalar::Float(_)) => value.text().unwrap_or_default(),
        _ => return,
    };
    // Most values end here, unread.
    if !text.contains('-') || !Quantity::parse(text).is_ok_and(Quantity::is_negative) {
        return;
    }
    let positive = value.tree().slice(value.content_span()).replacen('-', "", 1);
    out.report(value, format!("`{name}` may not be negative"))
        .suggest("Remove the sign", || vec![Edit::replace(value.content_span(), positive)]);
}
