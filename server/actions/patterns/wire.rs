//! Adds a template to a pod: the edits for the container, and all it needs.

use crate::actions::patterns::content::{self, Names};
use crate::actions::patterns::service::redirected;
use crate::actions::patterns::signs::Signs;
use crate::actions::patterns::template::{AppEnv, Mount, Position, Template, TemplateKind};
use crate::pod::{Container, Pod, Role};
use crate::schema::{PodSecurity, Version};
use crate::syntax::write::blocks::{Wanted, extend};
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Kind, Node, Parse, Style, TemplateText};
use crate::text::Edit;

/// The first version in which an init container can keep running without a gate being set.
const NATIVE_SIDECARS: Version = Version::new(29);

/// The edits that add a template.
pub(super) struct Wired {
    pub(super) title: String,
    /// In the document of the pod.
    pub(super) edits: Vec<Edit>,
    /// In the complete file: Services of the pod.
    pub(super) elsewhere: Vec<Edit>,
}

/// The place for a template.
pub(super) struct Target<'a> {
    pub(super) pod: &'a Pod<'a>,
    pub(super) app: Container<'a>,
    pub(super) version: Version,
    pub(super) pod_security: PodSecurity,
    pub(super) signs: Signs<'a>,
    /// The documents of the file, and where each starts.
    pub(super) documents: &'a [(usize, &'a Parse)],
    /// The text of the pod, if a template engine fills it in.
    pub(super) template: Option<TemplateText<'a>>,
}

impl Target<'_> {
    /// The edits that add `template`. `None` if that is not safe, or would cause a
    /// fault.
    pub(super) fn wire(&self, template: &Template) -> Option<Wired> {
        let (pod, app) = (self.pod, &self.app);
        if !is_own(app.node, pod.spec) || !is_own(pod.spec, pod.manifest.root) {
            return None;
        }
        let runs = template.pattern.keeps_running();
        let native = runs && self.version >= NATIVE_SIDECARS;
        let refused = !self.allows(template)
            || (runs && !native && ends(pod))
            || (template.built_in && content::is_windows(pod));
        if refused {
            return None;
        }
        let names = self.names(template)?;
        let new = content::container(template, &names, pod, app, native);
        let mut edits = fields(template, &names, pod)?;
        let in_init_list = native || !runs;
        if in_init_list {
            edits.extend(self.add_to_list("initContainers", new.clone(), template.position)?);
        }
        edits.extend(self.lead_app(template, &names)?);
        if !in_init_list {
            edits.extend(self.add_to_list("containers", new, Position::Last)?);
        }
        edits.extend(self.volumes(template, &names)?);
        let elsewhere = self.lead_services(template, &names);
        Some(Wired { title: names.fill.plain(&template.title), edits, elsewhere })
    }

    /// Whether the namespace allows it.
    pub(super) fn allows(&self, template: &Template) -> bool {
        template.level() >= self.pod_security
    }

    /// The additions to the app container: variables, then mounts.
    fn lead_app(&self, template: &Template, names: &Names<'_>) -> Option<Vec<Edit>> {
        let app = &self.app;
        let (mut edits, mut added) = (Vec::new(), Vec::new());
        let upstream = self.signs.upstream(template).filter(|_| template.pattern.keeps_running());
        let port = names.ports.first().map(|port| port.number);
        let led = upstream.and_then(|it| it.led_to(port?));
        for variable in template.app.env.iter().filter(|_| led.is_none()) {
            match app.items("env").find(|it| text(*it, "name") == variable.name) {
                Some(there) => edits.extend(rewrite(there, variable, names)),
                None => added.push(New::map([
                    ("name", New::text(&variable.name)),
                    ("value", New::text(names.fill.fill(&variable.value))),
                ])),
            }
        }
        edits.extend(led.into_iter().flatten());
        let missing =
            |mount: &&Mount| mount_at(app, &names.fill.plain(&mount.mount_path)).is_none();
        let mounts = template.app.mounts.iter().filter(missing);
        let mounts = mounts.map(|it| names.mount(it)).collect();
        edits.extend(self.extend_list(app.node, "env", added)?);
        edits.extend(self.extend_list(app.node, "volumeMounts", mounts)?);
        Some(edits)
    }

    fn add_to_list(&self, list: &str, new: New, position: Position) -> Option<Vec<Edit>> {
        let spec = self.pod.spec;
        if let Some(template) = &self.template {
            let first = position == Position::First;
            let wanted = Wanted { map: spec, list, beside: "containers", first, ahead: true };
            return extend(template, &wanted, vec![new]);
        }
        let edit = match spec.entry(list) {
            None => {
                let place = Place::Before("containers");
                write::insert(spec, list, &New::Seq(vec![new]), place)
            }
            Some(entry) if entry.key.parent() != Some(spec) => None,
            Some(entry) => add_item(entry.value, new, position),
        };
        edit.map(|edit| vec![edit])
    }

    /// Adds items to a list of `node`, which may not be there. No edit when there is nothing to add.
    fn extend_list(&self, node: Node<'_>, list: &str, items: Vec<New>) -> Option<Vec<Edit>> {
        match &self.template {
            Some(template) if !items.is_empty() => {
                let beside = if node == self.pod.spec { "containers" } else { "image" };
                let wanted = Wanted { map: node, list, beside, first: false, ahead: false };
                extend(template, &wanted, items)
            }
            _ => extend_list(node, list, items),
        }
    }

    /// The missing volumes.
    fn volumes(&self, template: &Template, names: &Names<'_>) -> Option<Vec<Edit>> {
        let mut added = Vec::new();
        for volume in &template.volumes {
            let name = names.volume(&volume.name);
            if self.pod.volume(name).is_some() {
                continue;
            }
            let mut entries = vec![("name".to_owned(), New::text(name))];
            for (key, value) in &volume.source {
                entries.push((key.as_str().unwrap_or_default().to_owned(), names.content(value)));
            }
            added.push(New::Map(entries));
        }
        self.extend_list(self.pod.spec, "volumes", added)
    }

    /// The edits that route Services of this file from the app to a proxy.
    fn lead_services(&self, template: &Template, names: &Names<'_>) -> Vec<Edit> {
        let port = names.ports.first().filter(|_| template.pattern == TemplateKind::Proxy);
        let own = self.app.items("ports").next();
        let number = own.and_then(|it| it.field("containerPort")?.as_int());
        let number = number.and_then(|it| u16::try_from(it).ok()).or(template.app_port);
        let (Some(port), Some(number)) = (port, number) else { return Vec::new() };
        let name = own.and_then(|it| it.field("name")?.as_str());
        let edits = self.documents.iter().flat_map(|(start, parse)| {
            let edits = redirected(parse, self.pod, (number, name), &port.name).into_iter();
            edits.map(move |edit| Edit { span: edit.span.shifted(*start), ..edit })
        });
        edits.collect()
    }
}

