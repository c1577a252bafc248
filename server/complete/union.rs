//! Fields of which an object may have one only.

use crate::pod::{HOOK_HANDLERS, PROBE_HANDLERS};
use crate::schema::ObjectType;

const fn ty(name: &str) -> ObjectType {
    ObjectType::named(name)
}

/// Whether `a` and `b` may not stand together in an object of the type `of`.
pub(super) fn excludes(of: ObjectType, a: &str, b: &str) -> bool {
    let holds = |fields: &[&str]| fields.contains(&a) && fields.contains(&b);
    let is_source = |name: &str| name != "name" && of.field(name).is_some();
    let among = SOURCES.contains(&of) && is_source(a) && is_source(b);
    a != b && (among || ONE_OF.iter().any(|(ty, fields)| *ty == of && holds(fields)))
}

/// Types whose fields all exclude each other, the name apart.
static SOURCES: &[ObjectType] = &[ty("core.v1.Volume"), ty("core.v1.VolumeProjection")];

#[rustfmt::skip]
static ONE_OF: &[(ObjectType, &[&str])] = &[
    (ty("core.v1.Probe"), PROBE_HANDLERS),
    (ty("core.v1.LifecycleHandler"), HOOK_HANDLERS),
    (ty("core.v1.EnvVar"), &["value", "valueFrom"]),
    (ty("core.v1.EnvVarSource"), &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]),
    (ty("core.v1.EnvFromSource"), &["configMapRef", "secretRef"]),
    (ty("core.v1.VolumeMount"), &["subPath", "subPathExpr"]),
    (ty("core.v1.DownwardAPIVolumeFile"), &["fieldRef", "resourceFieldRef"]),
    (ty("core.v1.ClusterTrustBundleProjection"), &["name", "signerName"]),
    (ty("core.v1.ClusterTrustBundleProjection"), &["name", "labelSelector"]),
    (ty("core.v1.FCVolumeSource"), &["targetWWNs", "wwids"]),
    (ty("core.v1.FlockerVolumeSource"), &["datasetName", "datasetUUID"]),
    (ty("core.v1.PodResourceClaim"), &["resourceClaimName", "resourceClaimTemplateName"]),
    (ty("core.v1.PersistentVolumeClaimSpec"), &["dataSource", "dataSourceRef"]),
    (ty("core.v1.PodSpec"), &["nodeName", "schedulingGates"]),
    (ty("batch.v1.PodFailurePolicyRule"), &["onExitCodes", "onPodConditions"]),
    (ty("policy.v1.PodDisruptionBudgetSpec"), &["minAvailable", "maxUnavailable"]),
    (ty("networking.v1.IngressBackend"), &["service", "resource"]),
];
