//! Volumes with a part of the node, which several rules read.

use crate::pod::Pod;
use crate::syntax::Node;

/// A path of the node that the pod can see.
pub(super) struct HostPath<'a> {
    /// The name of the volume.
    pub(super) volume: &'a str,
    /// The `hostPath` of the volume.
    pub(super) source: Node<'a>,
    pub(super) node: Node<'a>,
    /// Without a slash at its end, but for the root.
    pub(super) path: &'a str,
}

/// The paths of the node that are volumes of the pod.
pub(super) fn host_paths<'a>(pod: &Pod<'a>) -> impl Iterator<Item = HostPath<'a>> {
    pod.volumes.iter().filter_map(|volume| {
        let source = volume.node.field("hostPath")?;
        let node = source.field("path")?;
        let path = match node.as_str()?.trim_end_matches('/') {
            "" => "/",
            path => path,
        };
        Some(HostPath { volume: volume.name, source, node, path })
    })
}