/// Whether the pod ends by itself: a helper that is a plain container would prevent that.
fn ends(pod: &Pod<'_>) -> bool {
    let policy = pod.spec.field("restartPolicy").and_then(Node::as_str);
    pod.workload.is_some_and(|it| it.is_batch()) || matches!(policy, Some("Never" | "OnFailure"))
}

/// Whether `node` stands inside of `outer` itself, and not in what an alias points to.
fn is_own(node: Node<'_>, outer: Node<'_>) -> bool {
    node.ancestors().any(|it| it == outer)
}

/// The volume that a container mounts at `path`.
pub(super) fn mount_at<'a>(container: &Container<'a>, path: &str) -> Option<Node<'a>> {
    let path = path.trim_end_matches('/');
    container.items("volumeMounts").find(|it| text(*it, "mountPath").trim_end_matches('/') == path)
}

/// The fields of the pod spec that the template needs. Processes cannot be shared in a pod that has
/// those of its node; `None` if a value that is not known decides whether it has.
fn fields(template: &Template, names: &Names<'_>, pod: &Pod<'_>) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for (key, value) in &template.pod {
        let Some(key) = key.as_str().filter(|it| pod.spec.entry(it).is_none()) else { continue };
        let host = pod.spec.field("hostPID").filter(|_| key == "shareProcessNamespace");
        match host.map(|it| it.as_bool()) {
            Some(None) => return None,
            Some(Some(true)) => {}
            None | Some(Some(false)) => {
                let value = names.content(value);
                edits.push(write::insert(pod.spec, key, &value, Place::Before("containers"))?);
            }
        }
    }
    Some(edits)
}

pub(super) fn text<'a>(node: Node<'a>, field: &str) -> &'a str {
    node.field(field).and_then(Node::as_str).unwrap_or_default()
}

/// Whether a list can replace `node`: any other value was written by the user, even if it is wrong.
fn is_vacant(node: Node<'_>) -> bool {
    node.is_null() || (node.is_seq() && node.items().next().is_none())
}

/// Adds an item to a list that may be null or empty.
fn add_item(list: Node<'_>, new: New, position: Position) -> Option<Edit> {
    if is_vacant(list) {
        return write::replace(list, &New::Seq(vec![new]));
    }
    if !list.is_seq() {
        return None;
    }
    match position {
        Position::First => write::insert_item(list, 0, &new),
        Position::Last => write::push(list, &new),
    }
}

/// Changes an existing variable to the new container. A variable with `valueFrom` is not
/// changed.
fn rewrite(there: Node<'_>, variable: &AppEnv, names: &Names<'_>) -> Option<Edit> {
    let value = there.field("value").filter(|it| is_own(*it, there))?;
    let plain = matches!(value.kind(), Kind::Scalar(style) if style != Style::Literal && style != Style::Folded);
    let new = names.fill.plain(&variable.value);
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
        Some(entry) if is_vacant(entry.value) => {
            vec![write::replace(entry.value, &New::Seq(items))?]
        }
        Some(entry) if !entry.value.is_seq() => return None,
        Some(entry) => {
            let edits = items.iter().map(|item| write::push(entry.value, item));
            edits.collect::<Option<Vec<_>>>()?
        }
    };
    Some(edits)
}

/// The container for a selection inside `pod`: an app container, otherwise the first one.
pub(crate) fn app_of<'a>(
    pod: &Pod<'a>,
    inside: impl Fn(Node<'a>) -> bool,
) -> Option<Container<'a>> {
    let apps = || pod.containers.iter().filter(|it| it.role == Role::App);
    apps().find(|it| inside(it.node)).or_else(|| apps().next()).copied()
}
