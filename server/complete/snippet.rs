//! Snippets: a container, a sidecar, a probe, a volume with its source, a variable.
//!
//! They are data: the type of the place, for containers the list, a label, and lines as a snippet.

use std::iter::Peekable;

use crate::complete::{CompletionCx, Item, ItemKind, free};
use crate::pod::Container;
use crate::schema::{ObjectType, Type, core};

struct Snippet {
    ty: ObjectType,
    /// The field it belongs to, when the type alone does not tell.
    field: &'static str,
    label: &'static str,
    detail: &'static str,
    /// Two blanks stand for one level.
    lines: &'static [&'static str],
}

const fn snippet(
    ty: ObjectType,
    field: &'static str,
    label: &'static str,
    detail: &'static str,
    lines: &'static [&'static str],
) -> Snippet {
    Snippet { ty, field, label, detail, lines }
}

#[rustfmt::skip]
static SNIPPETS: &[Snippet] = &[
    snippet(core::CONTAINER, "containers", "container", "a container", &["name: ${1:app}", "image: ${2:image}"]),
    snippet(core::CONTAINER, "containers", "container with resources", "a container with requests and a memory limit", &["name: ${1:app}", "image: ${2:image}", "resources:", "  requests:", "    cpu: ${3:100m}", "    memory: ${4:128Mi}", "  limits:", "    memory: ${4:128Mi}"]),
    snippet(core::CONTAINER, "initContainers", "init container", "runs to its end before the app", &["name: ${1:init}", "image: ${2:busybox:1.38.0}", "command: [sh, -c, \"${3:echo ready}\"]"]),
    snippet(core::CONTAINER, "initContainers", "native sidecar", "starts before the app and keeps running", &["name: ${1:sidecar}", "image: ${2:image}", "restartPolicy: Always"]),
    snippet(core::EPHEMERAL_CONTAINER, "", "ephemeral container", "for a look into a running pod", &["name: ${1:debug}", "image: ${2:busybox:1.38.0}", "targetContainerName: ${3:app}", "stdin: true", "tty: true"]),
    snippet(core::PROBE, "", "httpGet probe", "HTTP request", &["httpGet:", "  path: ${1:/healthz}", "  port: ${2:8080}"]),
    snippet(core::PROBE, "", "tcpSocket probe", "opens a connection", &["tcpSocket:", "  port: ${1:8080}"]),
    snippet(core::PROBE, "", "exec probe", "runs a command", &["exec:", "  command: [${1:cat, /tmp/healthy}]"]),
    snippet(core::PROBE, "", "grpc probe", "gRPC health check", &["grpc:", "  port: ${1:9090}"]),
    snippet(core::VOLUME, "", "emptyDir volume", "shared by the containers, deleted with the pod", &["name: ${1:shared}", "emptyDir: {}"]),
    snippet(core::VOLUME, "", "configMap volume", "files from a ConfigMap", &["name: ${1:config}", "configMap:", "  name: ${2:config}"]),
    snippet(core::VOLUME, "", "secret volume", "files from a Secret", &["name: ${1:secret}", "secret:", "  secretName: ${2:secret}"]),
    snippet(core::VOLUME, "", "persistentVolumeClaim volume", "persistent disk", &["name: ${1:data}", "persistentVolumeClaim:", "  claimName: ${2:data}"]),
    snippet(core::VOLUME, "", "projected volume", "several sources in one folder", &["name: ${1:all}", "projected:", "  sources:", "  - configMap:", "      name: ${2:config}"]),
    snippet(core::VOLUME, "", "hostPath volume", "a path of the node", &["name: ${1:host}", "hostPath:", "  path: ${2:/var/log}", "  type: ${3:Directory}"]),
    snippet(core::ENV_VAR, "", "variable", "a value", &["name: ${1:NAME}", "value: \"${2:value}\""]),
    snippet(core::ENV_VAR, "", "variable from a Secret", "secretKeyRef", &["name: ${1:NAME}", "valueFrom:", "  secretKeyRef:", "    name: ${2:secret}", "    key: ${3:key}"]),
    snippet(core::ENV_VAR, "", "variable from a ConfigMap", "configMapKeyRef", &["name: ${1:NAME}", "valueFrom:", "  configMapKeyRef:", "    name: ${2:config}", "    key: ${3:key}"]),
    snippet(core::ENV_VAR, "", "variable from a field", "fieldRef", &["name: ${1:POD_NAME}", "valueFrom:", "  fieldRef:", "    fieldPath: ${2:metadata.name}"]),
    snippet(core::ENV_VAR, "", "variable from a resource", "resourceFieldRef", &["name: ${1:MEMORY}", "valueFrom:", "  resourceFieldRef:", "    resource: ${2:limits.memory}"]),
    snippet(core::VOLUME_MOUNT, "", "mount", "a volume at a path", &["name: ${1:volume}", "mountPath: ${2:/data}"]),
    snippet(core::CONTAINER_PORT, "", "port", "a port with a name", &["name: ${1:http}", "containerPort: ${2:8080}"]),
];

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.cursor.has_colon || cx.cursor.is_quoted() {
        return;
    }
    // A key with siblings is in a map that is there: a skeleton would repeat its keys.
    let starts = if cx.in_brackets() { starts_item(cx) } else { cx.starts_map() };
    let Some(place) = cx.expected.filter(|_| starts) else { return };
    let ty = place.ty.item().unwrap_or(place.ty).object();
    let field = place.field.map_or("", |(_, field)| field.name());
    let fits = |it: &&Snippet| Some(it.ty) == ty && (it.field.is_empty() || it.field == field);
    for (order, snippet) in SNIPPETS.iter().filter(fits).enumerate() {
        let Some(text) = text(cx, snippet) else { continue };
        items.push(Item {
            detail: snippet.detail.to_owned(),
            sort: format!(" {order:02}"),
            ..cx.item(snippet.label, ItemKind::Snippet, text)
        });
    }
}

