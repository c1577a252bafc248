//! Feature gates: which fields and values a version takes with the gates as they are by default.
//!
//! The API server drops a field whose gate is off before it validates, so whatever stands in it is
//! no error. From the gate tables of Kubernetes 1.25 to 1.37.

use super::types::ObjectType;
use super::version::Version;
use crate::schema::{apps, batch, core};

/// Off in every version so far.
const NEVER: u8 = u8::MAX;

/// The first version that keeps a field, for fields that older ones know and drop.
const KEPT_FROM: &[(ObjectType, &str, u8)] = &[
    (apps::ROLLING_UPDATE_STATEFUL_SET_STRATEGY, "maxUnavailable", 37),
    (apps::STATEFUL_SET_SPEC, "ordinals", 27),
    (apps::STATEFUL_SET_SPEC, "persistentVolumeClaimRetentionPolicy", 27),
    (batch::JOB_SPEC, "backoffLimitPerIndex", 29),
    (batch::JOB_SPEC, "managedBy", 32),
    (batch::JOB_SPEC, "maxFailedIndexes", 29),
    (batch::JOB_SPEC, "podFailurePolicy", 26),
    (batch::JOB_SPEC, "podReplacementPolicy", 29),
    (batch::JOB_SPEC, "successPolicy", 31),
    (core::CONTAINER, "resizePolicy", 33),
    (core::CONTAINER, "restartPolicyRules", 35),
    (core::EMPTY_DIR_VOLUME_SOURCE, "mode", NEVER),
    (core::ENV_VAR_SOURCE, "fileKeyRef", 35),
    (core::GRPC_ACTION, "mode", NEVER),
    (core::HTTP_GET_ACTION, "protocol", NEVER),
    (core::LIFECYCLE, "stopSignal", NEVER),
    (core::LIFECYCLE_HANDLER, "sleep", 30),
    (core::PERSISTENT_VOLUME_CLAIM_SPEC, "volumeAttributesClassName", 34),
    (core::POD_AFFINITY_TERM, "matchLabelKeys", 31),
    (core::POD_AFFINITY_TERM, "mismatchLabelKeys", 31),
    (core::POD_SECURITY_CONTEXT, "seLinuxChangePolicy", 33),
    (core::POD_SECURITY_CONTEXT, "supplementalGroupsPolicy", 33),
    (core::POD_SPEC, "evictionResponders", NEVER),
    (core::POD_SPEC, "hostUsers", 33),
    (core::POD_SPEC, "hostnameOverride", 35),
    (core::POD_SPEC, "resourceClaims", 34),
    (core::POD_SPEC, "resources", 34),
    (core::POD_SPEC, "schedulingGates", 27),
    (core::POD_SPEC, "schedulingGroup", NEVER),
    (core::RESOURCE_REQUIREMENTS, "claims", 34),
    (core::SECURITY_CONTEXT, "procMount", 33),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "matchLabelKeys", 27),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "minDomains", 27),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "nodeAffinityPolicy", 26),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "nodeTaintsPolicy", 26),
    (core::VOLUME, "image", 35),
    (core::VOLUME_MOUNT, "bindMountOptions", NEVER),
    (core::VOLUME_MOUNT, "recursiveReadOnly", 31),
    (core::VOLUME_PROJECTION, "clusterTrustBundle", 37),
    (core::VOLUME_PROJECTION, "podCertificate", 37),
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
    use crate::schema::{ObjectType, Version, core, object_types};

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
        let volume = core::VOLUME;
        assert!(dropped(volume, "image", Version::new(34)));
        assert!(!dropped(volume, "image", Version::new(35)));
        assert!(!dropped(volume, "name", Version::OLDEST));
        assert!(!gate_on("TaintTolerationComparisonOperators", Version::NEWEST));
        assert!(gate_on("ReadWriteOncePod", Version::NEWEST));
    }
}
