//! When containers start, stop and start again.
//!
//! Init containers and sidecars start one after the other, then all app containers. At the end all
//! app containers stop together, then the sidecars, the last one first. Readiness opens no gate.
//! Source: the runtime manager of the kubelet of Kubernetes 1.36.

use crate::pod::container::{Container, Role};
use crate::pod::spec::Pod;
use crate::syntax::Node;

/// What has to happen before the next container of the list starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// It ends with exit code 0.
    ExitsZero,
    /// Its process runs.
    Started,
    /// Its process runs and its `postStart` hook returned.
    Hook,
    /// Its startup probe succeeded, after the hook if it has one.
    StartupProbe,
}

impl Gate {
    /// The gate that a container opens.
    pub fn of(container: &Container<'_>) -> Self {
        let has_hook =
            container.node.field("lifecycle").is_some_and(|it| it.field("postStart").is_some());
        match container.role {
            Role::Init => Self::ExitsZero,
            Role::Sidecar if container.node.field("startupProbe").is_some() => Self::StartupProbe,
            _ if has_hook => Self::Hook,
            _ => Self::Started,
        }
    }

    /// In two or three words: `exit 0`.
    pub fn label(self) -> &'static str {
        match self {
            Self::ExitsZero => "exit 0",
            Self::Started => "started",
            Self::Hook => "postStart done",
            Self::StartupProbe => "startup probe",
        }
    }

    /// What happens to a container that opens this gate, as the end of "once it ...".
    pub fn text(self) -> &'static str {
        match self {
            Self::ExitsZero => "has ended with exit code 0",
            Self::Started => "runs",
            Self::Hook => "runs and its `postStart` hook has returned",
            Self::StartupProbe => "runs and its startup probe has succeeded",
        }
    }
}

/// When a container is started again after it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// Whatever its exit code was.
    Always,
    /// After an exit code other than 0.
    OnFailure,
    /// Never. An init container that fails then makes the pod fail.
    Never,
}

/// What decides about restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// That it is a sidecar: those are always restarted, whatever the pod says.
    Sidecar,
    /// Its own `restartPolicy`.
    Container,
    /// The `restartPolicy` of the pod.
    Pod,
    /// The pod has no `restartPolicy`, which means `Always`.
    Default,
    /// Ephemeral containers are never restarted.
    Ephemeral,
}

impl<'a> Pod<'a> {
    /// The steps in which containers start. Each holds one init container or sidecar; the last one
    /// holds all app containers, which do not wait for each other except for `postStart` hooks.
    pub fn start_order(&self) -> Vec<Vec<Container<'a>>> {
        let before = self.containers.iter().filter(|it| is_before_apps(it.role));
        let mut steps: Vec<Vec<_>> = before.map(|it| vec![*it]).collect();
        steps.extend(Some(self.with_role(Role::App)).filter(|apps| !apps.is_empty()));
        steps
    }

    /// The steps in which containers get the signal to stop: all app containers, then one sidecar
    /// after the other, the last one first. The `preStop` hooks of all of them run at the very
    /// beginning, within the same grace period.
    pub fn stop_order(&self) -> Vec<Vec<Container<'a>>> {
        let apps = self.with_role(Role::App);
        let mut steps: Vec<_> = Some(apps).filter(|apps| !apps.is_empty()).into_iter().collect();
        steps.extend(self.with_role(Role::Sidecar).into_iter().rev().map(|it| vec![it]));
        steps
    }

    /// The containers that have to have come so far before `container` starts, in their order.
    pub fn waits_for(&self, container: &Container<'a>) -> Vec<(Container<'a>, Gate)> {
        let earlier = |it: &&Container<'a>| {
            is_before_apps(it.role)
                && (!is_before_apps(container.role) || it.index < container.index)
        };
        let waits = container.role != Role::Ephemeral;
        let before = self.containers.iter().filter(|_| waits).filter(earlier);
        before.map(|it| (*it, Gate::of(it))).collect()
    }

    /// When `container` is started again after it ended, and what says so. Its `restartPolicyRules`
    /// go before that.
    pub fn restart(&self, container: &Container<'a>) -> Option<(Restart, DecidedBy)> {
        let policy = |node: Node<'a>| node.field("restartPolicy").map(restart_policy);
        match container.role {
            Role::Sidecar => return Some((Restart::Always, DecidedBy::Sidecar)),
            Role::Ephemeral => return Some((Restart::Never, DecidedBy::Ephemeral)),
            Role::Init | Role::App => {}
        }
        let (restart, by) = match (policy(container.node), policy(self.spec)) {
            (Some(own), _) => (own?, DecidedBy::Container),
            (None, Some(of_pod)) => (of_pod?, DecidedBy::Pod),
            (None, None) => (Restart::Always, DecidedBy::Default),
        };
        // What an init container had to do is done once it ended with exit code 0.
        let ends = container.role == Role::Init && restart == Restart::Always;
        Some((if ends { Restart::OnFailure } else { restart }, by))
    }

    /// The seconds that all containers together have for stopping; 30 unless the pod says otherwise.
    pub fn grace_period(&self) -> i64 {
        let written = self.spec.field("terminationGracePeriodSeconds").and_then(Node::as_int);
        written.unwrap_or(30)
    }

    fn with_role(&self, role: Role) -> Vec<Container<'a>> {
        self.containers.iter().filter(|it| it.role == role).copied().collect()
    }
}

