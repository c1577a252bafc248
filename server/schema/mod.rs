//! What Kubernetes' types say: kinds, fields, docs, versions. Plain data, made by `build.rs`.
//!
//! Everything here is a lookup in one static table: nothing is parsed when podls starts, nothing
//! is allocated, and every handle is a small number.
//!
//! A fact about a type or a field is a row in `schema/data/`; code here only looks rows up. It is called by all folders above
//! but `syntax`; it must not know documents.

mod gates;
mod groups;
mod kinds;
mod pod_security;
mod profile;
mod table;
mod types;
mod version;

pub use gates::{GATED, dropped, gate_on, kept_from};
pub use groups::*;
pub use kinds::{Kind, Removed, Retired, all_retired, kind, kinds, removed, retired};
pub use pod_security::PodSecurity;
pub use profile::{Profile, Profiles};
pub use types::{EnumValue, Field, ItemType, ListKind, ObjectType, Type};
pub use version::Version;

/// The type with this name, such as `core.v1.Container`. The names that the code knows are constants:
/// `core::CONTAINER`.
pub fn object_type(name: &str) -> Option<ObjectType> {
    ObjectType::find(name)
}

/// All object types, sorted by name.
pub fn object_types() -> impl ExactSizeIterator<Item = ObjectType> {
    (0..types::TYPE_COUNT as u16).map(ObjectType::at)
}

