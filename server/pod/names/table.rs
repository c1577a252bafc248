//! Which fields define names, and which refer to them.

use crate::pod::names::SymbolKind;
use crate::schema::ObjectType;

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

const fn ty(name: &str) -> ObjectType {
    ObjectType::named(name)
}

/// By the type that has the field.
static FIELDS: &[(ObjectType, &[(&str, NameUse)])] = &[
    (ty("core.v1.Volume"), &[("name", Defines(Volume))]),
    (ty("core.v1.VolumeMount"), &[("name", Refers(Volume))]),
    (ty("core.v1.VolumeDevice"), &[("name", Refers(Volume))]),
    (ty("core.v1.FileKeySelector"), &[("volumeName", Refers(Volume))]),
    (ty("core.v1.Container"), &[("name", Defines(Container))]),
    (
        ty("core.v1.EphemeralContainer"),
        &[("name", Defines(Container)), ("targetContainerName", Refers(Container))],
    ),
    (ty("core.v1.ResourceFieldSelector"), &[("containerName", Refers(Container))]),
    (
        ty("batch.v1.PodFailurePolicyOnExitCodesRequirement"),
        &[("containerName", Refers(Container))],
    ),
    (
        ty("core.v1.ContainerPort"),
        &[("name", Defines(Port)), ("containerPort", Defines(PortNumber))],
    ),
    (ty("core.v1.HTTPGetAction"), &[("port", Refers(Port))]),
    (ty("core.v1.TCPSocketAction"), &[("port", Refers(Port))]),
    (ty("core.v1.GRPCAction"), &[("port", Refers(Port))]),
    (ty("core.v1.EnvVar"), &[("name", Defines(Variable))]),
    (ty("core.v1.PodResourceClaim"), &[("name", Defines(ResourceClaim))]),
    (ty("core.v1.ResourceClaim"), &[("name", Refers(ResourceClaim))]),
    (
        ty("core.v1.ConfigMapKeySelector"),
        &[("name", Object("ConfigMap")), ("key", Key("ConfigMap"))],
    ),
    (ty("core.v1.SecretKeySelector"), &[("name", Object("Secret")), ("key", Key("Secret"))]),
    (ty("core.v1.ConfigMapEnvSource"), &[("name", Object("ConfigMap"))]),
    (ty("core.v1.SecretEnvSource"), &[("name", Object("Secret"))]),
    (ty("core.v1.ConfigMapVolumeSource"), &[("name", Object("ConfigMap"))]),
    (ty("core.v1.SecretVolumeSource"), &[("secretName", Object("Secret"))]),
    (ty("core.v1.ConfigMapProjection"), &[("name", Object("ConfigMap"))]),
    (ty("core.v1.SecretProjection"), &[("name", Object("Secret"))]),
    (
        ty("core.v1.PersistentVolumeClaimVolumeSource"),
        &[("claimName", Object("PersistentVolumeClaim"))],
    ),
    (
        ty("core.v1.PodSpec"),
        &[
            ("serviceAccountName", Object("ServiceAccount")),
            ("serviceAccount", Object("ServiceAccount")),
            ("priorityClassName", Object("PriorityClass")),
            ("runtimeClassName", Object("RuntimeClass")),
        ],
    ),
    (
        ty("core.v1.PersistentVolumeClaimSpec"),
        &[("storageClassName", Object("StorageClass")), ("volumeName", Object("PersistentVolume"))],
    ),
    (ty("apps.v1.StatefulSetSpec"), &[("serviceName", Object("Service"))]),
    (ty("networking.v1.IngressServiceBackend"), &[("name", Object("Service"))]),
    (ty("networking.v1.IngressTLS"), &[("secretName", Object("Secret"))]),
    (ty("networking.v1.IngressSpec"), &[("ingressClassName", Object("IngressClass"))]),
    (ty("autoscaling.v1.CrossVersionObjectReference"), &[("name", ObjectOfKind)]),
    (ty("autoscaling.v2.CrossVersionObjectReference"), &[("name", ObjectOfKind)]),
    (ty("rbac.v1.RoleRef"), &[("name", ObjectOfKind)]),
    (ty("rbac.v1.Subject"), &[("name", ObjectOfKind)]),
];

/// What the field `name` of `ty`, which stands in the field `held_by`, says.
pub(super) fn name_use(
    ty: ObjectType,
    name: &str,
    held_by: &str,
    outer: Option<ObjectType>,
) -> Option<NameUse> {
    if ty == KEY_TO_PATH && name == "key" {
        let (_, name_use) = ITEMS.iter().find(|(of, _)| Some(*of) == outer)?;
        return Some(*name_use);
    }
    if ty == LOCAL_REFERENCE && name == "name" {
        return (held_by == "imagePullSecrets").then_some(Object("Secret"));
    }
    let (_, fields) = FIELDS.iter().find(|(of, _)| *of == ty)?;
    fields.iter().find(|(of, _)| *of == name).map(|(_, name_use)| *name_use)
}

const KEY_TO_PATH: ObjectType = ty("core.v1.KeyToPath");
const LOCAL_REFERENCE: ObjectType = ty("core.v1.LocalObjectReference");

static ITEMS: &[(ObjectType, NameUse)] = &[
    (ty("core.v1.ConfigMapVolumeSource"), Item("ConfigMap", "name")),
    (ty("core.v1.ConfigMapProjection"), Item("ConfigMap", "name")),
    (ty("core.v1.SecretVolumeSource"), Item("Secret", "secretName")),
    (ty("core.v1.SecretProjection"), Item("Secret", "name")),
];
