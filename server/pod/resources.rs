//! What a pod needs as a whole: the requests that the scheduler and quotas count, and the limits.
//!
//! App containers and sidecars run together; an init container runs with the sidecars that started
//! before it. Of both the greater counts, resource by resource, unless `spec.resources` says how
//! much it is; the overhead comes on top. Requests that a container lacks are those of its limits,
//! as the API server writes them into a pod. Source: the resource helpers of Kubernetes 1.36.

use std::collections::HashSet;

use crate::formats::quantity::Quantity;
use crate::pod::container::{Container, Role};
use crate::pod::quantity::quantity;
use crate::pod::spec::Pod;
use crate::syntax::Node;

/// A quantity cannot be read: it is wrong, or a template will replace it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// How much of one resource the pod needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount<'a> {
    /// `cpu`, `memory`, ...
    pub name: &'a str,
    /// `None` when a quantity that counts cannot be read.
    pub quantity: Option<Quantity>,
    pub source: Source<'a>,
    /// For limits: the first container without one, which makes the pod unlimited.
    pub unlimited: Option<Container<'a>>,
}

/// What an amount comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source<'a> {
    /// The containers that run together.
    Running,
    /// An init container and the sidecars before it, which need more than those that run later.
    Init(Container<'a>),
    /// `spec.resources`
    Pod,
    /// `spec.overhead` alone.
    Overhead,
}

/// One of the two maps of resources.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Requests,
    Limits,
}

