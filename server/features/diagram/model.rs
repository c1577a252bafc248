//! What a picture shows, before it is drawn: plain texts and places on a time line.

use crate::features::depends::Depends;
use crate::pod::{Access, Container, ContainerRole, Gate, Pattern, Pod, Role, Shared};
use crate::syntax::Node;

/// All of a picture.
pub(super) struct Model {
    /// `Deployment shop`
    pub(super) title: String,
    /// `Burstable`; empty when it is not known.
    pub(super) qos: String,
    pub(super) restart_policy: String,
    pub(super) grace_period: i64,
    /// In the order in which they start.
    pub(super) lanes: Vec<Lane>,
    /// How many containers start before the apps, one after the other.
    pub(super) steps: usize,
    /// How many steps it takes to stop.
    pub(super) stops: usize,
    pub(super) volumes: Vec<SharedVolume>,
    pub(super) calls: Vec<LocalCall>,
}

/// One container and its time.
pub(super) struct Lane {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) pattern: Option<Pattern>,
    /// `native sidecar`, `ambassador (native)`
    pub(super) label: String,
    /// The last part of the image with its tag.
    pub(super) image: String,
    /// Why it has its role.
    pub(super) reason: String,
    /// The step in which it starts; that of apps is the last one.
    pub(super) start: usize,
    /// What the next step waits for.
    pub(super) gate: Gate,
    /// The step in which it stops, for those that run to the end.
    pub(super) stop: Option<usize>,
    /// `8080 http`
    pub(super) ports: Vec<String>,
    /// `startup`, `ready`, `live`
    pub(super) probes: Vec<&'static str>,
}

/// A volume that several containers mount.
pub(super) struct SharedVolume {
    pub(super) name: String,
    /// `emptyDir`
    pub(super) source: String,
    pub(super) writers: Vec<User>,
    pub(super) readers: Vec<User>,
    /// Those of whom nothing tells whether they write.
    pub(super) users: Vec<User>,
}

/// A container at a volume or at a call.
pub(super) struct User {
    pub(super) name: String,
    /// The index of its lane.
    pub(super) lane: usize,
    /// Where it mounts the volume.
    pub(super) path: String,
}

/// One container calls another one.
pub(super) struct LocalCall {
    pub(super) from: User,
    pub(super) to: User,
    pub(super) port: i64,
}

impl Model {
    pub(super) fn of(pod: &Pod<'_>, depends: &Depends<'_>) -> Self {
        let (roles, starts, stops) = (pod.container_roles(), pod.start_order(), pod.stop_order());
        let runs_first = |it: &&ContainerRole<'_>| it.container.role != Role::Ephemeral;
        let lane = |found: &ContainerRole<'_>| {
            let place = |steps: &[Vec<Container<'_>>]| {
                steps.iter().position(|step| step.contains(&found.container))
            };
            let mut lane = Lane::of(found, place(&starts).unwrap_or(starts.len()), place(&stops));
            lane.label.push_str(&depends.remark(pod, found));
            lane
        };
        let steps = starts.iter().filter(|step| step.iter().all(|it| it.role != Role::App));
        let user = |container: &Container<'_>, path: &str| {
            let lane = roles.iter().position(|it| it.container == *container).unwrap_or_default();
            User { name: name(container), lane, path: path.to_owned() }
        };
        let volumes = pod.shared_volumes().iter().map(|it| SharedVolume::of(it, &user)).collect();
        let calls = pod.calls().into_iter().map(|call| LocalCall {
            from: user(&call.from, ""),
            to: user(&call.to, ""),
            port: call.port,
        });
        let title = format!("{} {}", pod.manifest.kind, pod.manifest.name().unwrap_or_default());
        // The values of a template may bring more resources.
        let qos = pod.qos().filter(|_| !depends.is_template);
        let policy = pod.spec.field("restartPolicy").and_then(Node::text);
        Self {
            title: title.trim_end().to_owned(),
            qos: qos.map_or("", |qos| qos.class.name()).to_owned(),
            restart_policy: policy.unwrap_or("Always").to_owned(),
            grace_period: pod.grace_period(),
            lanes: roles.iter().filter(runs_first).map(lane).collect(),
            steps: steps.count(),
            stops: stops.len(),
            volumes,
            calls: calls.collect(),
        }
    }

    /// In a sentence or two, for those who do not see the picture.
    pub(super) fn summary(&self) -> String {
        let before = self.lanes.iter().filter(|lane| lane.role != Role::App);
        let mut parts: Vec<String> = before
            .map(|lane| format!("{} ({}), then on {}", lane.name, lane.label, lane.gate.label()))
            .collect();
        let apps = self.lanes.iter().filter(|lane| lane.role == Role::App);
        parts.push(apps.map(|lane| lane.name.as_str()).collect::<Vec<_>>().join(" and "));
        let mut out = format!("Start: {}.", parts.join(" "));
        let stops = self.stop_order();
        out.push_str(&format!(" Stop: {}.", stops.join(", then ")));
        for volume in &self.volumes {
            let list = |users: &[User], does: &str| {
                let names: Vec<_> = users.iter().map(|it| it.name.as_str()).collect();
                (!names.is_empty()).then(|| format!("{} {does}", names.join(" and ")))
            };
            let who = [
                list(&volume.writers, "writes"),
                list(&volume.users, "uses it"),
                list(&volume.readers, "reads"),
            ];
            let who: Vec<_> = who.into_iter().flatten().collect();
            out.push_str(&format!(" Volume {}: {}.", volume.name, who.join(", ")));
        }
        out
    }

    /// The names of those that stop together, step by step.
    pub(super) fn stop_order(&self) -> Vec<String> {
        let step = |at: usize| {
            let lanes = self.lanes.iter().filter(|lane| lane.stop == Some(at));
            lanes.map(|lane| lane.name.as_str()).collect::<Vec<_>>().join(" and ")
        };
        (0..self.stops).map(step).collect()
    }
}

