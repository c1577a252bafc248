//! The quality of service that a pod gets, and what prevents a better one.
//!
//! It is decided when the pod is created, only by `cpu` and `memory`; a zero amount counts as
//! absent. All containers count, init containers too. Source: the QoS helper of Kubernetes 1.36.

use crate::formats::quantity::Quantity;
use crate::pod::container::Container;
use crate::pod::resources::{Of, Unreadable, of_container};
use crate::pod::spec::Pod;

/// The order of eviction when a node runs out of memory: `BestEffort`, then `Burstable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QosClass {
    Guaranteed,
    Burstable,
    BestEffort,
}

impl QosClass {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guaranteed => "Guaranteed",
            Self::Burstable => "Burstable",
            Self::BestEffort => "BestEffort",
        }
    }
}

/// The class of a pod, and why it is not a better one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Qos<'a> {
    pub class: QosClass,
    /// The first thing to change for a better class; `None` when there is no better one.
    pub obstacle: Option<Obstacle<'a>>,
}

/// What prevents a better class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Obstacle<'a> {
    /// No container sets any `cpu` or `memory`.
    NothingSet,
    /// `spec.resources` is there and sets no `cpu` or `memory`; the values of containers are ignored.
    PodSetsNothing,
    /// The container has no limit of the resource.
    NoLimit { container: Container<'a>, resource: &'static str },
    /// The container requests less of the resource than its limit.
    RequestBelowLimit { container: Container<'a>, resource: &'static str },
    /// `spec.resources` has no limit of the resource.
    PodNoLimit { resource: &'static str },
    /// `spec.resources` requests less of the resource than its limit.
    PodRequestBelowLimit { resource: &'static str },
}

/// The resources that decide.
const DECIDING: [&str; 2] = ["cpu", "memory"];

impl<'a> Pod<'a> {
    /// The class that the API server gives the pod, or a pod of this template. `None` when it
    /// depends on a quantity that cannot be read.
    pub fn qos(&self) -> Option<Qos<'a>> {
        let found = if self.resources().is_some() { self.pod_qos() } else { self.container_qos() };
        found.ok()
    }

    fn pod_qos(&self) -> Result<Qos<'a>, Unreadable> {
        let (mut some, mut obstacle) = (false, None);
        for resource in DECIDING {
            let request = counted(self.of_pod(resource, Of::Requests)?);
            let limit = counted(self.of_pod(resource, Of::Limits)?);
            some |= request.is_some() || limit.is_some();
            let found = match limit {
                None => Some(Obstacle::PodNoLimit { resource }),
                _ if request != limit => Some(Obstacle::PodRequestBelowLimit { resource }),
                _ => None,
            };
            obstacle = obstacle.or(found);
        }
        Ok(Qos::of(some, obstacle, Obstacle::PodSetsNothing))
    }

    fn container_qos(&self) -> Result<Qos<'a>, Unreadable> {
        let (mut some, mut no_limit) = (false, None);
        let mut sums = [[Quantity::ZERO; 2]; DECIDING.len()];
        let mut below = [None; DECIDING.len()];
        for container in self.counted().copied() {
            for (at, resource) in DECIDING.into_iter().enumerate() {
                let request = counted(of_container(&container, resource, Of::Requests)?);
                let limit = counted(of_container(&container, resource, Of::Limits)?);
                some |= request.is_some() || limit.is_some();
                if limit.is_none() && no_limit.is_none() {
                    no_limit = Some(Obstacle::NoLimit { container, resource });
                }
                let there = [request, limit].map(|it| it.unwrap_or(Quantity::ZERO));
                sums[at] = [sums[at][0] + there[0], sums[at][1] + there[1]];
                if below[at].is_none() && request != limit {
                    below[at] = Some(Obstacle::RequestBelowLimit { container, resource });
                }
            }
        }
        let differs = sums.iter().position(|[requests, limits]| requests != limits);
        let obstacle = no_limit.or_else(|| below[differs?]);
        Ok(Qos::of(some, obstacle, Obstacle::NothingSet))
    }
}

impl<'a> Qos<'a> {
    fn of(some: bool, obstacle: Option<Obstacle<'a>>, nothing: Obstacle<'a>) -> Self {
        match (some, obstacle) {
            (false, _) => Self { class: QosClass::BestEffort, obstacle: Some(nothing) },
            (true, None) => Self { class: QosClass::Guaranteed, obstacle: None },
            (true, obstacle) => Self { class: QosClass::Burstable, obstacle },
        }
    }
}

