//! The evidence that a container helps another one.

use crate::pod::container::{Container, Role};
use crate::pod::roles::calls::Purpose;
use crate::pod::roles::image::{Is, Known, known};
use crate::pod::roles::words::{NameEvidence, evidence};
use crate::pod::roles::{Access, Call, Pattern, Shared, ports};
use crate::pod::spec::Pod;
use crate::syntax::Node;
use crate::text::code;

/// The evidence about one container.
pub(super) enum Evidence<'a> {
    /// It helps another one.
    Helper {
        pattern: Pattern,
        reason: String,
        helps: Option<Container<'a>>,
    },
    /// It probably helps another one, but its role is unclear.
    Open(String),
    None,
}

/// The facts about the complete pod.
pub(super) struct Facts<'p, 'a> {
    pub(super) pod: &'p Pod<'a>,
    pub(super) shared: Vec<Shared<'a>>,
    pub(super) calls: Vec<Call<'a>>,
}

impl<'a> Facts<'_, 'a> {
    /// The strongest evidence that there is.
    pub(super) fn evidence(&self, container: &Container<'a>) -> Evidence<'a> {
        let image = known(container);
        let by_image = || self.by_image(container, image?);
        let by_name = || self.by_name(container);
        let found = by_image()
            .or_else(by_name)
            .or_else(|| self.by_calls(container))
            .or_else(|| self.by_volumes(container))
            .or_else(|| self.by_ports(container))
            .or_else(|| self.by_callers(container));
        found.unwrap_or(Evidence::None)
    }

    /// Whether it has nothing to do with the others: no volume that can be written, no call.
    pub(super) fn stands_alone(&self, container: &Container<'a>) -> bool {
        let calls = self.calls.iter().any(|it| it.from == *container || it.to == *container);
        !calls && self.partners(container).next().is_none()
    }

    /// The other running containers with which it shares a volume that can be written.
    fn partners(&self, container: &Container<'a>) -> impl Iterator<Item = Container<'a>> {
        let container = *container;
        let written = self.shared.iter().filter(move |shared| {
            !shared.is_read_only() && shared.uses.iter().any(|it| it.container == container)
        });
        let others = written.flat_map(|shared| shared.uses.iter().map(|it| it.container));
        others.filter(move |it| *it != container && is_running(it))
    }

    fn by_image(&self, container: &Container<'a>, known: Known) -> Option<Evidence<'a>> {
        let helper = |pattern| {
            let reason = format!("its image {}", known.does);
            Some(Evidence::Helper { pattern, reason, helps: self.called_by_or_calls(container) })
        };
        match known.is {
            Is::Ambassador => helper(Pattern::Ambassador),
            Is::Proxy => helper(Pattern::Proxy),
            Is::Adapter => helper(Pattern::Adapter),
            Is::Sidecar => helper(Pattern::Sidecar),
            Is::Agent if self.works_for_node(container) => None,
            Is::Agent => helper(Pattern::Sidecar),
            Is::Puller => {
                let partner = self.partners(container).next()?;
                let reason = format!("its image {} for {}", known.does, code(partner.name()));
                Some(Evidence::Helper { pattern: Pattern::Sidecar, reason, helps: Some(partner) })
            }
            Is::Envoy => Some(self.envoy(container)),
            Is::Web => self.web(container),
            Is::Server | Is::Tools => None,
        }
    }

    /// Whether it collects what the node has, or what others send: it has folders of the node and
    /// none of the pod, or a port for collectors.
    fn works_for_node(&self, container: &Container<'a>) -> bool {
        const FORWARD: i64 = 24224;
        let of_node = self.pod.volumes.iter().filter(|it| it.source == "hostPath");
        let of_node = of_node.map(|it| it.name).collect::<Vec<_>>();
        let mut names = container.items("volumeMounts");
        let mut names = names.by_ref().filter_map(|it| it.field("name").and_then(Node::as_str));
        let mounts = names.any(|name| of_node.contains(&name));
        let first = container.role == Role::App && container.index == 0;
        (mounts && self.partners(container).next().is_none())
            || (first && ports::declared(container).any(|port| port == FORWARD))
    }

    /// Envoy in front of an app has ports; for outgoing requests it is called by the app.
    fn envoy(&self, container: &Container<'a>) -> Evidence<'a> {
        if let Some(call) = self.calls.iter().find(|it| it.to == *container) {
            return ambassador(call);
        }
        match ports::declared(container).next() {
            Some(port) => Evidence::Helper {
                pattern: Pattern::Proxy,
                reason: format!("its image is Envoy, and it listens on {port}"),
                helps: None,
            },
            None => Evidence::Open(
                "its image is Envoy, but neither a port nor a call shows its direction".to_owned(),
            ),
        }
    }

    /// A web server with a configuration from outside, beside something else that listens and with
    /// which it shares no files, is there to pass requests on.
    fn web(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        if let Some(call) = self.calls.iter().find(|it| it.to == *container) {
            let unknown = call.purpose() == Purpose::Unknown && call.from.role == Role::App;
            return unknown.then(|| ambassador(call));
        }
        let configured = container.items("volumeMounts").any(|mount| {
            let text = |field| mount.field(field).and_then(Node::as_str).unwrap_or_default();
            let path = text("mountPath");
            let source = self.pod.volume(text("name")).map_or("", |volume| volume.source);
            ["configMap", "secret", "projected"].contains(&source)
                && ["/etc/", "conf.d"].iter().any(|it| path.contains(it))
        });
        let own = ports::declared(container).next();
        let behind = self.pod.containers.iter().find(|it| {
            let is_plain = known(it).is_none_or(|known| known.is == Is::Tools);
            it.role == Role::App
                && *it != container
                && is_plain
                && ports::declared(it).next().is_some()
        });
        let behind =
            behind.filter(|_| configured && own.is_some() && self.stands_alone(container))?;
        Some(Evidence::Helper {
            pattern: Pattern::Proxy,
            reason: format!(
                "it is a web server with a configuration of its own in front of {}",
                code(behind.name())
            ),
            helps: Some(*behind),
        })
    }

    fn by_name(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        match evidence(container)? {
            NameEvidence::Pattern(pattern, word) => Some(Evidence::Helper {
                pattern,
                reason: format!("its name contains `{word}`"),
                helps: self.called_by_or_calls(container),
            }),
            NameEvidence::Proxy(word) => {
                if let Some(evidence) = self.by_calls(container) {
                    return Some(evidence);
                }
                if let Some(call) = self.calls.iter().find(|it| it.to == *container)
                    && call.purpose() == Purpose::Unknown
                {
                    return Some(ambassador(call));
                }
                let first = container.role == Role::App && container.index == 0;
                let reason = format!("its name contains `{word}`, but its direction is unknown");
                (!first).then_some(Evidence::Open(reason))
            }
        }
    }

    /// It calls another one in a way that shows its purpose.
    fn by_calls(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        let first = container.role == Role::App && container.index == 0;
        let mut calls = self.calls.iter().filter(|it| it.from == *container && !first);
        let call = calls.find(|it| it.purpose() != Purpose::Unknown)?;
        let listens = ports::declared(container).next().is_some();
        let (to, port, name) = (call.to.name(), call.port, call.name);
        let (pattern, does) = match call.purpose() {
            Purpose::PassesOn if listens => (Pattern::Proxy, "passes requests on to"),
            Purpose::Shows => (Pattern::Adapter, "exposes data of"),
            _ => (Pattern::Sidecar, "calls"),
        };
        let reason =
            format!("it {does} {} on localhost:{port}, according to {}", code(to), code(name));
        Some(Evidence::Helper { pattern, reason, helps: Some(call.to) })
    }

    fn by_volumes(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        for shared in self.shared.iter().filter(|it| it.starts_empty()) {
            let own = shared.uses.iter().find(|it| it.container == *container);
            let Some(own) = own else { continue };
            let other = |access| {
                let mut uses = shared.uses.iter();
                uses.find(|it| {
                    it.access == access && it.container != *container && is_running(&it.container)
                })
            };
            let volume = shared.volume.name;
            let of_logs = own.path.contains("log") || volume.contains("log");
            let (reason, helps) = match own.access {
                Access::Reads if of_logs => {
                    let writer = other(Access::Writes)?.container;
                    (
                        format!(
                            "it reads the logs of {} from the volume {}",
                            code(writer.name()),
                            code(volume)
                        ),
                        writer,
                    )
                }
                Access::Writes if container.index > 0 || container.role == Role::Sidecar => {
                    let Some(reader) = other(Access::Reads) else { continue };
                    let reader = reader.container;
                    (
                        format!("it fills the volume {} for {}", code(volume), code(reader.name())),
                        reader,
                    )
                }
                _ => continue,
            };
            return Some(Evidence::Helper {
                pattern: Pattern::Sidecar,
                reason,
                helps: Some(helps),
            });
        }
        None
    }

    /// It serves only metrics, or answers the probes of another one.
    fn by_ports(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        let first = container.role == Role::App && container.index == 0;
        if !first && ports::only_metrics(container) {
            let reason = "it serves only metrics".to_owned();
            return Some(Evidence::Helper { pattern: Pattern::Adapter, reason, helps: None });
        }
        let others = self.pod.containers.iter().filter(|it| *it != container && is_running(it));
        let probed = others.into_iter().find(|other| {
            probed_ports(other).any(|port| {
                ports::declared(container).any(|own| own == port)
                    && !ports::declared(other).any(|own| own == port)
            })
        })?;
        Some(Evidence::Open(format!("it answers the probes of {}", code(probed.name()))))
    }

    /// Another one calls it, which alone does not show its role.
    fn by_callers(&self, container: &Container<'a>) -> Option<Evidence<'a>> {
        let first = container.role == Role::App && container.index == 0;
        let call = self.calls.iter().find(|it| it.to == *container && is_running(&it.from))?;
        let is_server = known(container).is_some_and(|it| it.is == Is::Server);
        if first || is_server || call.purpose() != Purpose::Unknown {
            return None;
        }
        if container.role == Role::Sidecar {
            return Some(ambassador(call));
        }
        let from = call.from.name();
        Some(Evidence::Open(format!("{} calls it on localhost:{}", code(from), call.port)))
    }

    fn called_by_or_calls(&self, container: &Container<'a>) -> Option<Container<'a>> {
        let called = self.calls.iter().find(|it| it.to == *container).map(|it| it.from);
        let calls = || self.calls.iter().find(|it| it.from == *container).map(|it| it.to);
        called.or_else(calls).filter(is_running)
    }
}

fn ambassador<'a>(call: &Call<'a>) -> Evidence<'a> {
    let (from, port) = (call.from.name(), call.port);
    let by = match call.name {
        "" => String::new(),
        name => format!(", according to {}", code(name)),
    };
    Evidence::Helper {
        pattern: Pattern::Ambassador,
        reason: format!("{} calls it on localhost:{port}{by}", code(from)),
        helps: Some(call.from),
    }
}

/// The ports by number that the probes of a container look at.
fn probed_ports(container: &Container<'_>) -> impl Iterator<Item = i64> {
    let handlers = ["httpGet", "tcpSocket", "grpc"];
    container.probes().flat_map(move |(_, probe)| {
        handlers.into_iter().filter_map(move |it| probe.field(it)?.field("port")?.as_int())
    })
}

/// Whether it runs beside the others.
pub(super) fn is_running(container: &Container<'_>) -> bool {
    matches!(container.role, Role::App | Role::Sidecar)
}
