//! The resources that a container can refer to.

use crate::pod::Object;
use crate::schema::core::DOWNWARD_API_VOLUME_FILE;

pub(super) const RESOURCES: [&str; 6] = [
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
];

/// Whether a container can refer to it.
pub(super) fn is_known(resource: &str) -> bool {
    RESOURCES.contains(&resource)
        || resource.starts_with("limits.hugepages-")
        || resource.starts_with("requests.hugepages-")
}

/// Whether the API server checks the resource: in a volume it first requires the name of the
/// container.
pub(super) fn is_resource_validated(selector: &Object<'_>) -> bool {
    let file = selector.within(DOWNWARD_API_VOLUME_FILE);
    file.is_none() || !selector.text("containerName").is_empty()
}
