//! A container to add, as data: the YAML files beside this one, and those of users.

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use crate::actions::patterns::fill::Fill;
use crate::schema::PodSecurity;

/// The pattern a template belongs to: why the container is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateKind {
    /// Helps the app: ships its logs, brings its content.
    Sidecar,
    /// Converts data of the app to a common format.
    Adapter,
    /// Calls other services for the app.
    Ambassador,
    /// Receives requests to the app.
    Proxy,
    /// Runs before the app, to its end.
    InitContainer,
}

impl TemplateKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Sidecar, Self::Adapter, Self::Ambassador, Self::Proxy, Self::InitContainer];

    /// Its name in templates, on the command line and in `podls/patterns`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sidecar => "sidecar",
            Self::Adapter => "adapter",
            Self::Ambassador => "ambassador",
            Self::Proxy => "proxy",
            Self::InitContainer => "init-container",
        }
    }

    /// What its action does: `Add init container`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Sidecar => "Add sidecar",
            Self::Adapter => "Add adapter",
            Self::Ambassador => "Add ambassador",
            Self::Proxy => "Add proxy",
            Self::InitContainer => "Add init container",
        }
    }

    /// Whether its containers run beside the app.
    pub fn keeps_running(self) -> bool {
        self != Self::InitContainer
    }
}

/// A template in a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    pub pattern: TemplateKind,
    /// Whether a sign in the pod fits it.
    pub fits: bool,
    /// Whether there are more templates of its pattern than those in the menu.
    pub more: bool,
}

/// A list of templates to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateList {
    Of(TemplateKind),
    All,
}

/// Where among the init containers it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Position {
    /// In front of all: init containers may need it, and it stops last.
    First,
    #[default]
    Last,
}

/// A container, what the app needs for it, and the volumes they share. `README.md` in this folder
/// describes each field.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Template {
    /// The name of its file without `.yaml`.
    #[serde(skip)]
    pub name: String,
    /// Whether it is built in.
    #[serde(skip)]
    pub built_in: bool,
    /// The places to fill in, `${name:default}`, in the order in which they come.
    #[serde(skip)]
    pub(super) places: Vec<String>,
    pub title: String,
    #[serde(default)]
    pub about: String,
    pub pattern: TemplateKind,
    #[serde(default)]
    pub(super) position: Position,
    /// Whether it is offered first for apps without any signs.
    #[serde(default)]
    pub(super) common: bool,
    #[serde(default)]
    pub(super) fits: Fits,
    /// The name of the container; that of the template when empty.
    #[serde(default, rename = "name")]
    pub container: String,
    pub image: String,
    #[serde(default)]
    pub(super) command: Vec<Value>,
    #[serde(default)]
    pub(super) args: Vec<Value>,
    #[serde(default)]
    pub(super) env: Vec<Value>,
    #[serde(default)]
    pub(super) ports: Vec<Port>,
    /// The port of an app that lists none.
    pub(super) app_port: Option<u16>,
    /// The numeric user it runs as. Without one, the kubelet cannot check `runAsNonRoot`.
    pub(super) user: Option<u32>,
    /// Whether it works with a read-only root file system.
    #[serde(default)]
    pub(super) read_only_root: bool,
    /// A security context in place of the restricted one.
    pub(super) security_context: Option<Value>,
    pub(super) requests: Requests,
    pub(super) startup_probe: Option<Value>,
    pub(super) readiness_probe: Option<Value>,
    pub(super) liveness_probe: Option<Value>,
    pub(super) lifecycle: Option<Value>,
    #[serde(default)]
    pub(super) mounts: Vec<Mount>,
    /// Whether it has the environment and the mounts of the app, as far as it has none of its own.
    #[serde(default)]
    pub(super) like_app: bool,
    #[serde(default)]
    pub(super) app: App,
    #[serde(default)]
    pub(super) volumes: Vec<TemplateVolume>,
    /// Fields of the pod spec that it needs, where they are not set.
    #[serde(default)]
    pub(super) pod: Mapping,
    /// Whether menus offer it for Jobs and CronJobs, whose apps run to their end.
    #[serde(default = "yes")]
    pub(super) batch: bool,
}

fn yes() -> bool {
    true
}

/// The signs that it fits an app; one of them is enough.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Fits {
    /// Names of images, such as `nginx`. A template that lists some is for these apps only, and is
    /// offered for others only on request.
    #[serde(default)]
    pub(super) images: Vec<String>,
    /// Names of variables of the app; `*` at the end stands for anything.
    #[serde(default)]
    pub(super) env: Vec<String>,
    /// The services that the app calls, by its variables: `postgres`, `http`, `service`, ...
    #[serde(default)]
    pub(super) talks_to: Vec<String>,
    /// Whether the app writes log files.
    #[serde(default)]
    pub(super) logs: bool,
    /// Sources of volumes that the app mounts, such as `configMap`; `tls` is a secret that looks like
    /// certificates.
    #[serde(default)]
    pub(super) mounts: Vec<String>,
}

/// A port it listens on, or the next free one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Port {
    pub(super) name: String,
    pub(super) port: u16,
    pub(super) protocol: Option<String>,
}

/// What it needs to run, as quantities.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Requests {
    pub(super) cpu: String,
    pub(super) memory: String,
}

/// A volume mount. `name` is that of a volume of the template.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Mount {
    pub(super) name: String,
    pub(super) mount_path: String,
    #[serde(default)]
    pub(super) read_only: bool,
}

/// What the app container gets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    #[serde(default)]
    pub(super) mounts: Vec<Mount>,
    /// Variables that make it use the new container, if none does already.
    #[serde(default)]
    pub(super) env: Vec<AppEnv>,
}

/// A variable of the app.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AppEnv {
    pub(super) name: String,
    pub(super) value: String,
}

/// A volume: its name, and its source as the pod spec has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TemplateVolume {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) source: Mapping,
}

impl TemplateVolume {
    /// The field that says where its content comes from.
    pub(super) fn kind(&self) -> &str {
        let mut keys = self.source.keys().filter_map(Value::as_str);
        keys.next().unwrap_or("emptyDir")
    }
}

impl Template {
    /// Its title without a pod.
    pub fn plain_title(&self) -> String {
        Fill::default().plain(&self.title)
    }

    /// The strictest Pod Security Standard that its own security context meets.
    pub(super) fn level(&self) -> PodSecurity {
        let Some(context) = &self.security_context else { return PodSecurity::Restricted };
        let is = |key: &str, value: bool| context.get(key).and_then(Value::as_bool) == Some(value);
        let root = context.get("runAsUser").and_then(Value::as_u64) == Some(0);
        if is("privileged", true) {
            PodSecurity::Privileged
        } else if root || !is("allowPrivilegeEscalation", false) {
            PodSecurity::Baseline
        } else {
            PodSecurity::Restricted
        }
    }

    /// The name of the container before it is made unique in its pod.
    pub(super) fn container_name(&self) -> &str {
        if self.container.is_empty() { &self.name } else { &self.container }
    }
}
