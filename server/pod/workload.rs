//! The kinds that hold a pod, and where in them it is.

use crate::schema::ObjectType;
use crate::schema::apps::{DAEMON_SET, DEPLOYMENT, REPLICA_SET, STATEFUL_SET};
use crate::schema::batch::{CRON_JOB, JOB};
use crate::schema::core::{POD, POD_TEMPLATE, REPLICATION_CONTROLLER};

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
    (POD, Workload::Pod),
    (POD_TEMPLATE, Workload::PodTemplate),
    (REPLICATION_CONTROLLER, Workload::ReplicationController),
    (DEPLOYMENT, Workload::Deployment),
    (REPLICA_SET, Workload::ReplicaSet),
    (STATEFUL_SET, Workload::StatefulSet),
    (DAEMON_SET, Workload::DaemonSet),
    (JOB, Workload::Job),
    (CRON_JOB, Workload::CronJob),
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
