//! Where the API server stops before it has looked at everything.
//!
//! Of what only one may be there it keeps the first, and refuses the others without looking into
//! them. From the order of its validation.

use crate::pod::object::Object;
use crate::schema::Version;
use crate::schema::core::{LIFECYCLE_HANDLER, POD_SPEC, PROBE, VOLUME};

/// The sources of volumes, in the order in which the server looks for them.
pub const VOLUME_SOURCES: [&str; 30] = [
    "emptyDir",
    "hostPath",
    "gitRepo",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "secret",
    "nfs",
    "iscsi",
    "glusterfs",
    "flocker",
    "persistentVolumeClaim",
    "rbd",
    "cinder",
    "cephfs",
    "quobyte",
    "downwardAPI",
    "fc",
    "flexVolume",
    "configMap",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "storageos",
    "projected",
    "scaleIO",
    "csi",
    "ephemeral",
    "image",
];

/// What probes can do, in the order of the server.
pub const PROBE_HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc"];

/// The same for the hooks of a container's life.
pub const HOOK_HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "sleep"];

/// Whether the server does not look into what `field` of `outer` holds: it keeps something else there,
/// or already misses the name servers that a pod without a DNS policy needs.
pub(super) fn is_skipped_by_server(outer: &Object<'_>, field: &str, version: Version) -> bool {
    let order: &[&str] = match outer.ty {
        // Most volumes have a name and a source.
        VOLUME if outer.fields.len() > 2 => &VOLUME_SOURCES,
        PROBE => PROBE_HANDLERS,
        LIFECYCLE_HANDLER => HOOK_HANDLERS,
        POD_SPEC if field == "dnsConfig" => {
            return outer.text("dnsPolicy") == "None" && no_servers(outer);
        }
        _ => return false,
    };
    let kept = |name: &&str| outer.field(name).is_some() && !outer.is_dropped(name, version);
    order.iter().take_while(|name| **name != field).any(kept)
}

fn no_servers(pod: &Object<'_>) -> bool {
    let servers = pod.field("dnsConfig").and_then(|config| config.field("nameservers"));
    servers.is_none_or(|list| list.is_seq() && list.items().next().is_none())
}
