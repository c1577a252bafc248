//! Probes of one container on a port of another one.

use crate::syntax::Node;

/// The node and the number of the port that a probe uses in its own pod, if it is a number.
pub(super) fn numeric_port(probe: Node<'_>) -> Option<(Node<'_>, i64)> {
    let handlers = ["httpGet", "tcpSocket", "grpc"].into_iter();
    let handler = handlers.filter_map(|handler| probe.field(handler)).next()?;
    let elsewhere = handler.field("host").and_then(Node::as_str);
    let port = handler.field("port").filter(|_| elsewhere.is_none_or(is_here))?;
    Some((port, port.as_int()?))
}

fn is_here(host: &str) -> bool {
    ["", "localhost", "127.0.0.1", "::1"].contains(&host)
}
