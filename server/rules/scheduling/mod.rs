//! Where a pod may run.

pub(super) mod deprecated_node_label;
pub(super) mod duplicate_scheduling_gate;
pub(super) mod duplicate_topology_spread;
pub(super) mod min_domains;
pub(super) mod scheduling_gate_node_name;
pub(super) mod toleration_operator;
pub(super) mod toleration_seconds;
pub(super) mod toleration_value;
pub(super) mod weight_range;
