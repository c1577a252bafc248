//! The life cycle of a container in sentences: its role, when it starts and stops, what restarts it.

use std::fmt::Write;

use crate::pod::{Container, ContainerRole, DecidedBy, Gate, Pod, Restart, Role, Workload};
use crate::syntax::Node;
use crate::text::code;

/// The role and life cycle of a container of `pod`, in Markdown: a line about its role, then a list.
pub(super) fn about(pod: &Pod<'_>, container: &Container<'_>) -> String {
    let roles = pod.container_roles();
    let mut out = String::new();
    if let Some(found) = roles.iter().find(|it| it.container == *container) {
        out.push_str(&role(pod, found));
    }
    let lines = [
        start(pod, container),
        gate(pod, container),
        stop(pod, container),
        restart(pod, container),
    ];
    for line in lines.into_iter().flatten() {
        let _ = write!(out, "\n- {line}");
    }
    out
}

fn role(pod: &Pod<'_>, found: &ContainerRole<'_>) -> String {
    let label = capitalised(&found.label());
    let reason = match (found.pattern, found.container.role) {
        (_, Role::Init) => format!("**Init container**: {}.", found.reason),
        (None, Role::App) => format!("**Role unknown**: {}.", found.reason),
        _ => format!("**{label}**: {}.", found.reason),
    };
    let others = pod.containers.len() > 1;
    let helps = found.helps.filter(|it| others && !found.reason.contains(&code(it.name())));
    match helps {
        Some(app) => format!("{reason} It helps {}.\n", code(app.name())),
        None => format!("{reason}\n"),
    }
}

fn start(pod: &Pod<'_>, container: &Container<'_>) -> Option<String> {
    let waits = pod.waits_for(container);
    let together = pod.containers.iter().filter(|it| it.role == container.role).count();
    let apps = container.role == Role::App && together > 1;
    let with = if apps { " together with the other app containers" } else { "" };
    if container.role == Role::Ephemeral {
        return None;
    }
    let Some((last, gate)) = waits.last() else {
        let first = if apps || container.role == Role::App { "right away" } else { "first" };
        return Some(format!("Starts {first}{with}."));
    };
    let gate = format!("{} {}", code(last.name()), gate.text());
    Some(match waits.len() {
        1 => format!("Starts{with} once {gate}."),
        2.. if container.role == Role::App => {
            format!("Starts{with} after all of `initContainers`, once {gate}.")
        }
        _ => format!("Starts {}, once {gate}.", ordinal(waits.len() + 1)),
    })
}

/// What the next container waits for.
fn gate(pod: &Pod<'_>, container: &Container<'_>) -> Option<String> {
    let steps = pod.start_order();
    let at = steps.iter().position(|step| step.contains(container))?;
    let next = steps.get(at + 1)?;
    let next = match next.as_slice() {
        [one] => format!("{} starts", code(one.name())),
        _ => "the app containers start".to_owned(),
    };
    let what = Gate::of(container).text();
    let more = match container.role {
        Role::Sidecar => ", without waiting for it to be ready",
        _ => "",
    };
    Some(capitalised(&format!("{next} once it {what}{more}.")))
}

fn stop(pod: &Pod<'_>, container: &Container<'_>) -> Option<String> {
    let stops = pod.stop_order();
    let grace = pod.grace_period();
    match container.role {
        Role::App if stops.iter().flatten().count() < 2 => Some(format!("Has {grace} s to stop.")),
        Role::App => Some(format!("Stops first; the grace period of {grace} s is for all.")),
        Role::Sidecar => {
            let at = stops.iter().position(|step| step.contains(container))?;
            let before = stops.get(at.checked_sub(1)?)?;
            let before = match before.as_slice() {
                [one] => format!("{} has", code(one.name())),
                _ => "all app containers have".to_owned(),
            };
            Some(format!("Stops once {before} ended; the grace period of {grace} s is for all."))
        }
        Role::Init | Role::Ephemeral => None,
    }
}

fn restart(pod: &Pod<'_>, container: &Container<'_>) -> Option<String> {
    let (restart, by) = pod.restart(container)?;
    let when = match (restart, container.role) {
        (_, Role::Ephemeral) => "Is never restarted",
        (Restart::Always, _) => "Is restarted whenever it ends",
        (Restart::OnFailure, Role::Init) => "Is restarted until it ends with exit code 0",
        (Restart::OnFailure, _) => "Is restarted when its exit code is not 0",
        (Restart::Never, Role::Init) => "Is never restarted: if it fails, the pod fails",
        (Restart::Never, _) => "Is never restarted",
    };
    let policy = pod.spec.field("restartPolicy").and_then(Node::as_str).unwrap_or("Always");
    let by = match by {
        DecidedBy::Sidecar => ", whatever the pod's `restartPolicy` is".to_owned(),
        DecidedBy::Container => " (its own `restartPolicy`)".to_owned(),
        DecidedBy::Pod => format!(" (`restartPolicy: {policy}` of the pod)"),
        DecidedBy::Default => " (the pod's `restartPolicy` is `Always` by default)".to_owned(),
        DecidedBy::Ephemeral => String::new(),
    };
    let rules = container.items("restartPolicyRules").count();
    let rules = if rules > 0 { "; its `restartPolicyRules` take precedence" } else { "" };
    let job = match restart {
        _ if !pod.workload.is_some_and(Workload::is_batch) || container.role == Role::Sidecar => "",
        Restart::OnFailure => " Each restart counts towards the Job's `backoffLimit`.",
        Restart::Never => {
            " If it fails, the Job starts a new pod, which counts towards its `backoffLimit`."
        }
        Restart::Always => "",
    };
    Some(format!("{when}{by}{rules}.{job}"))
}

fn ordinal(number: usize) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => format!("as number {number}"),
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
