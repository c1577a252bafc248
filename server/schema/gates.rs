//! Feature gates: which fields and values a version takes with the gates as they are by default.
//!
//! The API server drops a field whose gate is off before it validates, so whatever stands in it is
//! no error. From the gate tables of Kubernetes 1.25 to 1.37.

use super::types::ObjectType;
use super::version::Version;

/// Off in every version so far.
const NEVER: u8 = u8::MAX;

/// The first version that keeps a field, for fields that older ones know and drop.
const KEPT_FROM: &[(ObjectType, &str, u8)] = &[
    (ObjectType::named("apps.v1.RollingUpdateStatefulSetStrategy"), "maxUnavailable", 37),
    (ObjectType::named("apps.v1.StatefulSetSpec"), "ordinals", 27),
    (ObjectType::named("apps.v1.StatefulSetSpec"), "persistentVolumeClaimRetentionPolicy", 27),
    (ObjectType::named("batch.v1.JobSpec"), "backoffLimitPerIndex", 29),
    (ObjectType::named("batch.v1.JobSpec"), "managedBy", 32),
    (ObjectType::named("batch.v1.JobSpec"), "maxFailedIndexes", 29),
    (ObjectType::named("batch.v1.JobSpec"), "podFailurePolicy", 26),
    (ObjectType::named("batch.v1.JobSpec"), "podReplacementPolicy", 29),
    (ObjectType::named("batch.v1.JobSpec"), "successPolicy", 31),
    (ObjectType::named("core.v1.Container"), "resizePolicy", 33),
    (ObjectType::named("core.v1.Container"), "restartPolicyRules", 35),
    (ObjectType::named("core.v1.EmptyDirVolumeSource"), "mode", NEVER),
    (ObjectType::named("core.v1.EnvVarSource"), "fileKeyRef", 35),
    (ObjectType::named("core.v1.GRPCAction"), "mode", NEVER),
    (ObjectType::named("core.v1.HTTPGetAction"), "protocol", NEVER),
    (ObjectType::named("core.v1.Lifecycle"), "stopSignal", NEVER),
    (ObjectType::named("core.v1.LifecycleHandler"), "sleep", 30),
    (ObjectType::named("core.v1.PersistentVolumeClaimSpec"), "volumeAttributesClassName", 34),
    (ObjectType::named("core.v1.PodAffinityTerm"), "matchLabelKeys", 31),
    (ObjectType::named("core.v1.PodAffinityTerm"), "mismatchLabelKeys", 31),
    (ObjectType::named("core.v1.PodSecurityContext"), "seLinuxChangePolicy", 33),
    (ObjectType::named("core.v1.PodSecurityContext"), "supplementalGroupsPolicy", 33),
    (ObjectType::named("core.v1.PodSpec"), "evictionResponders", NEVER),
    (ObjectType::named("core.v1.PodSpec"), "hostUsers", 33),
    (ObjectType::named("core.v1.PodSpec"), "hostnameOverride", 35),
    (ObjectType::named("core.v1.PodSpec"), "resourceClaims", 34),
    (ObjectType::named("core.v1.PodSpec"), "resources", 34),
    (ObjectType::named("core.v1.PodSpec"), "schedulingGates", 27),
    (ObjectType::named("core.v1.PodSpec"), "schedulingGroup", NEVER),
    (ObjectType::named("core.v1.ResourceRequirements"), "claims", 34),
    (ObjectType::named("core.v1.SecurityContext"), "procMount", 33),
    (ObjectType::named("core.v1.TopologySpreadConstraint"), "matchLabelKeys", 27),
    (ObjectType::named("core.v1.TopologySpreadConstraint"), "minDomains", 27),
    (ObjectType::named("core.v1.TopologySpreadConstraint"), "nodeAffinityPolicy", 26),
    (ObjectType::named("core.v1.TopologySpreadConstraint"), "nodeTaintsPolicy", 26),
    (ObjectType::named("core.v1.Volume"), "image", 35),
    (ObjectType::named("core.v1.VolumeMount"), "bindMountOptions", NEVER),
    (ObjectType::named("core.v1.VolumeMount"), "recursiveReadOnly", 31),
    (ObjectType::named("core.v1.VolumeProjection"), "clusterTrustBundle", 37),
    (ObjectType::named("core.v1.VolumeProjection"), "podCertificate", 37),
];

