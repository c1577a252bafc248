//! The content of a template: the container, its mounts, its resources.

use serde_yaml::Value;

use crate::actions::patterns::fill::{Fill, Piece, pieces};
use crate::actions::patterns::template::{Mount, Template};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;
use crate::syntax::write::New;

/// A template in a pod: names that are free there, and the values for its texts.
pub(super) struct Names<'a> {
    pub(super) container: String,
    pub(super) ports: Vec<NamedPort<'a>>,
    /// The names of the template's volumes, with their names in this pod.
    pub(super) volumes: Vec<(String, String)>,
    pub(super) fill: Fill<'a>,
}

/// A port of the new container.
pub(super) struct NamedPort<'a> {
    pub(super) name: String,
    pub(super) number: u16,
    pub(super) protocol: Option<&'a str>,
}

impl Names<'_> {
    pub(super) fn volume<'a>(&'a self, name: &'a str) -> &'a str {
        self.volumes.iter().find(|(from, _)| from == name).map_or(name, |(_, to)| to)
    }

    /// YAML data as content to write, its texts filled in.
    pub(super) fn content(&self, value: &Value) -> New {
        match value {
            Value::String(text) => self.text_or_number(text),
            Value::Sequence(items) => New::Seq(items.iter().map(|it| self.content(it)).collect()),
            Value::Mapping(map) => {
                let entry = |(key, value): (&Value, &Value)| {
                    let key = key.as_str().unwrap_or_default();
                    (key.to_owned(), self.value_of(key, value))
                };
                New::Map(map.iter().map(entry).collect())
            }
            Value::Bool(value) => New::scalar(value),
            Value::Number(value) => New::scalar(value),
            Value::Null | Value::Tagged(_) => New::scalar("null"),
        }
    }

    /// A port on its own is a number.
    fn text_or_number(&self, text: &str) -> New {
        let alone = matches!(pieces(text).as_slice(), [Piece::Place { .. }]);
        let plain = self.fill.plain(text);
        if alone && !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            return New::Scalar(self.fill.fill(text));
        }
        self.text(text)
    }

    fn text(&self, text: &str) -> New {
        New::text(self.fill.fill(text))
    }

    /// Variables, commands and headers are texts, even when they are a port.
    fn value_of(&self, key: &str, value: &Value) -> New {
        match (key, value) {
            ("value", Value::String(text)) => self.text(text),
            ("command", Value::Sequence(items)) => self.texts(items),
            _ => self.content(value),
        }
    }

    fn texts(&self, items: &[Value]) -> New {
        let text = |item: &Value| match item {
            Value::String(text) => self.text(text),
            Value::Number(number) => New::text(number.to_string()),
            Value::Bool(value) => New::text(value.to_string()),
            other => self.content(other),
        };
        New::Seq(items.iter().map(text).collect())
    }

    pub(super) fn mount(&self, mount: &Mount) -> New {
        let mut entries = vec![
            ("name".to_owned(), New::text(self.volume(&mount.name))),
            ("mountPath".to_owned(), self.text(&mount.mount_path)),
        ];
        if mount.read_only {
            entries.push(("readOnly".to_owned(), New::scalar(true)));
        }
        New::Map(entries)
    }
}

/// The container, with its keys in the order in which people write them.
pub(super) fn container(
    template: &Template,
    names: &Names<'_>,
    pod: &Pod<'_>,
    app: &Container<'_>,
    native: bool,
) -> New {
    let mut entries: Vec<(String, New)> = Vec::new();
    let mut put = |key: &str, value: Option<New>| {
        entries.extend(value.map(|value| (key.to_owned(), value)));
    };
    let some = |items: &[Value], new: New| (!items.is_empty()).then_some(new);
    put("name", Some(New::text(&names.container)));
    put("image", Some(names.text(&template.image)));
    put("restartPolicy", native.then(|| New::text("Always")));
    put("command", some(&template.command, names.texts(&template.command)));
    put("args", some(&template.args, names.texts(&template.args)));
    put("ports", ports(names));
    let like_app = |field| app.node.field(field).filter(|_| template.like_app).and_then(New::of);
    let env = New::Seq(template.env.iter().map(|it| names.content(it)).collect());
    put("envFrom", like_app("envFrom"));
    put("env", some(&template.env, env).or_else(|| like_app("env")));
    // Plain init containers may not have probes or hooks; classic sidecars and native ones may.
    let running = |value: &Option<Value>| {
        let value = value.as_ref().filter(|_| template.pattern.keeps_running());
        value.map(|it| names.content(it))
    };
    put("startupProbe", running(&template.startup_probe));
    put("readinessProbe", running(&template.readiness_probe));
    put("livenessProbe", running(&template.liveness_probe));
    put("lifecycle", running(&template.lifecycle));
    put("resources", resources(template, pod));
    put("securityContext", security_context(template, names, pod, app));
    let mounts: Vec<New> = template.mounts.iter().map(|it| names.mount(it)).collect();
    let mounts = (!mounts.is_empty()).then_some(New::Seq(mounts));
    put("volumeMounts", mounts.or_else(|| like_app("volumeMounts").map(without_propagation)));
    New::Map(entries)
}

