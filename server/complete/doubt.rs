//! What a manifest may hold and had better not hold here: it stands last, with the reason.

use crate::complete::{CompletionCx, beside, reference};
use crate::pod::{Container, Role, Workload};
use crate::schema::core::{CONTAINER, EPHEMERAL_CONTAINER, POD_SPEC};
use crate::schema::meta::OBJECT_META;
use crate::schema::{EnumValue, Field, ObjectType, gate_on, kept_from};

/// What only a container can have that keeps running.
const RUNNING: &[&str] = &["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"];

/// What nobody can give to an ephemeral container.
const NOT_EPHEMERAL: &[&str] = &[
    "ports",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
];

/// What the API server writes.
const OF_SERVER: &[&str] = &[
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "generation",
    "managedFields",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// Why the field should not be written here.
pub(super) fn of_field(cx: &CompletionCx<'_>, ty: ObjectType, field: Field) -> Option<String> {
    let name = field.name();
    if field.since() > cx.version {
        return Some(format!("requires Kubernetes {}", field.since()));
    }
    match kept_from(ty, name) {
        Some(None) => return Some("no effect unless its feature gate is on".to_owned()),
        Some(Some(from)) if from > cx.version => {
            return Some(format!("no effect before Kubernetes {from}"));
        }
        _ => {}
    }
    let is_root = cx.node.parent().is_some_and(|map| map.parent().is_none());
    let reason = match name {
        _ if ty == EPHEMERAL_CONTAINER && NOT_EPHEMERAL.contains(&name) => {
            "not allowed in an ephemeral container"
        }
        _ if ty == CONTAINER && RUNNING.contains(&name) && is_plain_init(cx) => {
            "only allowed in a sidecar, with `restartPolicy: Always`"
        }
        "ephemeralContainers" if ty == POD_SPEC => "only `kubectl debug` adds them",
        "status" if is_root && ty.field("apiVersion").is_some() => "set by the API server",
        _ if ty == OBJECT_META && OF_SERVER.contains(&name) => "set by the API server",
        _ => return beside::reason(cx, ty, name),
    };
    Some(reason.to_owned())
}

/// Why the value should not be written here.
pub(super) fn of_value(
    cx: &CompletionCx<'_>,
    owner: ObjectType,
    field: Field,
    value: &EnumValue,
) -> Option<String> {
    if value.since > cx.version {
        return Some(format!("requires Kubernetes {}", value.since));
    }
    if value.gate.is_some_and(|gate| !gate_on(gate, cx.version)) {
        return Some("refused unless its feature gate is on".to_owned());
    }
    if field.name() == "accessModes" {
        return stands_alone(cx, value.value);
    }
    if owner != POD_SPEC || field.name() != "restartPolicy" {
        return None;
    }
    let workload = reference::pod_around(cx.node)?.workload?;
    let always = value.value == "Always";
    match workload {
        Workload::Pod | Workload::PodTemplate => None,
        _ if workload.is_batch() => {
            always.then(|| "the pods of a Job cannot restart always".to_owned())
        }
        _ => (!always).then(|| "only `Always` is allowed here".to_owned()),
    }
}

/// Whether one of the modes in the list at the cursor, or the new one, may have no other beside it.
fn stands_alone(cx: &CompletionCx<'_>, new: &str) -> Option<String> {
    const ALONE: &str = "ReadWriteOncePod";
    let list = cx.node.parent().filter(|list| list.is_seq())?;
    let mut others = list.items().filter(|item| !cx.cursor.is_probe(*item));
    let clash = others.any(|item| new == ALONE || item.text() == Some(ALONE));
    clash.then(|| "not with other access modes".to_owned())
}

/// Whether the cursor is in an init container that runs to its end.
fn is_plain_init(cx: &CompletionCx<'_>) -> bool {
    let own = |it: &&Container<'_>| cx.node.ancestors().any(|node| node == it.node);
    let pod = reference::pod_around(cx.node);
    let role = pod.and_then(|pod| pod.containers.iter().find(own).map(|it| it.role));
    role == Some(Role::Init)
}
