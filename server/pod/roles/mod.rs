//! The role of each container, with the reason: app, init, sidecar, adapter, ambassador, proxy.
//!
//! Kubernetes has no roles except that of a sidecar that is an init container; the others follow from
//! evidence: the image, names, volumes that containers share, ports, and calls on localhost. Without
//! evidence the role is unknown.

mod calls;
mod helpers;
mod image;
mod assign;
mod ports;
mod volumes;
mod words;

#[cfg(test)]
mod tests;

use crate::pod::container::{Container, Role};
use crate::pod::spec::Pod;

pub use calls::Call;
pub use volumes::{Access, Shared, Use};

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Does what the pod is there for; a pod can have several.
    App,
    /// Runs to its end before the apps.
    Init,
    /// Helps an app: ships, syncs, reloads, registers, watches.
    Sidecar,
    /// Shows what an app knows in the form that others want: metrics, health.
    Adapter,
    /// Is the app's way to something outside: the app calls it on localhost.
    Ambassador,
    /// What is meant for the app goes through it first; proxies of meshes, too.
    Proxy,
}

impl Pattern {
    /// In a word or two: `inbound proxy`.
    pub fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Init => "init",
            Self::Sidecar => "sidecar",
            Self::Adapter => "adapter",
            Self::Ambassador => "ambassador",
            Self::Proxy => "inbound proxy",
        }
    }

    /// The page of `podls explain` about it; apps need none.
    pub fn page(self) -> Option<&'static str> {
        match self {
            Self::App => None,
            Self::Init => Some("init-container"),
            Self::Sidecar => Some("sidecar"),
            Self::Adapter => Some("adapter"),
            Self::Ambassador => Some("ambassador"),
            Self::Proxy => Some("inbound-proxy"),
        }
    }

    /// Whether it is there for another container of the pod.
    pub fn is_helper(self) -> bool {
        !matches!(self, Self::App | Self::Init)
    }
}

/// A container and what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerRole<'a> {
    pub container: Container<'a>,
    /// `None` when nothing tells; never for init containers.
    pub pattern: Option<Pattern>,
    /// What tells it, as the end of a sentence: "its image ships logs".
    pub reason: String,
    /// Whom it helps, where that is known.
    pub helps: Option<Container<'a>>,
}

impl ContainerRole<'_> {
    /// The role in a few words: `native sidecar (ambassador)`, `adapter`, `unknown`.
    pub fn label(&self) -> String {
        match (self.container.role, self.pattern) {
            (Role::Sidecar, Some(Pattern::Sidecar) | None) => "native sidecar".to_owned(),
            (Role::Sidecar, Some(pattern)) => format!("native sidecar, {}", pattern.name()),
            (Role::Ephemeral, _) => "ephemeral".to_owned(),
            (_, Some(pattern)) => pattern.name().to_owned(),
            (_, None) => "unknown".to_owned(),
        }
    }
}

/// Whether its image or its program is known to collect logs.
pub fn collects_logs(container: &Container<'_>) -> bool {
    image::known(container).is_some_and(|it| it.is == image::Is::Agent && it.does.contains("logs"))
}

/// In a pod of more containers than this nobody is compared with the others.
const MOST_COMPARED: usize = 64;

impl<'a> Pod<'a> {
    /// What each container of the pod is for, in the order of `containers`. Ephemeral containers
    /// have no pattern. In a pod of more than 64 only what each says of itself counts.
    pub fn container_roles(&self) -> Vec<ContainerRole<'a>> {
        assign::assign(self)
    }

    /// The volumes that two or more containers mount, and who of them writes and reads. Nothing in a pod
    /// of more than 64 containers.
    pub fn shared_volumes(&self) -> Vec<Shared<'a>> {
        if self.is_crowded() { Vec::new() } else { volumes::shared(self) }
    }

    /// Which container calls which other one on localhost, as far as variables, arguments and ports
    /// tell. Nothing in a pod of more than 64 containers.
    pub fn calls(&self) -> Vec<Call<'a>> {
        if self.is_crowded() { Vec::new() } else { calls::calls(self) }
    }

    /// The calls of init containers to app containers, which have not started by then.
    pub fn calls_before_start(&self) -> Vec<Call<'a>> {
        if self.is_crowded() { Vec::new() } else { calls::before_start(self) }
    }

    fn is_crowded(&self) -> bool {
        self.containers.len() > MOST_COMPARED
    }
}
