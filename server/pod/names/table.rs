//! Which fields make names, and which speak of them.

use crate::pod::names::NameKind;
use crate::schema::ObjectType;

/// What the text of a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It makes a thing of this kind.
    Makes(NameKind),
    /// It speaks of one.
    Of(NameKind),
    /// It speaks of an object of this kind.
    Object(&'static str),
    /// It speaks of an object whose kind stands in the field `kind` beside it.
    ObjectOfKind,
    /// It is a key of an object of this kind, whose name stands in the field `name` beside it.
    Key(&'static str),
    /// It is a key of the object that the field around `items` names: its kind, and the field.
    Item(&'static str, &'static str),
}

use Meaning::{Item, Key, Makes, Object, ObjectOfKind, Of};
use NameKind::{Container, Port, PortNumber, ResourceClaim, Variable, Volume};

const fn ty(name: &str) -> ObjectType {
    ObjectType::named(name)
}

/// By the type that has the field.
static FIELDS: &[(ObjectType, &[(&str, Meaning)])] = &[
    (ty("core.v1.Volume"), &[("name", Makes(Volume))]),
    (ty("core.v1.VolumeMount"), &[("name", Of(Volume))]),
    (ty("core.v1.VolumeDevice"), &[("name", Of(Volume))]),
    (ty("core.v1.FileKeySelector"), &[("volumeName", Of(Volume))]),
    (ty("core.v1.Container"), &[("name", Makes(Container))]),
    (
        ty("core.v1.EphemeralContainer"),
        &[("name", Makes(Container)), ("targetContainerName", Of(Container))],
    ),
    (ty("core.v1.ResourceFieldSelector"), &[("containerName", Of(Container))]),
    (ty("batch.v1.PodFailurePolicyOnExitCodesRequirement"), &[("containerName", Of(Container))]),
    (ty("core.v1.ContainerPort"), &[("name", Makes(Port)), ("containerPort", Makes(PortNumber))]),
    (ty("core.v1.HTTPGetAction"), &[("port", Of(Port))]),
    (ty("core.v1.TCPSocketAction"), &[("port", Of(Port))]),
    (ty("core.v1.GRPCAction"), &[("port", Of(Port))]),
    (ty("core.v1.EnvVar"), &[("name", Makes(Variable))]),
    (ty("core.v1.PodResourceClaim"), &[("name", Makes(ResourceClaim))]),
    (ty("core.v1.ResourceClaim"), &[("name", Of(ResourceClaim))]),
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
pub(super) fn meaning(
    ty: ObjectType,
    name: &str,
    held_by: &str,
    outer: Option<ObjectType>,
) -> Option<Meaning> {
    if ty == KEY_TO_PATH && name == "key" {
        let (_, meaning) = ITEMS.iter().find(|(of, _)| Some(*of) == outer)?;
        return Some(*meaning);
    }
    if ty == LOCAL_REFERENCE && name == "name" {
        return (held_by == "imagePullSecrets").then_some(Object("Secret"));
    }
    let (_, fields) = FIELDS.iter().find(|(of, _)| *of == ty)?;
    fields.iter().find(|(of, _)| *of == name).map(|(_, meaning)| *meaning)
}

const KEY_TO_PATH: ObjectType = ty("core.v1.KeyToPath");
const LOCAL_REFERENCE: ObjectType = ty("core.v1.LocalObjectReference");

static ITEMS: &[(ObjectType, Meaning)] = &[
    (ty("core.v1.ConfigMapVolumeSource"), Item("ConfigMap", "name")),
    (ty("core.v1.ConfigMapProjection"), Item("ConfigMap", "name")),
    (ty("core.v1.SecretVolumeSource"), Item("Secret", "secretName")),
    (ty("core.v1.SecretProjection"), Item("Secret", "name")),
];