/// Mounts without `mountPropagation`, which only a privileged container may have.
fn without_propagation(mounts: New) -> New {
    let New::Seq(items) = mounts else { return mounts };
    let plain = |item: New| match item {
        New::Map(mut entries) => {
            entries.retain(|(key, _)| key != "mountPropagation");
            New::Map(entries)
        }
        other => other,
    };
    New::Seq(items.into_iter().map(plain).collect())
}

fn ports(names: &Names<'_>) -> Option<New> {
    let port = |port: &NamedPort<'_>| {
        let mut entries = vec![
            ("name".to_owned(), New::text(&port.name)),
            ("containerPort".to_owned(), New::scalar(port.number)),
        ];
        entries.extend(port.protocol.map(|it| ("protocol".to_owned(), New::text(it))));
        New::Map(entries)
    };
    let ports: Vec<_> = names.ports.iter().map(port).collect();
    (!ports.is_empty()).then_some(New::Seq(ports))
}

/// Requests, and a memory limit. In a pod where every container has limits for both, requests and
/// limits are equal, so that a Guaranteed pod stays one. A pod with resources of its own divides
/// those among its containers, and more requests could break its sum.
fn resources(template: &Template, pod: &Pod<'_>) -> Option<New> {
    if pod.spec.field("resources").is_some() {
        return None;
    }
    let cpu = || New::text(&template.requests.cpu);
    let memory = || New::text(&template.requests.memory);
    let both = || New::map([("cpu", cpu()), ("memory", memory())]);
    let limits = match all_limited(pod) {
        true => both(),
        false => New::map([("memory", memory())]),
    };
    Some(New::map([("requests", both()), ("limits", limits)]))
}

fn all_limited(pod: &Pod<'_>) -> bool {
    let limited = |it: &Container<'_>| {
        let limits = it.node.field("resources").and_then(|it| it.field("limits"));
        limits.is_some_and(|it| it.field("cpu").is_some() && it.field("memory").is_some())
    };
    pod.containers.iter().filter(|it| it.role != Role::Ephemeral).all(limited)
}

/// The requirements of the restricted Pod Security Standard that the pod does not meet already, or
/// those of the template. Nothing on Windows, where these fields are refused.
fn security_context(
    template: &Template,
    names: &Names<'_>,
    pod: &Pod<'_>,
    app: &Container<'_>,
) -> Option<New> {
    if is_windows(pod) {
        return None;
    }
    if let Some(context) = &template.security_context {
        return Some(names.content(context));
    }
    if let Some(own) = app.node.field("securityContext").filter(|_| runs_app_image(template)) {
        return New::of(own);
    }
    let of_pod = |field| pod.spec.field("securityContext").and_then(|it| it.field(field));
    let flag = |value: bool| New::scalar(value);
    let mut entries = vec![("allowPrivilegeEscalation".to_owned(), flag(false))];
    if let Some(user) = template.user {
        if of_pod("runAsNonRoot").and_then(Node::as_bool) != Some(true) {
            entries.push(("runAsNonRoot".to_owned(), flag(true)));
        }
        entries.push(("runAsUser".to_owned(), New::scalar(user)));
    }
    if template.read_only_root {
        entries.push(("readOnlyRootFilesystem".to_owned(), flag(true)));
    }
    let drop = New::map([("drop", New::Seq(vec![New::text("ALL")]))]);
    entries.push(("capabilities".to_owned(), drop));
    // If containers have their own profile, the pod has none for the new one.
    let profile = |it: &Container<'_>| {
        it.node.field("securityContext").and_then(|it| it.field("seccompProfile")).is_some()
    };
    if of_pod("seccompProfile").is_none() && pod.containers.iter().any(profile) {
        let default = New::map([("type", New::text("RuntimeDefault"))]);
        entries.push(("seccompProfile".to_owned(), default));
    }
    Some(New::Map(entries))
}

/// Whether it is the app's own image, which needs the same settings as the app.
fn runs_app_image(template: &Template) -> bool {
    template.image == "${app_image}"
}

pub(super) fn is_windows(pod: &Pod<'_>) -> bool {
    let os = pod.spec.field("os").and_then(|it| it.field("name"));
    os.and_then(Node::as_str) == Some("windows")
}
