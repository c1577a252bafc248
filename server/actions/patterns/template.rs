//! A container to add, as data: the YAML files beside this one.

use std::sync::OnceLock;

use serde::Deserialize;
use serde_yaml::Value;

use crate::actions::patterns::SOURCES;

/// The pattern a template belongs to: why the container is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Pattern {
    /// Helps the app: ships its logs, brings its content.
    Sidecar,
    /// Gives the app's output one common form.
    Adapter,
    /// Talks to other services for the app.
    Ambassador,
    /// Runs before the app, to its end.
    Init,
}

impl Pattern {
    /// Whether its containers run beside the app.
    pub(crate) fn keeps_running(self) -> bool {
        self != Self::Init
    }
}

/// Where among the init containers it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Position {
    /// In front of all: init containers may need it, and it stops last.
    First,
    #[default]
    Last,
}

/// A container, what the app needs for it, and the volumes they share.
///
/// In texts, `${port}` is the port it got, `${app_port}` that of the app, `${app_image}` the image
/// of the app.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Template {
    pub(crate) title: String,
    pub(crate) pattern: Pattern,
    #[serde(default)]
    pub(crate) position: Position,
    /// Names of images that it is made for; for any app when empty.
    #[serde(default)]
    pub(crate) images: Vec<String>,
    pub(crate) name: String,
    pub(crate) image: String,
    #[serde(default)]
    pub(crate) command: Vec<Value>,
    #[serde(default)]
    pub(crate) args: Vec<Value>,
    #[serde(default)]
    pub(crate) env: Vec<Value>,
    /// The port it listens on, when that is free.
    pub(crate) port: Option<u16>,
    pub(crate) port_name: Option<String>,
    /// The port of an app that lists none.
    pub(crate) app_port: Option<u16>,
    /// The numeric user it runs as. Without one, the kubelet cannot check `runAsNonRoot`.
    pub(crate) user: Option<u32>,
    /// Whether it works with a root file system that it cannot write.
    #[serde(default)]
    pub(crate) read_only_root: bool,
    pub(crate) requests: Requests,
    pub(crate) startup_probe: Option<Value>,
    pub(crate) readiness_probe: Option<Value>,
    #[serde(default)]
    pub(crate) mounts: Vec<Mount>,
    /// Whether it has the environment and the mounts of the app.
    #[serde(default)]
    pub(crate) like_app: bool,
    #[serde(default)]
    pub(crate) app: App,
    #[serde(default)]
    pub(crate) volumes: Vec<TemplateVolume>,
}

/// What it needs to run, as quantities.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requests {
    pub(crate) cpu: String,
    pub(crate) memory: String,
}

/// A volume mount. `name` is that of a volume of the template.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Mount {
    pub(crate) name: String,
    pub(crate) mount_path: String,
    #[serde(default)]
    pub(crate) read_only: bool,
}

/// What the app container gets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    #[serde(default)]
    pub(crate) mounts: Vec<Mount>,
    #[serde(default)]
    pub(crate) env: Vec<AppEnv>,
}

/// A variable of the app that leads it to the new container.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppEnv {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A volume: its name, and its source as the pod spec has it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TemplateVolume {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) source: serde_yaml::Mapping,
}

/// All built-in templates. They are read when first asked for.
pub(crate) fn all() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| {
        SOURCES.iter().filter_map(|(_, text)| serde_yaml::from_str(text).ok()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{SOURCES, Template};

    #[test]
    fn all_sources_are_templates() {
        for (name, text) in SOURCES {
            let template: Result<Template, _> = serde_yaml::from_str(text);
            assert!(template.is_ok(), "{name}: {template:?}");
        }
    }
}
