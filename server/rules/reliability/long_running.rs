//! Pods that run permanently, which probes and replicas assume.

use crate::pod::{Pod, Workload};
use crate::syntax::Node;

/// Whether the containers of a pod are started again whenever they end.
pub(super) fn is_long_running(pod: &Pod<'_>) -> bool {
    let policy = pod.spec.field("restartPolicy").and_then(Node::as_str);
    let batch = pod.workload.is_some_and(Workload::is_batch);
    !batch && policy.is_none_or(|policy| policy == "Always")
}
