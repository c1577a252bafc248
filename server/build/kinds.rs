//! The list of built-in kinds, and their OpenAPI definitions as the crate `k8s-openapi` knows them.

use std::any::TypeId;

use k8s_openapi::api::{
    admissionregistration, apiserverinternal, apps, authentication, authorization, autoscaling,
    batch, certificates, coordination, core, discovery, events, flowcontrol, lifecycle, networking,
    node, policy, rbac, resource, scheduling, storage, storagemigration,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration;
use k8s_openapi::{ClusterResourceScope, Resource};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

/// A kind that a manifest may have.
pub(crate) struct Kind {
    pub(crate) api_version: &'static str,
    pub(crate) kind: &'static str,
    /// The full name of its OpenAPI definition.
    pub(crate) definition: String,
    pub(crate) namespaced: bool,
}

/// All kinds with every definition that they reach.
pub(crate) struct Catalogue {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) definitions: Map<String, Value>,
}

struct Collector {
    kinds: Vec<Kind>,
    generator: SchemaGenerator,
}

impl Collector {
    fn add<T: JsonSchema + Resource<Scope: 'static>>(&mut self) {
        let _: Schema = self.generator.subschema_for::<T>();
        self.kinds.push(Kind {
            api_version: T::API_VERSION,
            kind: T::KIND,
            definition: T::schema_name().into_owned(),
            namespaced: TypeId::of::<T::Scope>() != TypeId::of::<ClusterResourceScope>(),
        });
    }
}

macro_rules! add_kinds {
    ($collector:ident: $($group:ident::$version:ident { $($kind:ident)+ })+) => {
        $($($collector.add::<$group::$version::$kind>();)+)+
    };
}

/// Reads every kind a manifest can hold. Left out are the lists (`PodList`) and what only the
/// server sends (`Status`, `APIGroup` and the like).
pub(crate) fn catalogue() -> Catalogue {
    let mut collector = Collector { kinds: Vec::new(), generator: SchemaGenerator::default() };
    add_kinds! { collector:
        admissionregistration::v1 {
            MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration
            ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
            ValidatingWebhookConfiguration
        }
        admissionregistration::v1alpha1 { MutatingAdmissionPolicy MutatingAdmissionPolicyBinding }
        admissionregistration::v1beta1 { MutatingAdmissionPolicy MutatingAdmissionPolicyBinding }
        apiextensions::v1 { CustomResourceDefinition }
        apiregistration::v1 { APIService }
        apiserverinternal::v1alpha1 { StorageVersion }
        apps::v1 { ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet }
        authentication::v1 { SelfSubjectReview TokenRequest TokenReview }
        authorization::v1 {
            LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview
            SubjectAccessReview
        }
        autoscaling::v1 { HorizontalPodAutoscaler Scale }
        autoscaling::v2 { HorizontalPodAutoscaler }
        batch::v1 { CronJob Job }
        certificates::v1 { CertificateSigningRequest ClusterTrustBundle PodCertificateRequest }
        certificates::v1beta1 { ClusterTrustBundle PodCertificateRequest }
        coordination::v1 { Lease }
        coordination::v1alpha2 { LeaseCandidate }
        coordination::v1beta1 { LeaseCandidate }
        core::v1 {
            Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node
            PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController
            ResourceQuota Secret Service ServiceAccount
        }
        discovery::v1 { EndpointSlice }
        events::v1 { Event }
        flowcontrol::v1 { FlowSchema PriorityLevelConfiguration }
        lifecycle::v1alpha1 { Eviction EvictionRequest }
        networking::v1 { IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR }
        node::v1 { RuntimeClass }
        policy::v1 { Eviction PodDisruptionBudget }
        rbac::v1 { ClusterRole ClusterRoleBinding Role RoleBinding }
        resource::v1 {
            DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourceSlice
        }
        resource::v1alpha3 { DeviceTaintRule ResourcePoolStatusRequest }
        resource::v1beta1 { DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice }
        resource::v1beta2 {
            DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate ResourceSlice
        }
        scheduling::v1 { PriorityClass }
        scheduling::v1alpha3 { CompositePodGroup PodGroup Workload }
        scheduling::v1beta1 { PodGroup Workload }
        storage::v1 {
            CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment
            VolumeAttributesClass
        }
        storagemigration::v1 { StorageVersionMigration }
        storagemigration::v1beta1 { StorageVersionMigration }
    }
    let Collector { mut kinds, mut generator } = collector;
    kinds.sort_by_key(|kind| (kind.kind, kind.api_version));
    Catalogue { kinds, definitions: generator.take_definitions(false) }
}
