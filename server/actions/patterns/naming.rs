//! The names, ports and volumes of a template in a pod: those that are free, and the volumes that the app has
//! already.

use std::collections::HashSet;

use crate::actions::patterns::content::{NamedPort, Names};
use crate::actions::patterns::fill::Fill;
use crate::actions::patterns::template::{Mount, Template};
use crate::actions::patterns::wire::{Target, mount_at, text};
use crate::pod::{Container, Pod};
use crate::syntax::{Node, TemplateText};
use crate::text::Span;

/// The folders that an app has mounted. One for logs can be added.
const OF_THE_APP: [&str; 3] = ["config_dir", "data_dir", "tls_dir"];

impl Target<'_> {
    /// `None` if the template needs a volume that cannot be shared, or is not known.
    pub(super) fn names<'t>(&'t self, template: &'t Template) -> Option<Names<'t>> {
        let (pod, app) = (self.pod, &self.app);
        let mut fill = Fill { places: &template.places, ..Fill::default() };
        self.signs.tell(template, &mut fill);
        let own_port = app.items("ports").find_map(|port| port.field("containerPort")?.as_int());
        let app_port = own_port.and_then(|port| u16::try_from(port).ok()).or(template.app_port);
        app_port.into_iter().for_each(|port| fill.put("app_port", port));
        let ports = named_ports(template, pod, &mut fill);
        let mut volumes = Vec::new();
        let may_have_more = self.prints_volumes();
        for volume in &template.volumes {
            let mut wanted = fill.plain(&volume.name);
            if may_have_more && !wanted.starts_with(template.container_name()) {
                wanted = format!("{}-{wanted}", template.container_name());
            }
            let name = match mounted_at(template, &volume.name, &fill, pod, app) {
                // The volume that it is for may be among those that are printed.
                Mounted::No if may_have_more && is_for_a_volume(template, &volume.name, &fill) => {
                    return None;
                }
                Mounted::No => free(&wanted, |it| pod.volume(it).is_some()),
                Mounted::As(name) => name,
                Mounted::Other => return None,
            };
            volumes.push((volume.name.clone(), name));
        }
        let is_known = |name: &str| pod.containers.iter().any(|it| it.name() == name);
        let taken = |name: &str| is_known(name) || self.prints_container(name);
        let container = free(template.container_name(), taken);
        Some(Names { container, ports, volumes, fill })
    }

    /// Whether a container has an action for a name that may print `name`: that of the chart, which is also in
    /// the names of its helpers, such as `{{ template "NAME.fullname" . }}`.
    fn prints_container(&self, name: &str) -> bool {
        let Some(template) = &self.template else { return false };
        let helper = format!("\"{name}.");
        let mut containers = self.pod.containers.iter();
        containers.any(|it| TemplateText::has_actions(it.name()))
            && template.printing().any(|action| action.contains(&helper))
    }

    /// Whether an action of the template may print volumes, whose names are unknown: `toYaml .Values.volumes`.
    fn prints_volumes(&self) -> bool {
        let spec = self.pod.spec;
        let (Some(template), Some(volumes)) = (&self.template, spec.entry("volumes")) else {
            return false;
        };
        let start = volumes.key.span().start;
        let keys = spec.entries().map(|it| it.key.span().start);
        let end = keys.filter(|it| *it > start).min().unwrap_or(usize::MAX);
        let items: Vec<Span> = volumes.value.items().map(Node::span).collect();
        let is_literal = |at: usize| {
            let last = items.partition_point(|it| it.start <= at).checked_sub(1);
            last.is_some_and(|last| items[last].contains(Span::at(at)))
        };
        let mut actions = template.printing_at().map(|(at, _)| at);
        actions.any(|at| (start..end).contains(&at) && !is_literal(at))
    }
}

/// The ports of the template, with names and numbers that are free in the pod.
fn named_ports<'t>(
    template: &'t Template,
    pod: &Pod<'_>,
    fill: &mut Fill<'_>,
) -> Vec<NamedPort<'t>> {
    let mut ports: Vec<NamedPort<'t>> = Vec::new();
    let declared = self::ports(pod).filter_map(|it| it.field("containerPort")?.as_int());
    let declared: HashSet<i64> = declared.collect();
    for port in &template.ports {
        let named = |name: &str| {
            self::ports(pod).any(|it| text(it, "name") == name)
                || ports.iter().any(|it| it.name == name)
        };
        let taken = |wanted: u16| {
            declared.contains(&i64::from(wanted)) || ports.iter().any(|it| it.number == wanted)
        };
        let number = (port.port..=u16::MAX).find(|it| !taken(*it)).unwrap_or(port.port);
        let name = free(&port.name, named);
        fill.put(format!("port.{}", port.name), number);
        if ports.is_empty() {
            fill.put("port", number);
        }
        ports.push(NamedPort { name, number, protocol: port.protocol.as_deref() });
    }
    ports
}

enum Mounted {
    No,
    /// The app mounts this volume at the path already.
    As(String),
    /// The volume at the path cannot be shared.
    Other,
}

/// Whether the template is for a volume that the app mounts, and no mount shows which.
fn is_for_a_volume(template: &Template, volume: &str, fill: &Fill<'_>) -> bool {
    let mut mounts = template.app.mounts.iter().filter(|it| it.name == volume);
    mounts.any(|it| OF_THE_APP.iter().any(|place| fill.lacks(&it.mount_path, place)))
}

/// The volume that the app mounts at the path of the template's volume.
fn mounted_at(
    template: &Template,
    volume: &str,
    fill: &Fill<'_>,
    pod: &Pod<'_>,
    app: &Container<'_>,
) -> Mounted {
    let wanted = |mounts: &[Mount]| {
        let mount = mounts.iter().find(|it| it.name == volume);
        mount.map(|it| fill.plain(&it.mount_path))
    };
    let shared = wanted(&template.app.mounts);
    let Some(path) = shared.clone().or_else(|| wanted(&template.mounts)) else {
        return Mounted::No;
    };
    let Some(mount) = mount_at(app, &path) else { return Mounted::No };
    let name = text(mount, "name");
    let whole = mount.field("subPath").is_none() && mount.field("subPathExpr").is_none();
    let wanted = template.volumes.iter().find(|it| it.name == volume).map_or("", |it| it.kind());
    let fits = match pod.volume(name).map(|it| it.source) {
        Some("emptyDir" | "persistentVolumeClaim" | "ephemeral") => wanted == "emptyDir",
        Some(source) => source == wanted,
        None => false,
    };
    match (fits && whole, shared) {
        (true, _) => Mounted::As(name.to_owned()),
        (false, Some(_)) => Mounted::Other,
        (false, None) => Mounted::No,
    }
}

fn ports<'a>(pod: &'a Pod<'a>) -> impl Iterator<Item = Node<'a>> {
    pod.containers.iter().flat_map(|it| it.items("ports"))
}

/// `name`, or `name-2` and so on when that is taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..1000).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|it| !taken(it)).unwrap_or_default()
}