/// The first version that takes a value, by the gate it needs. Gates that are not here are on
/// wherever the field of the value is kept.
const ON_FROM: &[(&str, u8)] = &[
    ("JobBackoffLimitPerIndex", 29),
    ("ReadWriteOncePod", 27),
    ("RestartAllContainersOnContainerExits", 36),
    ("SELinuxChangePolicy + SELinuxMount", 37),
    ("StatefulSetRecreateStrategy", NEVER),
    ("TaintTolerationComparisonOperators", NEVER),
];

/// The types that have such fields.
pub static GATED: [ObjectType; gated_count()] = gated();

const fn gated_count() -> usize {
    let (mut count, mut at) = (1, 1);
    while at < KEPT_FROM.len() {
        if KEPT_FROM[at].0.index() != KEPT_FROM[at - 1].0.index() {
            count += 1;
        }
        at += 1;
    }
    count
}

const fn gated() -> [ObjectType; gated_count()] {
    let mut found = [KEPT_FROM[0].0; gated_count()];
    let (mut count, mut at) = (1, 1);
    while at < KEPT_FROM.len() {
        if KEPT_FROM[at].0.index() != KEPT_FROM[at - 1].0.index() {
            found[count] = KEPT_FROM[at].0;
            count += 1;
        }
        at += 1;
    }
    found
}

/// Whether the API server of `version` drops this field, with the gates as they are by default.
pub fn dropped(ty: ObjectType, field: &str, version: Version) -> bool {
    match kept_from(ty, field) {
        None => false,
        Some(from) => from.is_none_or(|from| version < from),
    }
}

/// From which version on the API server keeps a field by default, if it did not always do so: the inner
/// `None` when it does not yet.
pub fn kept_from(ty: ObjectType, field: &str) -> Option<Option<Version>> {
    let row = KEPT_FROM.iter().find(|row| row.0 == ty && row.1 == field)?;
    Some((row.2 != NEVER).then(|| Version::new(row.2)))
}

/// Whether the gate is on by default in `version`, as far as values depend on it.
pub fn gate_on(gate: &str, version: Version) -> bool {
    let row = ON_FROM.iter().find(|row| row.0 == gate);
    row.is_none_or(|row| version.minor() >= row.1)
}

#[cfg(test)]
mod tests {
    use super::{KEPT_FROM, NEVER, ON_FROM, dropped, gate_on};
    use crate::schema::{ObjectType, Version, object_types};

    #[test]
    fn names_what_exists() {
        for (ty, name, from) in KEPT_FROM {
            let field = ty.field(name).unwrap();
            let later = *from == NEVER || Version::new(*from) > field.since();
            assert!(later, "{ty:?}.{name} is known from {} on", field.since());
        }
        let known: Vec<_> = object_types()
            .flat_map(ObjectType::fields)
            .flat_map(|field| field.values().filter_map(|value| value.gate))
            .collect();
        for (gate, _) in ON_FROM {
            assert!(known.contains(gate), "no value needs {gate}");
        }
    }

    #[test]
    fn depends_on_the_version() {
        let volume = ObjectType::named("core.v1.Volume");
        assert!(dropped(volume, "image", Version::new(34)));
        assert!(!dropped(volume, "image", Version::new(35)));
        assert!(!dropped(volume, "name", Version::OLDEST));
        assert!(!gate_on("TaintTolerationComparisonOperators", Version::NEWEST));
        assert!(gate_on("ReadWriteOncePod", Version::NEWEST));
    }
}
