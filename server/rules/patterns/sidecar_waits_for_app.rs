//! A sidecar and the app wait for each other to start.
//!
//! App containers start after all sidecars have started, and a sidecar with a `startupProbe` has
//! started when the probe succeeds. A startup probe on a port of an app container can never succeed:
//! the pod stays in `Init` until the probe fails.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.36.2
//!     restartPolicy: Always
//!     startupProbe:
//!       tcpSocket:
//!         port: 8080
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     ports:
//!     - containerPort: 8080
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: proxy
//!     image: envoyproxy/envoy:v1.36.2
//!     restartPolicy: Always
//!     ports:
//!     - containerPort: 9901
//!     startupProbe:
//!       tcpSocket:
//!         port: 9901
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     ports:
//!     - containerPort: 8080
//! ```
//!
//! ## Fix
//!
//! Changes it to a readiness probe, which no other container waits for.

use super::handlers::numeric_port;
use crate::check::{Check, Checker, Fixes, Rule, Severity, pages};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "sidecar-waits-for-app",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some(pages::SIDECAR_CONTAINERS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(sidecar: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let probe = sidecar.node.field("startupProbe").filter(|_| sidecar.role == Role::Sidecar);
    let Some((node, port)) = probe.and_then(numeric_port) else { return };
    if opened(sidecar, port).is_some() {
        return;
    }
    let early = pod.containers.iter().filter(|it| it.role == Role::Sidecar);
    if early.clone().any(|other| opened(other, port).is_some()) {
        return;
    }
    let apps = pod.containers.iter().filter(|it| it.role == Role::App);
    let Some((app, there)) = apps.filter_map(|app| Some((app, opened(app, port)?))).next() else {
        return;
    };
    let message =
        format!("the probe checks port {port} of {}, which starts only after it", app.title());
    let diagnostic = out.report(node, message).related(there, "the port of the app");
    let key = probe.and_then(Node::key);
    if let Some(key) = key.filter(|_| sidecar.node.get("readinessProbe").is_none()) {
        diagnostic.suggest("Change to `readinessProbe`", || {
            [crate::syntax::write::word(key, "readinessProbe")]
        });
    }
}

/// Where a container declares `port`.
fn opened<'a>(container: &Container<'a>, port: i64) -> Option<Node<'a>> {
    let mut ports = container.items("ports").filter_map(|port| port.field("containerPort"));
    ports.find(|other| other.as_int() == Some(port))
}