fn is_before_apps(role: Role) -> bool {
    matches!(role, Role::Init | Role::Sidecar)
}

fn restart_policy(node: Node<'_>) -> Option<Restart> {
    match node.as_str()? {
        "Always" => Some(Restart::Always),
        "OnFailure" => Some(Restart::OnFailure),
        "Never" => Some(Restart::Never),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DecidedBy, Gate, Restart};
    use crate::pod::{Container, Manifest, Pod};
    use crate::syntax::parse;

    fn with_pod(spec: &str, check: impl Fn(&Pod<'_>)) {
        let parse = parse(&format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}"));
        assert!(parse.errors.is_empty(), "{:?}", parse.errors);
        let manifests = Manifest::all(&parse);
        check(&Pod::all(&manifests[0]).remove(0));
    }

    fn steps(steps: &[Vec<Container<'_>>]) -> String {
        let step = |step: &Vec<Container<'_>>| {
            step.iter().map(Container::name).collect::<Vec<_>>().join("+")
        };
        steps.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    const SPEC: &str = "containers: [{name: app}, {name: web}], initContainers: [{name: wait}, \
         {name: log, restartPolicy: Always}, \
         {name: proxy, restartPolicy: Always, startupProbe: {}, readinessProbe: {}}, \
         {name: migrate}, {name: hook, restartPolicy: Always, lifecycle: {postStart: {}}}]";

    #[test]
    fn start_and_stop() {
        with_pod(SPEC, |pod| {
            assert_eq!(steps(&pod.start_order()), "wait log proxy migrate hook app+web");
            assert_eq!(steps(&pod.stop_order()), "app+web hook proxy log");
            let app = pod.containers.iter().find(|it| it.name() == "app").unwrap();
            let waits = pod.waits_for(app).into_iter().map(|(it, gate)| (it.name(), gate));
            let expected = [
                ("wait", Gate::ExitsZero),
                ("log", Gate::Started),
                ("proxy", Gate::StartupProbe),
                ("migrate", Gate::ExitsZero),
                ("hook", Gate::Hook),
            ];
            assert_eq!(waits.collect::<Vec<_>>(), expected);
            assert_eq!(pod.waits_for(&pod.containers[1]).len(), 1);
            assert_eq!(pod.grace_period(), 30);
        });
    }

    #[test]
    fn who_is_started_again() {
        use DecidedBy as By;
        for (pod, own, main, init) in [
            ("", "", (Restart::Always, By::Default), (Restart::OnFailure, By::Default)),
            ("Always", "", (Restart::Always, By::Pod), (Restart::OnFailure, By::Pod)),
            ("OnFailure", "", (Restart::OnFailure, By::Pod), (Restart::OnFailure, By::Pod)),
            ("Never", "", (Restart::Never, By::Pod), (Restart::Never, By::Pod)),
            ("Always", "Never", (Restart::Never, By::Container), (Restart::Never, By::Container)),
            (
                "Never",
                "OnFailure",
                (Restart::OnFailure, By::Container),
                (Restart::OnFailure, By::Container),
            ),
            ("Never", "Always", (Restart::Always, By::Container), (Restart::Always, By::Sidecar)),
        ] {
            let policy = |text: &str| match text {
                "" => String::new(),
                text => format!(", restartPolicy: {text}"),
            };
            let (pod, own) = (policy(pod), policy(own));
            let spec = format!(
                "containers: [{{name: a{own}}}], initContainers: [{{name: i{own}}}], \
                 ephemeralContainers: [{{name: e}}]{pod}"
            );
            with_pod(&spec, |pod| {
                let found: Vec<_> =
                    pod.containers.iter().filter_map(|it| pod.restart(it)).collect();
                assert_eq!(found, [init, main, (Restart::Never, By::Ephemeral)], "{spec}");
            });
        }
        with_pod("containers: [{name: a}], restartPolicy: \"${P}\"", |pod| {
            assert_eq!(pod.restart(&pod.containers[0]), None);
        });
    }
}
