//! A port is declared twice in a pod.
//!
//! The containers of a pod share its network, so only one of them can listen there. One declaration
//! for each port is enough.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//!   - name: log
//!     image: fluent/fluent-bit:3.1
//!     ports:
//!     - containerPort: 80
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//!   - name: log
//!     image: fluent/fluent-bit:3.1
//!     ports:
//!     - containerPort: 2020
//! ```
//!
//! ## Fix
//!
//! Removes the second declaration if neither has a host port. It is a suggestion, since the name of the
//! port may be used elsewhere. Other conflicts have no fix.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-port",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

/// A port, with the values that distinguish it from others.
struct Port<'a> {
    node: Node<'a>,
    owner: &'a Container<'a>,
    number: i64,
    protocol: &'a str,
    host: i64,
    address: &'a str,
}

fn check<'a>(pod: &'a Pod<'a>, out: &mut Checker<'_>) {
    if out.version < Version::new(28) {
        return;
    }
    let on_host = pod.flag("hostNetwork") && !pod.is_template();
    let found = pod.containers.iter().flat_map(|owner| {
        owner.items("ports").filter_map(move |node| Port::new(node, owner, on_host))
    });
    let mut ports: HashMap<_, Vec<Port<'a>>> = HashMap::new();
    for port in found {
        let earlier = ports.entry((port.number, port.protocol)).or_default();
        let clash = earlier.iter().find_map(|other| Some((other, port.clash(other)?)));
        if let Some((other, what)) = clash {
            report(&port, other, what, out);
        }
        earlier.push(port);
    }
}

impl<'a> Port<'a> {
    fn new(node: Node<'a>, owner: &'a Container<'a>, on_host: bool) -> Option<Self> {
        let text = |field| node.field(field).and_then(Node::as_str).unwrap_or_default();
        let number = node.field("containerPort")?.as_int()?;
        let host = node.field("hostPort").map_or(Some(0), Node::as_int)?;
        Some(Self {
            node,
            owner,
            number,
            protocol: if text("protocol").is_empty() { "TCP" } else { text("protocol") },
            host: if host == 0 && on_host { number } else { host },
            address: text("hostIP"),
        })
    }

    /// How two ports with the same number conflict, if they do.
    fn clash(&self, other: &Self) -> Option<&'static str> {
        if (self.host, self.address) == (other.host, other.address) {
            // The server refuses equal host ports of containers, which is another rule's.
            return (self.host == 0).then_some("is declared twice");
        }
        if self.host == 0 || other.host == 0 {
            return Some("is declared with and without a host port");
        }
        let one_address = self.address.is_empty() != other.address.is_empty();
        (self.host == other.host && one_address).then_some("is open on one address and on all")
    }
}

fn report(port: &Port<'_>, other: &Port<'_>, what: &str, out: &mut Checker<'_>) {
    let Some(place) = port.node.field("containerPort") else { return };
    let (number, protocol) = (port.number, port.protocol);
    let diagnostic = out
        .report(port.node, format!("port {number}/{protocol} {what}"))
        .at(place.head_span())
        .related(other.node, format!("the port of {}", other.owner.title()));
    if what == "is declared twice" {
        diagnostic.suggest("Remove this port", || write::remove(port.node));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn how_ports_clash() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: a
    ports:
    - containerPort: 80
    - containerPort: 80
      protocol: UDP
    - containerPort: 81
      hostPort: 8081
    - containerPort: 82
      hostPort: 8082
      hostIP: 127.0.0.1
  - name: b
    ports:
    - containerPort: 81
                     ^^ port 81/TCP is declared with and without a host port
    - containerPort: 82
                     ^^ port 82/TCP is open on one address and on all
      hostPort: 8082
"#,
        );
    }

    #[test]
    fn every_port_of_a_pod_on_the_host_is_one_of_the_host() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
  - name: a
    ports:
    - containerPort: 81
      hostPort: 81
  - name: b
    ports:
    - containerPort: 81
"#,
        );
    }
}
