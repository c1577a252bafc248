//! Two ports of one pod take the same port of the host.
//!
//! The rule compares protocol, `hostIP` as it is written, and port, over all app containers and
//! within each init container. With `hostNetwork` every port of a container is a port of the host.
//! The API server accepts such a template but refuses its pods, so the finding is a warning there.
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
//!       hostPort: 8080
//!   - name: admin
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 81
//!       hostPort: 8080
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
//!       hostPort: 8080
//!   - name: admin
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 81
//!       hostPort: 8081
//! ```

use crate::check::duplicates;
use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "hostport-conflict",
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

/// A port of the host that a container takes.
#[derive(Clone, Copy)]
struct Taken<'a> {
    protocol: &'a str,
    ip: &'a str,
    port: i64,
    node: Node<'a>,
    /// Whether it follows from `hostNetwork`.
    implied: bool,
}

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let host_network = pod.flag("hostNetwork");
    let of = |role| pod.containers.iter().filter(move |it| it.role == role);
    let apps = of(Role::App).flat_map(|it| taken(it, host_network));
    report(apps, pod, out);
    for init in of(Role::Init).chain(of(Role::Sidecar)) {
        report(taken(init, host_network), pod, out);
    }
}

fn taken<'a>(container: &Container<'a>, host_network: bool) -> impl Iterator<Item = Taken<'a>> {
    let text = |port: Node<'a>, field| port.field(field).and_then(Node::as_str).unwrap_or_default();
    let number = |port: Node<'a>, field| {
        let node = port.field(field)?;
        node.as_int().filter(|number| *number != 0).map(|number| (node, number))
    };
    container.items("ports").filter_map(move |port| {
        let explicit = number(port, "hostPort");
        let implied = || number(port, "containerPort").filter(|_| host_network);
        let (node, number) = explicit.or_else(implied)?;
        let protocol = match text(port, "protocol") {
            "" => "TCP",
            protocol => protocol,
        };
        let ip = text(port, "hostIP");
        Some(Taken { protocol, ip, port: number, node, implied: explicit.is_none() })
    })
}

fn report<'a>(taken: impl Iterator<Item = Taken<'a>>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    for (first, one) in duplicates(taken.map(|it| ((it.protocol, it.ip, it.port), it))) {
        let Taken { protocol, port, .. } = one;
        let diagnostic = out
            .report(one.node, format!("duplicate {protocol} host port {port}"))
            .related(first.node, "the first port");
        if pod.is_template() && (one.implied || first.implied) {
            diagnostic.severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn compares_what_the_server_compares() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  initContainers:
  - {name: a, image: x, ports: [{containerPort: 1, hostPort: 1}]}
  - {name: b, image: x, ports: [{containerPort: 1, hostPort: 1}, {containerPort: 2, hostPort: 1}]}
                                                                                              ^ duplicate TCP host port 1
  containers:
  - {name: c, image: x, ports: [{containerPort: 1, hostPort: 1}]}
  - {name: d, image: x, ports: [{containerPort: 1, hostPort: 1, protocol: UDP}]}
  - {name: e, image: x, ports: [{containerPort: 1, hostPort: 1, hostIP: 0.0.0.0}]}
  - {name: f, image: x, ports: [{containerPort: 1}, {containerPort: 1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostNetwork: true
  containers:
  - {name: c, image: x, ports: [{containerPort: 1}]}
  - {name: d, image: x, ports: [{containerPort: 1}]}
                                                ^ duplicate TCP host port 1
",
        );
    }
}