impl Lane {
    fn of(found: &ContainerRole<'_>, start: usize, stop: Option<usize>) -> Self {
        let container = &found.container;
        let port = |port: Node<'_>| {
            let number = port.field("containerPort")?.text()?;
            let name = port.field("name").and_then(Node::as_str).unwrap_or_default();
            let protocol = port.field("protocol").and_then(Node::as_str).unwrap_or("TCP");
            let protocol = if protocol == "TCP" { "" } else { protocol };
            Some(
                [number, name, protocol].join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
            )
        };
        let probe = |(name, _): (&'static str, Node<'_>)| match name {
            "startupProbe" => "startup",
            "readinessProbe" => "ready",
            _ => "live",
        };
        let mut probes: Vec<_> = container.probes().map(probe).collect();
        probes.sort_by_key(|it| std::cmp::Reverse(*it));
        Self {
            name: name(container),
            role: container.role,
            pattern: found.pattern,
            label: label(found),
            image: short_image(container.image()).to_owned(),
            reason: found.reason.clone(),
            start,
            gate: Gate::of(container),
            stop,
            ports: container.items("ports").filter_map(port).collect(),
            probes,
        }
    }

    /// Whether it ends before the apps start.
    pub(super) fn is_init(&self) -> bool {
        self.role == Role::Init
    }
}

impl SharedVolume {
    fn of(shared: &Shared<'_>, user: &dyn Fn(&Container<'_>, &str) -> User) -> Self {
        let with = |access: Access| {
            let uses = shared.uses.iter().filter(|it| it.access == access);
            uses.map(|it| user(&it.container, it.path)).collect()
        };
        Self {
            name: shared.volume.name.to_owned(),
            source: shared.volume.source.to_owned(),
            writers: with(Access::Writes),
            readers: with(Access::Reads),
            users: with(Access::Uses),
        }
    }
}

fn label(found: &ContainerRole<'_>) -> String {
    match (found.container.role, found.pattern) {
        (Role::Init, _) => "init container".to_owned(),
        (Role::Sidecar, Some(pattern)) if pattern != Pattern::Sidecar => {
            format!("{} (native)", pattern.name())
        }
        _ => found.label(),
    }
}

/// The name, or the place in the list of one that has none.
fn name(container: &Container<'_>) -> String {
    match container.name() {
        "" => container.title(),
        name => name.to_owned(),
    }
}

/// `nginx:1.27` of `registry.example.com/team/nginx:1.27@sha256:...`.
fn short_image(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    image.rsplit('/').next().unwrap_or(image)
}

/// `text`, or its beginning and `…` when it is longer than `max` characters.
pub(super) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::{short_image, shortened};

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(short_image("ghcr.io/a/b:1@sha256:ff"), "b:1");
        assert_eq!(short_image("localhost:5000/b"), "b");
        assert_eq!(shortened("abcdef", 6), "abcdef");
        assert_eq!(shortened("äbcdefg", 6), "äbcde…");
    }
}
