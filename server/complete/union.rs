//! Fields of which an object may have one only.

use crate::pod::{HOOK_HANDLERS, PROBE_HANDLERS};
use crate::schema::{ObjectType, batch, core, networking, policy};

/// Whether `a` and `b` may not stand together in an object of the type `of`.
pub(super) fn excludes(of: ObjectType, a: &str, b: &str) -> bool {
    let holds = |fields: &[&str]| fields.contains(&a) && fields.contains(&b);
    let is_source = |name: &str| name != "name" && of.field(name).is_some();
    let among = SOURCES.contains(&of) && is_source(a) && is_source(b);
    a != b && (among || ONE_OF.iter().any(|(ty, fields)| *ty == of && holds(fields)))
}

/// Types whose fields all exclude each other, the name apart.
static SOURCES: &[ObjectType] = &[core::VOLUME, core::VOLUME_PROJECTION];

#[rustfmt::skip]
static ONE_OF: &[(ObjectType, &[&str])] = &[
    (core::PROBE, PROBE_HANDLERS),
    (core::LIFECYCLE_HANDLER, HOOK_HANDLERS),
    (core::ENV_VAR, &["value", "valueFrom"]),
    (core::ENV_VAR_SOURCE, &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]),
    (core::ENV_FROM_SOURCE, &["configMapRef", "secretRef"]),
    (core::VOLUME_MOUNT, &["subPath", "subPathExpr"]),
    (core::DOWNWARD_API_VOLUME_FILE, &["fieldRef", "resourceFieldRef"]),
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &["name", "signerName"]),
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &["name", "labelSelector"]),
    (core::FC_VOLUME_SOURCE, &["targetWWNs", "wwids"]),
    (core::FLOCKER_VOLUME_SOURCE, &["datasetName", "datasetUUID"]),
    (core::POD_RESOURCE_CLAIM, &["resourceClaimName", "resourceClaimTemplateName"]),
    (core::PERSISTENT_VOLUME_CLAIM_SPEC, &["dataSource", "dataSourceRef"]),
    (core::POD_SPEC, &["nodeName", "schedulingGates"]),
    (batch::POD_FAILURE_POLICY_RULE, &["onExitCodes", "onPodConditions"]),
    (policy::POD_DISRUPTION_BUDGET_SPEC, &["minAvailable", "maxUnavailable"]),
    (networking::INGRESS_BACKEND, &["service", "resource"]),
];
