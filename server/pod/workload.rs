//! The kinds that hold a pod, and where in them it is.

use crate::schema::ObjectType;

/// A built-in kind with a pod or a pod template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Workload {
    Pod,
    PodTemplate,
    ReplicationController,
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
}

const KINDS: [(ObjectType, Workload); 9] = [
    (ObjectType::named("core.v1.Pod"), Workload::Pod),
    (ObjectType::named("core.v1.PodTemplate"), Workload::PodTemplate),
    (ObjectType::named("core.v1.ReplicationController"), Workload::ReplicationController),
    (ObjectType::named("apps.v1.Deployment"), Workload::Deployment),
    (ObjectType::named("apps.v1.ReplicaSet"), Workload::ReplicaSet),
    (ObjectType::named("apps.v1.StatefulSet"), Workload::StatefulSet),
    (ObjectType::named("apps.v1.DaemonSet"), Workload::DaemonSet),
    (ObjectType::named("batch.v1.Job"), Workload::Job),
    (ObjectType::named("batch.v1.CronJob"), Workload::CronJob),
];

impl Workload {
    pub fn of(ty: ObjectType) -> Option<Self> {
        KINDS.iter().find(|(kind, _)| *kind == ty).map(|(_, workload)| *workload)
    }

    /// The keys from the root to the map that holds the pod's `metadata` and `spec`; none for a
    /// Pod, which holds them itself.
    pub fn template_path(self) -> &'static [&'static str] {
        match self {
            Self::Pod => &[],
            Self::PodTemplate => &["template"],
            Self::CronJob => &["spec", "jobTemplate", "spec", "template"],
            _ => &["spec", "template"],
        }
    }

    /// Whether its pods run to completion.
    pub fn is_batch(self) -> bool {
        matches!(self, Self::Job | Self::CronJob)
    }
}