impl<'a> Pod<'a> {
    /// What the pod asks for, `cpu` and `memory` first.
    pub fn effective_requests(&self) -> Vec<Amount<'a>> {
        self.names().into_iter().filter_map(|name| self.effective(name, Of::Requests)).collect()
    }

    /// What the pod is held to, `cpu` and `memory` first. A resource that some container lacks a
    /// limit for is not limited at all; then the quantity is the sum of what is written.
    pub fn effective_limits(&self) -> Vec<Amount<'a>> {
        self.names().into_iter().filter_map(|name| self.effective(name, Of::Limits)).collect()
    }

    /// `spec.resources`, the resources of the pod as a whole.
    pub(super) fn resources(&self) -> Option<Node<'a>> {
        self.spec.field("resources").filter(|it| it.is_map())
    }

    /// The containers whose resources count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &Container<'a>> {
        self.containers.iter().filter(|it| it.role != Role::Ephemeral)
    }

    /// The resources that are named anywhere in the pod.
    fn names(&self) -> Vec<&'a str> {
        let of_containers = self.counted().filter_map(|it| it.node.field("resources"));
        let all = of_containers.chain(self.resources());
        let lists = all.flat_map(|it| [it.field("requests"), it.field("limits")]);
        let lists = lists.chain([self.spec.field("overhead")]).flatten();
        let names = lists.flat_map(Node::fields).filter_map(|entry| entry.key.text());
        let mut seen = HashSet::new();
        let mut names: Vec<_> = names.filter(|name| seen.insert(*name)).collect();
        let first = ["cpu", "memory", "ephemeral-storage"];
        names.sort_by_key(|name| first.iter().position(|it| it == name).unwrap_or(first.len()));
        names
    }

    fn effective(&self, name: &'a str, of: Of) -> Option<Amount<'a>> {
        let overhead = written(self.spec.field("overhead"), name);
        let (total, source) = match self.of_pod(name, of) {
            Ok(None) => self.needed(name, of),
            of_pod => (of_pod, Source::Pod),
        };
        let unlimited = self.counted().find(|it| of_container(it, name, Of::Limits) == Ok(None));
        let is_open = of == Of::Limits && source != Source::Pod;
        let (quantity, source) = match (total, overhead) {
            (Ok(None), Ok(None)) => return None,
            // A limit that is not there, or none at all, is not raised by the overhead.
            (Ok(None), _) if of == Of::Limits => return None,
            (Ok(None), Ok(Some(overhead))) => (Some(overhead), Source::Overhead),
            (Ok(Some(total)), _) if of == Of::Limits && total.is_zero() => (Some(total), source),
            (Ok(Some(total)), Ok(overhead)) => {
                (Some(total + overhead.unwrap_or(Quantity::ZERO)), source)
            }
            (Err(Unreadable), _) | (_, Err(Unreadable)) => (None, source),
        };
        Some(Amount { name, quantity, source, unlimited: unlimited.copied().filter(|_| is_open) })
    }

    /// What `spec.resources` says, which replaces what the containers need. A request that it lacks
    /// is what the containers need, or else the limit.
    pub(super) fn of_pod(&self, name: &str, of: Of) -> Result<Option<Quantity>, Unreadable> {
        let huge = name.starts_with("hugepages-");
        let Some(resources) =
            self.resources().filter(|_| huge || ["cpu", "memory"].contains(&name))
        else {
            return Ok(None);
        };
        let limit = written(resources.field("limits"), name)?;
        if of == Of::Limits {
            return Ok(limit);
        }
        let request = written(resources.field("requests"), name)?;
        if request.is_some() || limit.is_none() || huge {
            return Ok(request.or(limit));
        }
        Ok(self.needed(name, of).0?.or(limit))
    }

    /// What the containers need at any time.
    fn needed(&self, name: &str, of: Of) -> (Result<Option<Quantity>, Unreadable>, Source<'a>) {
        let (mut running, mut sidecars) = (None, None);
        let mut most: Option<(Quantity, Container<'a>)> = None;
        for container in self.counted() {
            let Ok(amount) = of_container(container, name, of) else {
                return (Err(Unreadable), Source::Running);
            };
            match container.role {
                Role::Init => {
                    let with = plus(sidecars, amount);
                    if let Some(with) = with.filter(|it| most.is_none_or(|(most, _)| *it > most)) {
                        most = Some((with, *container));
                    }
                }
                Role::Sidecar => {
                    sidecars = plus(sidecars, amount);
                    running = plus(running, amount);
                }
                Role::App | Role::Ephemeral => running = plus(running, amount),
            }
        }
        match most {
            Some((most, container)) if running.is_none_or(|it| most > it) => {
                (Ok(Some(most)), Source::Init(container))
            }
            _ => (Ok(running), Source::Running),
        }
    }
}

/// What a container asks for or is held to. A request that it lacks is that of its limit.
pub(super) fn of_container(
    container: &Container<'_>,
    name: &str,
    of: Of,
) -> Result<Option<Quantity>, Unreadable> {
    let Some(resources) = container.node.field("resources") else { return Ok(None) };
    let limits = resources.field("limits");
    if of == Of::Requests {
        let request = written(resources.field("requests"), name)?;
        return if request.is_some() { Ok(request) } else { written(limits, name) };
    }
    written(limits, name)
}

/// What a map of resources says of one; null is nothing of it, which is not the same as absent.
fn written(list: Option<Node<'_>>, name: &str) -> Result<Option<Quantity>, Unreadable> {
    let Some(value) = list.and_then(|list| list.get(name)) else { return Ok(None) };
    let read = if value.is_null() { Some(Quantity::ZERO) } else { quantity(value) };
    read.map(|it| Some(it.rounded_to_thousandths())).ok_or(Unreadable)
}

fn plus(a: Option<Quantity>, b: Option<Quantity>) -> Option<Quantity> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Amount, Source};
    use crate::pod::{Manifest, Pod};
    use crate::syntax::parse;

    fn shown(amount: &Amount<'_>) -> String {
        let quantity = amount.quantity.map_or("?".to_owned(), |it| it.canonical());
        let source = match amount.source {
            Source::Running => String::new(),
            Source::Init(container) => format!(" by {}", container.name()),
            Source::Pod => " by the pod".to_owned(),
            Source::Overhead => " by the overhead".to_owned(),
        };
        let open = amount.unlimited.map(|it| format!(" open by {}", it.name()));
        format!(" {} {quantity}{source}{}", amount.name, open.unwrap_or_default())
    }

    /// `spec` is the pod spec in flow style, without braces.
    #[track_caller]
    fn check(spec: &str, expected: Expect) {
        let parse = parse(&format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}"));
        assert!(parse.errors.is_empty(), "{:?}", parse.errors);
        let manifests = Manifest::all(&parse);
        let pod = Pod::all(&manifests[0]).remove(0);
        let requests: String = pod.effective_requests().iter().map(shown).collect();
        let limits: String = pod.effective_limits().iter().map(shown).collect();
        expected.assert_eq(&format!("requests{requests}; limits{limits}"));
    }

    const ONE: &str = "resources: {requests: {cpu: 1}}";

    #[test]
    fn the_examples_of_the_formula() {
        let two = format!("containers: [{{name: a, {ONE}}}, {{name: b, {ONE}}}]");
        let init = |cpu: &str| format!("{{name: i, resources: {{requests: {{cpu: {cpu}}}}}}}");
        let side = "{name: s, restartPolicy: Always, resources: {requests: {cpu: 500m}}}";
        check(
            &format!("initContainers: [{}], {two}", init("3")),
            expect!["requests cpu 3 by i; limits"],
        );
        check(
            &format!("initContainers: [{side}, {}], {two}", init("2")),
            expect!["requests cpu 2500m; limits"],
        );
        check(
            &format!("initContainers: [{}, {side}], containers: [{{name: a, {ONE}}}]", init("2")),
            expect!["requests cpu 2 by i; limits"],
        );
        check(
            &format!("initContainers: [{side}, {}], containers: [{{name: a, {ONE}}}]", init("2")),
            expect!["requests cpu 2500m by i; limits"],
        );
        check(
            &format!("initContainers: [{}, {side}, {side}], {two}", init("2900m")),
            expect!["requests cpu 3; limits"],
        );
    }

    #[test]
    fn each_resource_has_its_own_greatest() {
        check(
            "initContainers: [{name: i, resources: {requests: {cpu: 100m, memory: 1Gi}}}], \
             containers: [{name: a, resources: {requests: {cpu: 1, memory: 256Mi, x.y/gpu: 2}}}]",
            expect!["requests cpu 1 memory 1Gi by i x.y/gpu 2; limits"],
        );
    }

    #[test]
    fn limits_stand_for_requests() {
        check(
            "containers: [{name: a, resources: {limits: {cpu: 2, memory: 1Gi}, requests: {cpu: 1}}}, \
             {name: b, resources: {limits: {memory: 1Gi}}}]",
            expect!["requests cpu 1 memory 2Gi; limits cpu 2 open by b memory 2Gi"],
        );
    }

    #[test]
    fn the_pod_replaces_its_containers() {
        check(
            "resources: {requests: {cpu: 3}, limits: {memory: 4Gi, cpu: 4}}, \
             containers: [{name: a, resources: {requests: {cpu: 1, memory: 1Gi}}}]",
            expect![
                "requests cpu 3 by the pod memory 1Gi by the pod; limits cpu 4 by the pod memory 4Gi by the pod"
            ],
        );
        check(
            "resources: {limits: {memory: 4Gi, hugepages-2Mi: 4Mi, ephemeral-storage: 1Gi}}, \
             containers: [{name: a, resources: {limits: {hugepages-2Mi: 2Mi}}}]",
            expect![
                "requests memory 4Gi by the pod hugepages-2Mi 4Mi by the pod; limits memory 4Gi by the pod hugepages-2Mi 4Mi by the pod"
            ],
        );
    }

    #[test]
    fn overhead_comes_on_top() {
        check(
            "overhead: {cpu: 250m, memory: 120Mi}, \
             containers: [{name: a, resources: {requests: {cpu: 1}, limits: {cpu: 2}}}]",
            expect!["requests cpu 1250m memory 120Mi by the overhead; limits cpu 2250m"],
        );
        check(
            "overhead: {cpu: 1}, resources: {requests: {cpu: 2}}, containers: [{name: a}]",
            expect!["requests cpu 3 by the pod; limits"],
        );
        check(
            "overhead: {cpu: 1}, containers: [{name: a, resources: {limits: {cpu: 0}}}]",
            expect!["requests cpu 1; limits cpu 0"],
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_guessed() {
        check(
            "containers: [{name: a, resources: {requests: {cpu: \"${CPU}\", memory: 1Gi}}}]",
            expect!["requests cpu ? memory 1Gi; limits"],
        );
        check(
            "ephemeralContainers: [{name: e, resources: {limits: {cpu: 1}}}], containers: [{name: a}]",
            expect!["requests; limits"],
        );
    }
}
