//! What is written for a template: the container, its mounts, its resources.

use serde_yaml::Value;

use crate::actions::patterns::template::{Mount, Template};
use crate::pod::{Container, Pod, Role};
use crate::syntax::write::New;

/// What the texts of a template are filled with.
pub(super) struct Names {
    pub(super) container: String,
    pub(super) port: Option<u16>,
    pub(super) port_name: Option<String>,
    pub(super) app_port: Option<u16>,
    pub(super) app_image: String,
    /// The names of the template's volumes, and what they are called in this pod.
    pub(super) volumes: Vec<(String, String)>,
}

impl Names {
    pub(super) fn fill(&self, text: &str) -> String {
        let number = |port: Option<u16>| port.map(|port| port.to_string()).unwrap_or_default();
        text.replace("${port}", &number(self.port))
            .replace("${app_port}", &number(self.app_port))
            .replace("${app_image}", &self.app_image)
    }

    pub(super) fn volume<'a>(&'a self, name: &'a str) -> &'a str {
        self.volumes.iter().find(|(from, _)| from == name).map_or(name, |(_, to)| to)
    }

    /// YAML data as content to write, its texts filled in.
    pub(super) fn content(&self, value: &Value) -> New {
        match value {
            // A port that stands alone is a number.
            Value::String(text) if text == "${port}" => New::Scalar(self.fill(text)),
            Value::String(text) => New::text(self.fill(text)),
            Value::Sequence(items) => New::Seq(items.iter().map(|it| self.content(it)).collect()),
            Value::Mapping(map) => New::Map(
                map.iter()
                    .map(|(key, value)| {
                        (key.as_str().unwrap_or_default().to_owned(), self.env_content(key, value))
                    })
                    .collect(),
            ),
            Value::Bool(value) => New::Scalar(value.to_string()),
            Value::Number(value) => New::Scalar(value.to_string()),
            Value::Null | Value::Tagged(_) => New::Scalar("null".to_owned()),
        }
    }

    /// The `value` of a variable is text, even when it is a port.
    fn env_content(&self, key: &Value, value: &Value) -> New {
        match (key.as_str(), value.as_str()) {
            (Some("value"), Some(text)) => New::text(self.fill(text)),
            _ => self.content(value),
        }
    }

    pub(super) fn mount(&self, mount: &Mount) -> New {
        let mut entries = vec![
            ("name".to_owned(), New::text(self.volume(&mount.name))),
            ("mountPath".to_owned(), New::text(&mount.mount_path)),
        ];
        if mount.read_only {
            entries.push(("readOnly".to_owned(), New::Scalar("true".to_owned())));
        }
        New::Map(entries)
    }
}

/// The container, with its keys in the order in which people write them.
pub(super) fn container(
    template: &Template,
    names: &Names,
    pod: &Pod<'_>,
    app: &Container<'_>,
    native: bool,
) -> New {
    let mut entries: Vec<(String, New)> = Vec::new();
    let mut put = |key: &str, value: Option<New>| {
        entries.extend(value.map(|value| (key.to_owned(), value)));
    };
    let texts = |items: &[Value]| {
        let content = items.iter().map(|it| names.content(it)).collect();
        (!items.is_empty()).then_some(New::Seq(content))
    };
    put("name", Some(New::text(&names.container)));
    put("image", Some(New::text(names.fill(&template.image))));
    put("restartPolicy", native.then(|| New::text("Always")));
    put("command", texts(&template.command));
    put("args", texts(&template.args));
    put("ports", port(names));
    let like_app = |field| app.node.field(field).filter(|_| template.like_app).map(New::of);
    put("envFrom", like_app("envFrom"));
    put("env", texts(&template.env).or_else(|| like_app("env")));
    // Plain init containers may not have probes; classic sidecars and native ones may.
    let keeps_running = template.pattern.keeps_running();
    let probe = |probe: &Option<Value>| {
        probe.as_ref().filter(|_| keeps_running).map(|it| names.content(it))
    };
    put("startupProbe", probe(&template.startup_probe));
    put("readinessProbe", probe(&template.readiness_probe));
    put("resources", resources(template, pod));
    put("securityContext", security_context(template, pod));
    let mounts: Vec<New> = template.mounts.iter().map(|it| names.mount(it)).collect();
    put(
        "volumeMounts",
        (!mounts.is_empty())
            .then_some(New::Seq(mounts))
            .or_else(|| like_app("volumeMounts").map(without_propagation)),
    );
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

fn port(names: &Names) -> Option<New> {
    let number = New::Scalar(names.port?.to_string());
    let name = names.port_name.as_ref().map(|name| ("name".to_owned(), New::text(name)));
    let entries = name.into_iter().chain([("containerPort".to_owned(), number)]);
    Some(New::Seq(vec![New::Map(entries.collect())]))
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

/// What the restricted Pod Security Standard asks for; nothing on Windows, where these fields are
/// refused.
fn security_context(template: &Template, pod: &Pod<'_>) -> Option<New> {
    let os = pod.spec.field("os").and_then(|it| it.field("name"));
    if os.and_then(|it| it.as_str()) == Some("windows") {
        return None;
    }
    let flag = |value: bool| New::Scalar(value.to_string());
    let mut entries = vec![("allowPrivilegeEscalation".to_owned(), flag(false))];
    if let Some(user) = template.user {
        entries.push(("runAsNonRoot".to_owned(), flag(true)));
        entries.push(("runAsUser".to_owned(), New::Scalar(user.to_string())));
    }
    if template.read_only_root {
        entries.push(("readOnlyRootFilesystem".to_owned(), flag(true)));
    }
    let drop = New::map([("drop", New::Seq(vec![New::text("ALL")]))]);
    entries.push(("capabilities".to_owned(), drop));
    Some(New::Map(entries))
}