impl Obstacle<'_> {
    /// The obstacle, as a sentence without a full stop.
    pub fn text(&self) -> String {
        let of = |container: &Container<'_>| container.title();
        match self {
            Self::NothingSet => "no container requests cpu or memory".to_owned(),
            Self::PodSetsNothing => {
                "`spec.resources` sets neither cpu nor memory, and overrides the values of the \
                 containers"
                    .to_owned()
            }
            Self::NoLimit { container, resource } => {
                format!("{} has no {resource} limit", of(container))
            }
            Self::RequestBelowLimit { container, resource } => {
                format!("the {resource} request of {} differs from its limit", of(container))
            }
            Self::PodNoLimit { resource } => format!("`spec.resources` has no {resource} limit"),
            Self::PodRequestBelowLimit { resource } => {
                format!("the {resource} request of `spec.resources` differs from its limit")
            }
        }
    }
}

/// Nothing of a resource counts as absent.
fn counted(quantity: Option<Quantity>) -> Option<Quantity> {
    quantity.filter(|it| *it > Quantity::ZERO)
}

#[cfg(test)]
mod tests {
    use crate::pod::{Manifest, Pod};
    use crate::syntax::parse;

    fn class(spec: &str) -> String {
        let text = format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}");
        let parse = parse(&text);
        assert!(parse.errors.is_empty(), "{:?}", parse.errors);
        let manifests = Manifest::all(&parse);
        let pod = Pod::all(&manifests[0]).remove(0);
        let Some(qos) = pod.qos() else { return "unknown".to_owned() };
        let why = qos.obstacle.map(|it| format!(": {}", it.text())).unwrap_or_default();
        format!("{}{why}", qos.class.name())
    }

    const FULL: &str = "resources: {limits: {cpu: 1, memory: 1Gi}}";

    #[test]
    fn classes_and_what_prevents_a_better_one() {
        let app = format!("containers: [{{name: a, {FULL}}}]");
        for (spec, expected) in [
            ("containers: [{name: a}]", "BestEffort: no container requests cpu or memory"),
            (
                "containers: [{name: a, resources: {limits: {ephemeral-storage: 1Gi, x.y/gpu: 1}}}]",
                "BestEffort: no container requests cpu or memory",
            ),
            (
                "containers: [{name: a, resources: {requests: {cpu: 0}}}]",
                "BestEffort: no container requests cpu or memory",
            ),
            (&app, "Guaranteed"),
            (
                "containers: [{name: a, resources: {limits: {cpu: 1000m, memory: 1024Mi}, \
                 requests: {cpu: 1, memory: 1Gi}}}]",
                "Guaranteed",
            ),
            (
                "containers: [{name: a, resources: {limits: {cpu: 1, memory: 2Gi}, requests: {memory: 1Gi}}}]",
                "Burstable: the memory request of container `a` differs from its limit",
            ),
            (
                "containers: [{name: a, resources: {requests: {cpu: 1, memory: 2Gi}}}]",
                "Burstable: container `a` has no cpu limit",
            ),
            (
                &format!(
                    "{app}, initContainers: [{{name: i, {FULL}}}, {{name: s, restartPolicy: Always}}]"
                ),
                "Burstable: sidecar `s` has no cpu limit",
            ),
            (
                &format!("{app}, resources: {{}}"),
                "BestEffort: `spec.resources` sets neither cpu nor memory, and overrides the values of the containers",
            ),
            (&format!("{app}, resources: null"), "Guaranteed"),
            ("containers: [{name: a}], resources: {limits: {cpu: 1, memory: 1Gi}}", "Guaranteed"),
            (
                "containers: [{name: a, resources: {requests: {cpu: 500m}}}], \
                 resources: {limits: {cpu: 1, memory: 1Gi}}",
                "Burstable: the cpu request of `spec.resources` differs from its limit",
            ),
            (
                "containers: [{name: a}], resources: {requests: {cpu: 1}}",
                "Burstable: `spec.resources` has no cpu limit",
            ),
            ("containers: [{name: a, resources: {limits: {cpu: \"${CPU}\"}}}]", "unknown"),
            (&format!("{app}, ephemeralContainers: [{{name: e}}]"), "Guaranteed"),
        ] {
            assert_eq!(class(spec), expected, "{spec}");
        }
    }
}
