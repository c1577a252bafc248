//! Skeletons: a container, a sidecar, a probe, a volume with its source, a variable.
//!
//! They are data: the type of the place, for containers the list, a label, and lines as a snippet.

use crate::complete::{CompletionCx, Item, ItemKind};
use crate::schema::ObjectType;

struct Skeleton {
    ty: ObjectType,
    /// The field it belongs to, when the type alone does not tell.
    field: &'static str,
    label: &'static str,
    detail: &'static str,
    /// Two blanks stand for one level.
    lines: &'static [&'static str],
}

const CONTAINER: ObjectType = ObjectType::named("core.v1.Container");
const PROBE: ObjectType = ObjectType::named("core.v1.Probe");
const VOLUME: ObjectType = ObjectType::named("core.v1.Volume");
const ENV: ObjectType = ObjectType::named("core.v1.EnvVar");
const MOUNT: ObjectType = ObjectType::named("core.v1.VolumeMount");
const PORT: ObjectType = ObjectType::named("core.v1.ContainerPort");

const fn skeleton(
    ty: ObjectType,
    field: &'static str,
    label: &'static str,
    detail: &'static str,
    lines: &'static [&'static str],
) -> Skeleton {
    Skeleton { ty, field, label, detail, lines }
}

#[rustfmt::skip]
static SKELETONS: &[Skeleton] = &[
    skeleton(CONTAINER, "containers", "container", "a container", &["name: ${1:app}", "image: ${2:image}"]),
    skeleton(CONTAINER, "containers", "container with resources", "a container with requests and a memory limit", &["name: ${1:app}", "image: ${2:image}", "resources:", "  requests:", "    cpu: ${3:100m}", "    memory: ${4:128Mi}", "  limits:", "    memory: ${4:128Mi}"]),
    skeleton(CONTAINER, "initContainers", "init container", "runs to its end before the app", &["name: ${1:init}", "image: ${2:busybox:1.38.0}", "command: [sh, -c, \"${3:echo ready}\"]"]),
    skeleton(CONTAINER, "initContainers", "native sidecar", "starts before the app and keeps running", &["name: ${1:sidecar}", "image: ${2:image}", "restartPolicy: Always"]),
    skeleton(PROBE, "", "httpGet probe", "asks over HTTP", &["httpGet:", "  path: ${1:/healthz}", "  port: ${2:8080}"]),
    skeleton(PROBE, "", "tcpSocket probe", "opens a connection", &["tcpSocket:", "  port: ${1:8080}"]),
    skeleton(PROBE, "", "exec probe", "runs a command", &["exec:", "  command: [${1:cat, /tmp/healthy}]"]),
    skeleton(PROBE, "", "grpc probe", "asks over gRPC", &["grpc:", "  port: ${1:9090}"]),
    skeleton(VOLUME, "", "emptyDir volume", "shared by the containers, gone with the pod", &["name: ${1:shared}", "emptyDir: {}"]),
    skeleton(VOLUME, "", "configMap volume", "files from a ConfigMap", &["name: ${1:config}", "configMap:", "  name: ${2:config}"]),
    skeleton(VOLUME, "", "secret volume", "files from a Secret", &["name: ${1:secret}", "secret:", "  secretName: ${2:secret}"]),
    skeleton(VOLUME, "", "persistentVolumeClaim volume", "a disk that stays", &["name: ${1:data}", "persistentVolumeClaim:", "  claimName: ${2:data}"]),
    skeleton(VOLUME, "", "projected volume", "several sources in one folder", &["name: ${1:all}", "projected:", "  sources:", "  - configMap:", "      name: ${2:config}"]),
    skeleton(VOLUME, "", "hostPath volume", "a path of the node", &["name: ${1:host}", "hostPath:", "  path: ${2:/var/log}", "  type: ${3:Directory}"]),
    skeleton(ENV, "", "variable", "a value", &["name: ${1:NAME}", "value: \"${2:value}\""]),
    skeleton(ENV, "", "variable from a Secret", "secretKeyRef", &["name: ${1:NAME}", "valueFrom:", "  secretKeyRef:", "    name: ${2:secret}", "    key: ${3:key}"]),
    skeleton(ENV, "", "variable from a ConfigMap", "configMapKeyRef", &["name: ${1:NAME}", "valueFrom:", "  configMapKeyRef:", "    name: ${2:config}", "    key: ${3:key}"]),
    skeleton(ENV, "", "variable from a field", "fieldRef", &["name: ${1:POD_NAME}", "valueFrom:", "  fieldRef:", "    fieldPath: ${2:metadata.name}"]),
    skeleton(ENV, "", "variable from a resource", "resourceFieldRef", &["name: ${1:MEMORY}", "valueFrom:", "  resourceFieldRef:", "    resource: ${2:limits.memory}"]),
    skeleton(MOUNT, "", "mount", "a volume at a path", &["name: ${1:volume}", "mountPath: ${2:/data}"]),
    skeleton(PORT, "", "port", "a port with a name", &["name: ${1:http}", "containerPort: ${2:8080}"]),
];

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.in_brackets() || cx.cursor.has_colon || cx.cursor.is_quoted() {
        return;
    }
    let (place, dash) = match cx.starts_list() {
        Some(list) => (Some(list), "- "),
        // A key with siblings is in a map that is there: a skeleton would repeat its keys.
        None => (cx.expected.filter(|_| cx.starts_map()), ""),
    };
    let Some(place) = place else { return };
    let ty = place.ty.item().unwrap_or(place.ty).object();
    let field = place.field.map_or("", |(_, field)| field.name());
    let fits = |it: &&Skeleton| Some(it.ty) == ty && (it.field.is_empty() || it.field == field);
    for (order, skeleton) in SKELETONS.iter().filter(fits).enumerate() {
        items.push(Item {
            detail: skeleton.detail.to_owned(),
            sort: format!(" {order:02}"),
            ..cx.item(skeleton.label, ItemKind::Skeleton, text(cx, skeleton, dash))
        });
    }
}

/// The lines with the neighbours' indentation.
fn text(cx: &CompletionCx<'_>, skeleton: &Skeleton, dash: &str) -> String {
    let lines = skeleton.lines.iter().enumerate().map(|(number, line)| {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let pad = format!("{}{}", cx.pad(depth), " ".repeat(dash.len()));
        let lead = if number == 0 { dash } else { &pad };
        format!("{lead}{}", line.trim_start())
    });
    lines.collect::<Vec<_>>().join("\n")
}
