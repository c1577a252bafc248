//! How a template becomes part of a pod: the edits that add the container, and all it needs.

use crate::actions::patterns::content::{self, Names};
use crate::actions::patterns::template::{App, AppEnv, Mount, Position, Template};
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Kind, Node, Style};
use crate::text::Edit;

/// The first version in which an init container can keep running without a gate being set.
const NATIVE_SIDECARS: Version = Version::new(29);

/// The edits that add `template` to `pod` for `app`. `None` where they cannot be made safely.
pub(crate) fn wire(
    template: &Template,
    pod: &Pod<'_>,
    app: &Container<'_>,
    version: Version,
) -> Option<Vec<Edit>> {
    if !is_own(app.node, pod.spec) || !is_own(pod.spec, pod.manifest.root) {
        return None;
    }
    let names = names(template, pod, app)?;
    let native = template.pattern.keeps_running() && version >= NATIVE_SIDECARS;
    let new = content::container(template, &names, pod, app, native);
    let mut edits = Vec::new();
    let in_init_list = native || !template.pattern.keeps_running();
    if in_init_list {
        edits.push(add_to_list(pod, "initContainers", new.clone(), template.position)?);
    }
    wire_app(&template.app, &names, app, &mut edits)?;
    if !in_init_list {
        edits.push(add_to_list(pod, "containers", new, Position::Last)?);
    }
    edits.extend(volumes(template, &names, pod)?);
    Some(edits)
}

/// Whether `node` stands inside of `outer` itself, and not in what an alias points to.
fn is_own(node: Node<'_>, outer: Node<'_>) -> bool {
    node.ancestors().any(|it| it == outer)
}

fn names(template: &Template, pod: &Pod<'_>, app: &Container<'_>) -> Option<Names> {
    let mut volumes = Vec::new();
    for volume in &template.volumes {
        let name = match mounted_at(template, &volume.name, pod, app) {
            Mounted::No => free(&volume.name, |it| pod.volume(it).is_some()),
            Mounted::As(name) => name,
            Mounted::ReadOnly => return None,
        };
        volumes.push((volume.name.clone(), name));
    }
    let taken = |name: &str| pod.containers.iter().any(|it| it.name() == name);
    let port_taken = |name: &str| ports(pod).any(|port| text(port, "name") == name);
    let own_port = app.items("ports").find_map(|port| port.field("containerPort")?.as_int());
    Some(Names {
        container: free(&template.name, taken),
        port: template.port.map(|port| free_port(port, pod)),
        port_name: template.port_name.as_ref().map(|name| free(name, port_taken)),
        app_port: own_port.and_then(|port| u16::try_from(port).ok()).or(template.app_port),
        app_image: app.image().to_owned(),
        volumes,
    })
}

enum Mounted {
    No,
    /// The app mounts this volume at the path already.
    As(String),
    /// What is mounted there cannot be shared.
    ReadOnly,
}

/// What the app mounts at the path where the template wants its volume.
fn mounted_at(template: &Template, volume: &str, pod: &Pod<'_>, app: &Container<'_>) -> Mounted {
    let path = template.app.mounts.iter().find(|it| it.name == volume).map(|it| &it.mount_path);
    let Some(path) = path else { return Mounted::No };
    let same = |it: &Node<'_>| text(*it, "mountPath").trim_end_matches('/') == path;
    let Some(mount) = app.items("volumeMounts").find(same) else { return Mounted::No };
    let name = text(mount, "name");
    match pod.volume(name).map(|it| it.source) {
        Some("emptyDir" | "persistentVolumeClaim" | "ephemeral") => Mounted::As(name.to_owned()),
        _ => Mounted::ReadOnly,
    }
}

fn text<'a>(node: Node<'a>, field: &str) -> &'a str {
    node.field(field).and_then(Node::as_str).unwrap_or_default()
}

fn ports<'a>(pod: &'a Pod<'a>) -> impl Iterator<Item = Node<'a>> {
    pod.containers.iter().flat_map(|it| it.items("ports"))
}

/// `name`, or `name-2` and so on when that is taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..1000).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|it| !taken(it)).unwrap_or_default()
}

fn free_port(port: u16, pod: &Pod<'_>) -> u16 {
    let taken = |port: u16| {
        let number = |it: Node<'_>| it.field("containerPort").and_then(Node::as_int);
        ports(pod).any(|it| number(it) == Some(i64::from(port)))
    };
    (port..=u16::MAX).find(|port| !taken(*port)).unwrap_or(port)
}