/// Whether an item of a list in brackets, or a value in braces, may start at the cursor.
fn starts_item(cx: &CompletionCx<'_>) -> bool {
    !cx.node.is_key() && matches!(cx.ty(), Some(Type::Object(_)))
}

/// The lines with the neighbours' indentation; in brackets on one line.
fn text(cx: &CompletionCx<'_>, snippet: &Snippet) -> Option<String> {
    let with_volume;
    if snippet.ty == core::VOLUME_MOUNT
        && let Some(name) = unmounted(cx).filter(|name| !name.contains(['$', '}', '\\']))
    {
        let free = free::with_free_words(cx, &["mountPath: ${2:/data}"]);
        with_volume = [format!("name: ${{1:{name}}}"), free.concat()];
        return lay_out(cx, &with_volume.each_ref().map(String::as_str));
    }
    let free = free::with_free_words(cx, snippet.lines);
    lay_out(cx, &free.iter().map(String::as_str).collect::<Vec<_>>())
}

fn lay_out(cx: &CompletionCx<'_>, lines: &[&str]) -> Option<String> {
    if cx.in_brackets() {
        let (mut lines, quoted) =
            (lines.iter().copied().peekable(), cx.neighbours_are_quoted(true));
        let style = Flow { quoted_keys: quoted, quoted_values: cx.strings_are_quoted() };
        return style.map(&mut lines, 0);
    }
    let lines = lines.iter().enumerate().map(|(number, line)| {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let pad = if number == 0 { String::new() } else { cx.pad(depth) };
        format!("{pad}{}", line.trim_start())
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The first volume of the pod that the container does not mount yet.
fn unmounted(cx: &CompletionCx<'_>) -> Option<String> {
    let pod = super::reference::pod_around(cx.node)?;
    let own = |it: &&Container<'_>| cx.node.ancestors().any(|node| node == it.node);
    let container = pod.containers.iter().find(own)?;
    let used = container.items("volumeMounts").chain(container.items("volumeDevices"));
    let mounted: Vec<_> = used.filter_map(|it| it.field("name")?.as_str()).collect();
    let free = |name: &&str| !name.is_empty() && !mounted.contains(name);
    pod.volumes.iter().map(|volume| volume.name).find(free).map(str::to_owned)
}

/// How lines look in braces.
struct Flow {
    quoted_keys: bool,
    quoted_values: bool,
}

impl Flow {
    /// The entries at this depth, in braces. `None` for what has lists, which are too long for a line.
    fn map<'a>(
        &self,
        lines: &mut Peekable<impl Iterator<Item = &'a str>>,
        depth: usize,
    ) -> Option<String> {
        let mut entries = Vec::new();
        while let Some(line) = lines.next_if(|line| deep(line) >= depth) {
            let (key, value) = line.trim_start().split_once(':')?;
            let value = match value.trim_start() {
                _ if key.starts_with("- ") => return None,
                "" => self.map(lines, depth + 1)?,
                value => self.value(value)?,
            };
            let key = if self.quoted_keys { format!("\"{key}\"") } else { key.to_owned() };
            entries.push(format!("{key}: {value}"));
        }
        Some(format!("{{{}}}", entries.join(", ")))
    }

    fn value(&self, value: &str) -> Option<String> {
        let suggested =
            value.rsplit_once(':').map_or(value, |(_, word)| word.trim_end_matches('}'));
        let number = suggested.bytes().all(|byte| byte.is_ascii_digit());
        match value {
            "{}" | "true" => Some(value.to_owned()),
            _ if value.starts_with('[') && self.quoted_values => None,
            _ if value.starts_with(['[', '"']) || number => Some(value.to_owned()),
            _ if self.quoted_values => Some(format!("\"{value}\"")),
            _ => Some(value.to_owned()),
        }
    }
}

fn deep(line: &str) -> usize {
    (line.len() - line.trim_start().len()) / 2
}
