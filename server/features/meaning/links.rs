//! The target of a name in a pod: the volume of a mount, the port of a probe.

use crate::features::hover::around;
use crate::pod::{Container, Pod, Volume};
use crate::schema::ObjectType;
use crate::schema::core::{HTTP_GET_ACTION, TCP_SOCKET_ACTION, VOLUME, VOLUME_MOUNT};
use crate::syntax::Node;
use crate::text::{code, word};

/// The target of the field `name` of `owner` with this value.
pub(super) fn about(owner: ObjectType, name: &str, value: Node<'_>) -> Option<String> {
    match (owner, name) {
        (VOLUME_MOUNT | VOLUME, "name") => {
            let pod = around(value)?;
            let volume = pod.volume(value.as_str()?)?;
            Some(volume_and_mounts(&pod, volume))
        }
        (HTTP_GET_ACTION | TCP_SOCKET_ACTION, "port") => port(value),
        _ => None,
    }
}

fn volume_and_mounts(pod: &Pod<'_>, volume: &Volume<'_>) -> String {
    let kind = match volume.is_claim_template {
        true => "a claim of its own for each pod".to_owned(),
        false => match named(volume) {
            Some(name) => format!("{} {}", code(volume.source), code(name)),
            None => code(volume.source),
        },
    };
    let mounts: Vec<String> =
        pod.containers.iter().flat_map(|it| mounts(it, volume.name)).collect();
    let mounted = match mounts.is_empty() {
        true => "No container mounts it.".to_owned(),
        false => format!("Mounts:\n{}", mounts.concat()),
    };
    format!("Volume {}: {kind}. {mounted}", code(volume.name))
}

/// The name of the source of a volume.
fn named<'a>(volume: &Volume<'a>) -> Option<&'a str> {
    let source = volume.node.field(volume.source)?;
    let fields = ["name", "secretName", "claimName", "path", "driver"];
    fields.iter().find_map(|field| source.field(field)?.as_str())
}

fn mounts(container: &Container<'_>, volume: &str) -> Vec<String> {
    let own = |mount: &Node<'_>| mount.field("name").and_then(Node::as_str) == Some(volume);
    let line = |mount: Node<'_>| {
        let path = mount.field("mountPath").and_then(Node::text).unwrap_or("?");
        let read = mount.field("readOnly").and_then(Node::as_bool) == Some(true);
        let how = if read { ", read-only" } else { "" };
        format!("\n- {} at {}{how}", container.title(), code(path))
    };
    container.items("volumeMounts").filter(own).map(line).collect()
}

/// The number of a port that is named.
fn port(value: Node<'_>) -> Option<String> {
    let name = value.as_str()?;
    let pod = around(value)?;
    let own = |it: &&Container<'_>| value.ancestors().any(|node| node == it.node);
    let container = pod.containers.iter().find(own)?;
    let named = |port: &Node<'_>| port.field("name").and_then(Node::as_str) == Some(name);
    let port = container.items("ports").find(named)?;
    let number = port.field("containerPort")?.text()?;
    Some(format!("Port {} is {}", code(name), word(number)))
}
