//! Which fields define names, and which refer to them.

use crate::pod::names::SymbolKind;
use crate::schema::{ObjectType, apps, autoscaling, batch, core, networking, rbac};

/// What the text of a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameUse {
    /// It defines a symbol of this kind.
    Defines(SymbolKind),
    /// It refers to one.
    Refers(SymbolKind),
    /// It refers to an object of this kind.
    Object(&'static str),
    /// It refers to an object whose kind stands in the field `kind` beside it.
    ObjectOfKind,
    /// It is a key of an object of this kind, whose name stands in the field `name` beside it.
    Key(&'static str),
    /// It is a key of the object that the field around `items` names: its kind, and the field.
    Item(&'static str, &'static str),
}

use NameUse::{Defines, Item, Key, Object, ObjectOfKind, Refers};
use SymbolKind::{Container, Port, PortNumber, ResourceClaim, Variable, Volume};

/// By the type that has the field.
static FIELDS: &[(ObjectType, &[(&str, NameUse)])] = &[
    (core::VOLUME, &[("name", Defines(Volume))]),
    (core::VOLUME_MOUNT, &[("name", Refers(Volume))]),
    (core::VOLUME_DEVICE, &[("name", Refers(Volume))]),
    (core::FILE_KEY_SELECTOR, &[("volumeName", Refers(Volume))]),
    (core::CONTAINER, &[("name", Defines(Container))]),
    (
        core::EPHEMERAL_CONTAINER,
        &[("name", Defines(Container)), ("targetContainerName", Refers(Container))],
    ),
    (core::RESOURCE_FIELD_SELECTOR, &[("containerName", Refers(Container))]),
    (batch::POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT, &[("containerName", Refers(Container))]),
    (core::CONTAINER_PORT, &[("name", Defines(Port)), ("containerPort", Defines(PortNumber))]),
    (core::HTTP_GET_ACTION, &[("port", Refers(Port))]),
    (core::TCP_SOCKET_ACTION, &[("port", Refers(Port))]),
    (core::GRPC_ACTION, &[("port", Refers(Port))]),
    (core::ENV_VAR, &[("name", Defines(Variable))]),
    (core::POD_RESOURCE_CLAIM, &[("name", Defines(ResourceClaim))]),
    (core::RESOURCE_CLAIM, &[("name", Refers(ResourceClaim))]),
    (core::CONFIG_MAP_KEY_SELECTOR, &[("name", Object("ConfigMap")), ("key", Key("ConfigMap"))]),
    (core::SECRET_KEY_SELECTOR, &[("name", Object("Secret")), ("key", Key("Secret"))]),
    (core::CONFIG_MAP_ENV_SOURCE, &[("name", Object("ConfigMap"))]),
    (core::SECRET_ENV_SOURCE, &[("name", Object("Secret"))]),
    (core::CONFIG_MAP_VOLUME_SOURCE, &[("name", Object("ConfigMap"))]),
    (core::SECRET_VOLUME_SOURCE, &[("secretName", Object("Secret"))]),
    (core::CONFIG_MAP_PROJECTION, &[("name", Object("ConfigMap"))]),
    (core::SECRET_PROJECTION, &[("name", Object("Secret"))]),
    (
        core::PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE,
        &[("claimName", Object("PersistentVolumeClaim"))],
    ),
    (
        core::POD_SPEC,
        &[
            ("serviceAccountName", Object("ServiceAccount")),
            ("serviceAccount", Object("ServiceAccount")),
            ("priorityClassName", Object("PriorityClass")),
            ("runtimeClassName", Object("RuntimeClass")),
        ],
    ),
    (
        core::PERSISTENT_VOLUME_CLAIM_SPEC,
        &[("storageClassName", Object("StorageClass")), ("volumeName", Object("PersistentVolume"))],
    ),
    (apps::STATEFUL_SET_SPEC, &[("serviceName", Object("Service"))]),
    (networking::INGRESS_SERVICE_BACKEND, &[("name", Object("Service"))]),
    (networking::INGRESS_TLS, &[("secretName", Object("Secret"))]),
    (networking::INGRESS_SPEC, &[("ingressClassName", Object("IngressClass"))]),
    (autoscaling::CROSS_VERSION_OBJECT_REFERENCE, &[("name", ObjectOfKind)]),
    (autoscaling::CROSS_VERSION_OBJECT_REFERENCE_V2, &[("name", ObjectOfKind)]),
    (rbac::ROLE_REF, &[("name", ObjectOfKind)]),
    (rbac::SUBJECT, &[("name", ObjectOfKind)]),
];

/// What the field `name` of `ty`, which stands in the field `held_by`, says.
pub(super) fn name_use(
    ty: ObjectType,
    name: &str,
    held_by: &str,
    outer: Option<ObjectType>,
) -> Option<NameUse> {
    if ty == core::KEY_TO_PATH && name == "key" {
        let (_, name_use) = ITEMS.iter().find(|(of, _)| Some(*of) == outer)?;
        return Some(*name_use);
    }
    if ty == core::LOCAL_OBJECT_REFERENCE && name == "name" {
        return (held_by == "imagePullSecrets").then_some(Object("Secret"));
    }
    let (_, fields) = FIELDS.iter().find(|(of, _)| *of == ty)?;
    fields.iter().find(|(of, _)| *of == name).map(|(_, name_use)| *name_use)
}

static ITEMS: &[(ObjectType, NameUse)] = &[
    (core::CONFIG_MAP_VOLUME_SOURCE, Item("ConfigMap", "name")),
    (core::CONFIG_MAP_PROJECTION, Item("ConfigMap", "name")),
    (core::SECRET_VOLUME_SOURCE, Item("Secret", "secretName")),
    (core::SECRET_PROJECTION, Item("Secret", "name")),
];
