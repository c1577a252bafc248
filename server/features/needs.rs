//! The resources of a complete pod as a table, and its quality of service.

use std::fmt::Write;

use crate::pod::{Amount, Pod, QosClass, Source};
use crate::text::{cell, code, word};

/// Requests, limits and the quality of service of `pod`, in Markdown.
pub(super) fn about(pod: &Pod<'_>) -> String {
    let (requests, limits) = (pod.effective_requests(), pod.effective_limits());
    let mut out = String::from("**The pod as a whole**\n\n");
    if requests.is_empty() && limits.is_empty() {
        out.push_str("It has no requests and no limits.\n");
    } else {
        out.push_str("| | requests | limits |\n| --- | --- | --- |\n");
        let mut names: Vec<&str> = requests.iter().map(|it| it.name).collect();
        let more = limits.iter().map(|it| it.name).filter(|name| !names.contains(name));
        names.extend(more.collect::<Vec<_>>());
        for name in names {
            let request = requests.iter().find(|it| it.name == name);
            let request = request.map_or("none".to_owned(), quantity);
            let limit = limits.iter().find(|it| it.name == name).map_or("none".to_owned(), limit);
            let _ = writeln!(out, "| {} | {request} | {} |", cell(&word(name)), cell(&limit));
        }
    }
    out.push_str(&notes(pod, &requests));
    let _ = write!(out, "\n{}", qos(pod));
    out
}

/// The class, and what prevents a better one: a sentence in Markdown.
pub(super) fn qos(pod: &Pod<'_>) -> String {
    let Some(qos) = pod.qos() else {
        return "The quality of service is unknown, since a quantity cannot be read.".to_owned();
    };
    let class = qos.class.name();
    match qos.obstacle {
        Some(obstacle) => {
            let better = if qos.class == QosClass::Burstable { "Guaranteed" } else { "Burstable" };
            let why = obstacle.text();
            format!("Quality of service: **{class}**, not {better}, since {why}.")
        }
        None => format!("Quality of service: **{class}**, the best class."),
    }
}

fn quantity(amount: &Amount<'_>) -> String {
    amount.quantity.map_or("?".to_owned(), |it| it.canonical())
}

fn limit(amount: &Amount<'_>) -> String {
    match amount.unlimited {
        Some(container) => format!("none for {}", container.title()),
        None => quantity(amount),
    }
}

/// Where a request comes from, if it is not what runs together.
fn notes(pod: &Pod<'_>, requests: &[Amount<'_>]) -> String {
    let mut out = String::new();
    for Amount { name, source, .. } in requests {
        let _ = match source {
            Source::Init(container) => writeln!(
                out,
                "\nWhile {} runs, the pod needs more {} than later.",
                code(container.name()),
                word(name)
            ),
            Source::Pod => {
                writeln!(out, "\nThe {} request comes from `spec.resources`.", word(name))
            }
            Source::Running | Source::Overhead => Ok(()),
        };
    }
    if pod.spec.field("overhead").is_some() && !requests.is_empty() {
        out.push_str("\nThe pod's `overhead` is included.\n");
    }
    out
}