/// Whether a field of this name is a list, whatever type has it.
pub fn is_list_field(name: &str) -> bool {
    table::LIST_FIELDS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{
        Field, ListKind, ObjectType, Type, Version, is_list_field, kind, kinds, object_type,
        object_types, removed, retired,
    };
    use crate::schema::core::CONTAINER;

    fn field(path: &str) -> Field {
        let (ty, name) = path.rsplit_once('.').unwrap();
        object_type(ty).unwrap().field(name).unwrap()
    }

    #[test]
    fn list_fields() {
        assert!(is_list_field("initContainers") && is_list_field("env"));
        assert!(!is_list_field("spec") && !is_list_field("labels"));
        for field in object_types().flat_map(|ty| ty.fields()) {
            assert!(!is_list_field(field.name()) || matches!(field.ty(), Type::List(_)));
        }
    }

    #[test]
    fn every_kind_is_found_and_has_an_envelope() {
        for known in kinds() {
            assert_eq!(kind(known.api_version, known.kind), Some(known.ty));
            for name in ["apiVersion", "kind", "metadata"] {
                assert!(known.ty.field(name).is_some(), "{known:?} has no {name}");
            }
        }
        assert_eq!(kinds().len(), 103);
        for (api_version, name) in [("v1", "pod"), ("apps/v1", "Pod"), ("v1", ""), ("", "Pod")] {
            assert_eq!(kind(api_version, name), None);
        }
        assert!(kinds().any(|known| known.kind == "Pod" && known.namespaced));
        assert!(kinds().any(|known| known.kind == "Node" && !known.namespaced));
    }

    #[test]
    fn every_type_and_field_is_found_by_name() {
        for (index, ty) in object_types().enumerate() {
            assert_eq!((ty.index(), object_type(ty.name())), (index, Some(ty)));
            for field in ty.fields() {
                assert_eq!(ty.field(field.name()), Some(field), "{ty:?}.{field:?}");
                assert!((Version::OLDEST..=Version::NEWEST).contains(&field.since()));
            }
            assert_eq!(ty.fields_as_written().count(), ty.fields().len());
            assert_eq!(ty.field("no such field"), None);
        }
        assert_eq!(object_type("core.v1.Zebra"), None);
        assert_eq!(CONTAINER.name(), "core.v1.Container");
    }

    #[test]
    fn fields_say_what_openapi_says() {
        let image = field("core.v1.Container.image");
        assert_eq!((image.ty(), image.required()), (Type::String, false));
        assert!(image.doc().starts_with("Container image name."));
        assert!(field("core.v1.Container.name").required());
        let containers = field("core.v1.PodSpec.containers");
        assert_eq!(containers.ty().item(), Some(Type::Object(CONTAINER)));
        assert_eq!(containers.ty().to_string(), "list of core.v1.Container");
        let extra = field("authorization.v1.SubjectAccessReviewSpec.extra").ty();
        assert_eq!(extra.to_string(), "map of list of string");
        assert_eq!(field("core.v1.Secret.data").ty().item(), Some(Type::Bytes));
    }

    #[test]
    fn fields_as_written_start_with_what_people_write_first() {
        let names =
            |ty: ObjectType| -> Vec<_> { ty.fields_as_written().map(Field::name).collect() };
        let pod = kind("v1", "Pod").unwrap();
        assert_eq!(names(pod), ["apiVersion", "kind", "metadata", "spec", "status"]);
        let port = object_type("core.v1.ContainerPort").unwrap();
        assert_eq!(names(port), ["name", "containerPort", "hostIP", "hostPort", "protocol"]);
    }

    #[test]
    fn facts_are_on_their_fields() {
        let policy = field("core.v1.Container.imagePullPolicy");
        let values: Vec<_> = policy.values().map(|value| value.value).collect();
        assert_eq!(values, ["Always", "IfNotPresent", "Never"]);
        assert!(policy.strict() && policy.default_value().is_none());
        assert!(policy.default().unwrap().starts_with("Always when the tag is latest"));
        let grace = field("core.v1.PodSpec.terminationGracePeriodSeconds");
        assert_eq!((grace.default(), grace.default_value()), (Some("30"), Some("30")));
        assert_eq!(field("core.v1.PodSpec.resourceClaims").since(), Version::new(26));
        assert_eq!(field("core.v1.SleepAction.seconds").since(), Version::new(29));
        assert_eq!(field("core.v1.Pod.spec").since(), Version::OLDEST);
        let storage = field("core.v1.VolumeResourceRequirements.requests");
        assert_eq!(storage.since(), Version::OLDEST);
        let ports = field("core.v1.Container.ports");
        assert_eq!(ports.list_kind(), Some(ListKind::Map));
        assert!(ports.merge_keys().eq(["containerPort", "protocol"]));
        assert_eq!(field("core.v1.Container.image").merge_keys().count(), 0);
        let recreate = field("apps.v1.StatefulSetUpdateStrategy.type").values().last().unwrap();
        assert_eq!(recreate.gate, Some("StatefulSetRecreateStrategy"));
        assert_eq!(recreate.since, Version::NEWEST);
    }

    #[test]
    fn facts_agree_with_each_other() {
        for field in object_types().flat_map(ObjectType::fields) {
            let known = |text: &str| field.values().any(|value| value.value == text);
            if let Some(default) = field.default_value().filter(|_| field.strict()) {
                assert!(known(default), "{field:?}: `{default}` is none of its values");
            }
            let placeholder = field.values().any(|value| value.value.contains('<'));
            assert!(!(field.strict() && placeholder), "{field:?}: nobody can write that");
            for value in field.values() {
                assert!(value.since >= field.since(), "{field:?}: {value:?} is older than it");
                assert!(!value.meaning.is_empty() && !value.meaning.ends_with('.'), "{value:?}");
            }
        }
    }

    #[test]
    fn knows_what_became_of_old_versions() {
        let cron_job = removed("batch/v1beta1", "CronJob").unwrap();
        assert_eq!(
            (cron_job.removed_in, cron_job.replacement),
            (Version::new(25), Some("batch/v1"))
        );
        assert_eq!(removed("extensions/v1beta1", "Deployment").unwrap().removed_in.minor(), 16);
        let policy = retired("policy/v1beta1", "PodSecurityPolicy").unwrap();
        assert!(policy.replacement.is_none() && policy.changes.is_some());
        let endpoints = retired("v1", "Endpoints").unwrap();
        assert_eq!(endpoints.replacement_kind, Some("EndpointSlice"));
        assert_eq!(removed("v1", "Endpoints"), None);
        assert_eq!(removed("apps/v1", "Deployment"), None);
        let spec = object_type("core.v1.PodSpec").unwrap();
        let workload = spec.removed_field("workloadRef");
        assert_eq!(workload, Some((Version::new(35), Version::new(36))));
        assert_eq!(spec.removed_field("containers"), None);
    }
}
