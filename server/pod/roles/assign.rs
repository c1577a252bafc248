//! From evidence to roles.
//!
//! Helpers are found first, by the strongest evidence. A remaining container is an app if it is the
//! only one, the first of its list, or clearly independent. A container with evidence for a helper of
//! an unknown role is not called an app either.

use crate::pod::container::{Container, Role};
use crate::pod::roles::helpers::{Evidence, Facts, is_running};
use crate::pod::roles::image::{Is, known};
use crate::pod::roles::{Access, ContainerRole, Pattern, ports};
use crate::pod::spec::Pod;
use crate::text::code;

pub(super) fn assign<'a>(pod: &Pod<'a>) -> Vec<ContainerRole<'a>> {
    let facts = Facts { pod, shared: pod.shared_volumes(), calls: pod.calls() };
    let alone = pod.containers.iter().filter(|it| is_running(it)).count() == 1;
    let evidence: Vec<_> = pod
        .containers
        .iter()
        .map(|it| match is_running(it) && !alone && !pod.is_crowded() {
            true => facts.evidence(it),
            false => Evidence::None,
        })
        .collect();
    let apps = apps(pod, &evidence);
    let each = pod.containers.iter().zip(evidence);
    let mut found: Vec<_> =
        each.map(|(it, evidence)| recognised(&facts, *it, evidence, &apps, alone)).collect();
    settle(&mut found);
    found
}

/// The app containers without evidence for another role.
fn apps<'a>(pod: &Pod<'a>, evidence: &[Evidence<'a>]) -> Vec<Container<'a>> {
    let each = pod.containers.iter().zip(evidence);
    let free =
        each.filter(|(it, evidence)| it.role == Role::App && matches!(evidence, Evidence::None));
    free.map(|(it, _)| *it).collect()
}

fn recognised<'a>(
    facts: &Facts<'_, 'a>,
    container: Container<'a>,
    evidence: Evidence<'a>,
    apps: &[Container<'a>],
    alone: bool,
) -> ContainerRole<'a> {
    let found =
        |pattern, reason: String, helps| ContainerRole { container, pattern, reason, helps };
    match (container.role, evidence) {
        (Role::Init, _) => found(Some(Pattern::Init), init_reason(facts, &container), None),
        (Role::Ephemeral, _) => found(None, "it was added to debug the pod".to_owned(), None),
        (_, Evidence::Helper { pattern, reason, helps }) => found(Some(pattern), reason, helps),
        (Role::Sidecar, Evidence::None) => {
            let reason = "it is an init container that keeps running";
            found(Some(Pattern::Sidecar), reason.to_owned(), None)
        }
        (_, Evidence::Open(reason)) => found(None, reason, None),
        (Role::App, Evidence::None) => {
            let reason = if alone {
                Some("it is the only container that keeps running".to_owned())
            } else {
                app_reason(facts, &container, apps)
            };
            match reason {
                Some(reason) => found(Some(Pattern::App), reason, None),
                None => found(None, "nothing shows whether it helps another one".to_owned(), None),
            }
        }
    }
}

/// Why a container without evidence for another role is an app.
fn app_reason<'a>(
    facts: &Facts<'_, 'a>,
    container: &Container<'a>,
    apps: &[Container<'a>],
) -> Option<String> {
    if apps.len() == 1 {
        return Some("the other containers help it".to_owned());
    }
    if container.index == 0 {
        return Some(
            "it is the first container, and nothing shows that it helps another".to_owned(),
        );
    }
    let first = apps.first().filter(|first| {
        let ports = |it: &Container<'_>| ports::declared(it).next().is_some();
        !first.image().is_empty()
            && first.image() == container.image()
            && ports(first) == ports(container)
    });
    if let Some(first) = first {
        return Some(format!("it runs the same image as {}", code(first.name())));
    }
    let image = known(container);
    if let Some(known) = image.filter(|it| it.is == Is::Server && it.does != "is a server") {
        return Some(format!("its image {}", known.does));
    }
    if !facts.stands_alone(container) {
        return None;
    }
    if let Some(known) = image.filter(|it| matches!(it.is, Is::Server | Is::Web)) {
        return Some(format!("its image {}, and it shares nothing with the others", known.does));
    }
    let says_nothing = image.is_some_and(|it| it.is == Is::Tools);
    (ports::declared(container).next().is_some() && !says_nothing)
        .then(|| "it has ports of its own and shares nothing with the others".to_owned())
}

/// The conclusions after all containers: one of them must be the app, and helpers help the only
/// app.
fn settle(found: &mut [ContainerRole<'_>]) {
    let is_app = |it: &ContainerRole<'_>| it.container.role == Role::App;
    if found.iter().filter(|it| is_app(it)).all(|it| it.pattern.is_some_and(Pattern::is_helper)) {
        let passes_on = [Some(Pattern::Proxy), Some(Pattern::Ambassador)];
        let at = found.iter().position(|it| is_app(it) && !passes_on.contains(&it.pattern));
        if let Some(app) = at.and_then(|at| found.get_mut(at)) {
            app.pattern = Some(Pattern::App);
            app.reason = "there is no other container that it could help".to_owned();
            app.helps = None;
        }
    }
    let mut apps = found.iter().filter(|it| it.pattern == Some(Pattern::App));
    let only = apps.next().filter(|_| apps.next().is_none()).map(|it| it.container);
    for it in found.iter_mut().filter(|it| it.pattern.is_some_and(Pattern::is_helper)) {
        it.helps = it.helps.or(only);
    }
}

/// What an init container does for others, if volumes show it.
fn init_reason(facts: &Facts<'_, '_>, container: &Container<'_>) -> String {
    for shared in &facts.shared {
        let at = shared.uses.iter().position(|it| it.container == *container);
        let Some(at) = at.filter(|at| shared.uses[*at].access == Access::Writes) else { continue };
        if let Some(reader) = shared.uses.get(at + 1).filter(|_| shared.starts_empty()) {
            let (volume, reader) = (shared.volume.name, reader.container.name());
            return format!("it fills the volume {} for {}", code(volume), code(reader));
        }
    }
    "it runs to its end before the others".to_owned()
}
