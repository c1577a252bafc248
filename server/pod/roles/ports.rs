//! Evidence of ports: what a container listens on.

use std::collections::HashSet;

use crate::pod::container::Container;
use crate::syntax::Node;

/// The ports that it declares.
pub(super) fn declared(container: &Container<'_>) -> impl Iterator<Item = i64> {
    container.items("ports").filter_map(|port| port.field("containerPort")?.as_int())
}

/// The ports that it listens on, as far as it says so: among its ports, as `--port=5432`,
/// `-listen :5432`, `=tcp:5432` in its arguments, or as a variable `PORT`.
pub(super) fn listened(container: &Container<'_>) -> HashSet<i64> {
    let mut ports: HashSet<i64> = declared(container).collect();
    in_arguments(container, &mut ports);
    in_env(container, &mut ports);
    ports
}

/// Whether all ports that it declares are named after metrics, and there is one.
pub(super) fn only_metrics(container: &Container<'_>) -> bool {
    let mut ports = container.items("ports").peekable();
    let is_metrics = |port: Node<'_>| {
        let name = port.field("name").and_then(Node::as_str).unwrap_or_default();
        ["metric", "prom", "exporter"].iter().any(|word| name.contains(word))
    };
    ports.peek().is_some() && ports.all(is_metrics)
}

/// The texts of its `command` and `args`.
pub(super) fn arguments<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> {
    let lists = ["command", "args"].into_iter().filter_map(|list| container.node.get(list));
    lists.flat_map(Node::items).filter_map(Node::resolved).filter(|it| it.text().is_some())
}

fn in_arguments(container: &Container<'_>, ports: &mut HashSet<i64>) {
    let mut flag = "";
    for text in arguments(container).filter_map(Node::text) {
        let (name, value) = match text.strip_prefix('-').and(text.split_once('=')) {
            Some(pair) => pair,
            None if text.starts_with('-') => (text, ""),
            None => (flag, text),
        };
        flag = if value.is_empty() { name } else { "" };
        let name = name.to_ascii_lowercase();
        let is_own = ["port", "listen", "bind"].iter().any(|word| name.contains(word));
        if is_own {
            ports.extend(ports_in(value));
        }
        ports.extend(text.rsplit_once("=tcp:").and_then(|(_, port)| port.parse::<i64>().ok()));
    }
}

fn in_env(container: &Container<'_>, ports: &mut HashSet<i64>) {
    for variable in container.items("env") {
        let name = variable.field("name").and_then(Node::as_str).unwrap_or_default();
        let value = variable.field("value").and_then(Node::text).unwrap_or_default();
        let is_own =
            ["PORT", "LISTEN_PORT", "HTTP_PORT"].contains(&name) || name.contains("LISTEN");
        if is_own {
            ports.extend(ports_in(value));
        }
    }
}

/// The ports in a text: it is `5432`, `:5432` or `0.0.0.0:5432`, or has that as a word.
fn ports_in(text: &str) -> impl Iterator<Item = i64> {
    let numbers = text.split([' ', ',']).filter_map(|word| word.rsplit(':').next());
    numbers.filter_map(|number| number.parse().ok())
}