fn add_to_list(pod: &Pod<'_>, list: &str, new: New, position: Position) -> Option<Edit> {
    match pod.spec.entry(list) {
        None => {
            let place = Place::Before("containers");
            write::insert(pod.spec, list, &New::Seq(vec![new]), place)
        }
        Some(entry) if entry.key.parent() != Some(pod.spec) => None,
        Some(entry) => add_item(entry.value, new, position),
    }
}

/// Adds an item to a list that may be null or empty.
fn add_item(list: Node<'_>, new: New, position: Position) -> Option<Edit> {
    if list.is_null() || list.items().next().is_none() {
        return write::replace(list, &New::Seq(vec![new]));
    }
    match position {
        Position::First => write::insert_item(list, 0, &new),
        Position::Last => write::push(list, &new),
    }
}

/// What the app container gets: variables, then mounts.
fn wire_app(
    app: &App,
    names: &Names,
    container: &Container<'_>,
    edits: &mut Vec<Edit>,
) -> Option<()> {
    let mut added = Vec::new();
    for variable in &app.env {
        match container.items("env").find(|it| text(*it, "name") == variable.name) {
            Some(there) => edits.extend(rewrite(there, variable, names)),
            None => added.push(New::map([
                ("name", New::text(&variable.name)),
                ("value", New::text(names.fill(&variable.value))),
            ])),
        }
    }
    let missing = |mount: &&Mount| {
        let same = |it: Node<'_>| text(it, "mountPath").trim_end_matches('/') == mount.mount_path;
        !container.items("volumeMounts").any(same)
    };
    let mounts = app.mounts.iter().filter(missing).map(|it| names.mount(it)).collect();
    edits.extend(extend_list(container.node, "env", added)?);
    edits.extend(extend_list(container.node, "volumeMounts", mounts)?);
    Some(())
}

/// Leads a variable that is there to the new container. One whose value comes from elsewhere is
/// left alone.
fn rewrite(there: Node<'_>, variable: &AppEnv, names: &Names) -> Option<Edit> {
    let value = there.field("value").filter(|it| is_own(*it, there))?;
    let plain = matches!(value.kind(), Kind::Scalar(style) if style != Style::Literal && style != Style::Folded);
    let new = names.fill(&variable.value);
    (plain && value.text() != Some(&new)).then(|| write::replace(value, &New::text(new)))?
}

/// Adds items to a list of `node`, which may not be there. No edit when there is nothing to add.
fn extend_list(node: Node<'_>, list: &str, items: Vec<New>) -> Option<Vec<Edit>> {
    if items.is_empty() {
        return Some(Vec::new());
    }
    let edits = match node.entry(list) {
        None => vec![write::insert(node, list, &New::Seq(items), Place::Last)?],
        Some(entry) if entry.key.parent() != Some(node) => return None,
        Some(entry) if entry.value.is_null() || entry.value.items().next().is_none() => {
            vec![write::replace(entry.value, &New::Seq(items))?]
        }
        Some(entry) => {
            let edits = items.iter().map(|item| write::push(entry.value, item));
            edits.collect::<Option<Vec<_>>>()?
        }
    };
    Some(edits)
}

/// The volumes that are not there yet.
fn volumes(template: &Template, names: &Names, pod: &Pod<'_>) -> Option<Vec<Edit>> {
    let mut added = Vec::new();
    for volume in &template.volumes {
        let name = names.volume(&volume.name);
        if pod.volume(name).is_some() {
            continue;
        }
        let mut entries = vec![("name".to_owned(), New::text(name))];
        for (key, value) in &volume.source {
            entries.push((key.as_str().unwrap_or_default().to_owned(), names.content(value)));
        }
        added.push(New::Map(entries));
    }
    extend_list(pod.spec, "volumes", added)
}

/// The container that a selection inside of `pod` means: an app container, else the first one.
pub(crate) fn app_of<'a>(
    pod: &Pod<'a>,
    inside: impl Fn(Node<'a>) -> bool,
) -> Option<Container<'a>> {
    let apps = || pod.containers.iter().filter(|it| it.role == Role::App);
    apps().find(|it| inside(it.node)).or_else(|| apps().next()).copied()
}
